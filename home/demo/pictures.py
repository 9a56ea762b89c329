"""Pictures of the demonstration: drawn by this code, so that nobody has to be asked."""

from collections.abc import Mapping
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection, Page

from network.access.roles import collection_named
from network.media.models import Picture

from .builder import blocks
from .scenes import HEIGHT, SCENES, WIDTH, blank_sheet
from .texts import Texts


def add_picture(entry: Mapping, collection: Collection) -> Picture:
    """A drawing, made once: its name, scene and title, and what it shows in words."""
    existing = Picture.objects.filter(title=entry["title"]).first()
    if existing:
        return existing
    file = ContentFile(draw(entry["name"], entry["scene"]), name=f"{entry['name']}.png")
    return Picture.objects.create(
        title=entry["title"],
        file=file,
        description=entry["alt_fr"],
        description_en=entry["alt_en"],
        credit="Code Source",
        language="",
        collection=collection,
        width=WIDTH,
        height=HEIGHT,
    )


def draw(name: str, scene: str) -> bytes:
    """A scene in ink on squared paper, never twice the same, as a PNG."""
    sheet = blank_sheet()
    SCENES[scene](sheet, name)
    small = sheet.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    output = BytesIO()
    small.quantize(32).save(output, "PNG", optimize=True)
    return output.getvalue()


def street(slug: str, french_name: str, english_name: str) -> Picture:
    """The picture of a city."""
    lab = f"labo {of(french_name)}"
    entry = {
        "name": slug,
        "scene": "street",
        "title": f"La rue du {lab} (dessin)",
        "alt_fr": f"Dessin\u00a0: une rue imaginaire, la porte du {lab} en rouge",
        "alt_en": "Drawing: an imaginary street, the door of the "
        f"{english_name} lab in red",
    }
    return add_picture(entry, collection_named(french_name))


def of(name: str) -> str:
    """The French “of” before a place: de Metz, d’Occitanie."""
    return f"d’{name}" if name[0] in "AEÉÈÊHIOUY" else f"de {name}"


def figures(texts: Texts, city: Page) -> list[tuple[str, dict]]:
    """The figures of a case, as blocks."""
    collection = collection_named(city.title)
    return blocks(
        "figure",
        [
            {
                "picture": add_picture(one.entry, collection),
                "alternative": "",  # the picture has its own
                "caption": one.line("caption"),
            }
            for one in texts.each("figures")
        ],
    )
