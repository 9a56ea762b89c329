"""PDF files of the demonstration: templates to print and fill in."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile
from fontTools.ttLib import TTFont
from fpdf import FPDF, ViewerPreferences
from wagtail.models import Collection

from network.media.models import Document

FONTS = files("network") / "static/fonts"
FONT = str(FONTS / "atkinson-hyperlegible-next-latin.woff2")
MARGIN = 20  # millimetres
LINE = 7
# Of each kind of text: its size, the height of a line, and what is drawn around it.
STYLES = {"H1": (20, 10, ""), "H2": (13, LINE, "B"), "P": (10, LINE, "")}
MOST_LINES = 3


def add_pdf(slug: str, content: dict, collection: Collection) -> Document:
    """The PDF of a template, made once: both languages, one after the other."""
    title = content["title_fr"]
    existing = Document.objects.filter(title=title).first()
    if existing:
        return existing
    file = ContentFile(render(content), name=f"{slug}.pdf")
    return Document.objects.create(
        title=title,
        file=file,
        credit="Code Source",
        collection=collection,
    )


def render(content: dict) -> bytes:
    """A sheet in French, then the same in English, with room to write."""
    pdf = FPDF(format="A4")
    pdf.set_margin(MARGIN)
    pdf.set_title(content["title_fr"])
    pdf.set_lang("fr")
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "text.ttf"
        readable_font().save(path)
        pdf.add_font("text", fname=path)
        for language in ("fr", "en"):
            add_sheet(pdf, content, language)
        return bytes(pdf.output())


def readable_font() -> TTFont:
    """The site's own reading font, as PDF makers take it."""
    font = TTFont(FONT)
    font.flavor = None
    return font


def add_sheet(pdf: FPDF, content: dict, language: str) -> None:
    pdf.add_page()
    write(pdf, "H1", content[f"title_{language}"], language)
    for section in content["sections"]:
        pdf.ln(LINE / 2)
        write(pdf, "H2", section[f"heading_{language}"], language)
        for line in section[f"lines_{language}"]:
            write(pdf, "P", line, language)
            pdf.ln(LINE)


def write(pdf: FPDF, kind: str, text: str, language: str) -> None:
    """A heading or a paragraph, on one page, that is told as what it is."""
    size, height, border = STYLES[kind]
    pdf.set_font("text", size=size)
    if pdf.will_page_break(MOST_LINES * height):
        pdf.add_page()
    with tagged(pdf, kind, language):
        pdf.multi_cell(0, height, text, border, new_x="LMARGIN", new_y="NEXT")


@contextmanager
def tagged(pdf: FPDF, kind: str, language: str) -> Iterator[None]:
    """What is written inside is a `kind` of text in `language`."""
    # By its public names fpdf2 tags pictures and outlines alone.
    with pdf._marked_sequence() as element:
        element.s = f"/{kind}"
        pdf._out(f"/Span <</Lang ({language})>> BDC")
        yield
        pdf._out("EMC")
