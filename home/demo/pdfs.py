"""PDF files of the demonstration: templates to print and fill in."""

from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile
from fontTools.ttLib import TTFont
from fpdf import FPDF
from wagtail.models import Collection

from network.media.models import Document

FONTS = files("network") / "static/fonts"
FONT = str(FONTS / "atkinson-hyperlegible-next-latin.woff2")
MARGIN = 20  # millimetres
LINE = 7


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
    pdf.set_font("text", size=20)
    pdf.multi_cell(0, 10, content[f"title_{language}"], new_x="LMARGIN", new_y="NEXT")
    for section in content["sections"]:
        pdf.ln(LINE / 2)
        pdf.set_font("text", size=13)
        heading = section[f"heading_{language}"]
        pdf.multi_cell(0, LINE, heading, border="B", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("text", size=10)
        for line in section[f"lines_{language}"]:
            pdf.multi_cell(0, LINE, line, new_x="LMARGIN", new_y="NEXT")
            pdf.ln(LINE)
