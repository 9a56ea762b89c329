"""Pictures of the demonstration: drawn by this code, so that nobody has to be asked."""

import random
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw
from wagtail.models import Collection

from network.media.models import Picture

WIDTH, HEIGHT = 1200, 750
SCALE = 2  # drawn larger and shrunk, for smooth lines
PAPER, INK, HAIR, ACCENT = "#faf7f0", "#17181c", "#cfc8b8", "#c8102e"


def add_picture(
    name: str, french: str, english: str, collection: Collection
) -> Picture:
    """The drawing called `name`, made once, with what it shows in both languages."""
    existing = Picture.objects.filter(title=name).first()
    if existing:
        return existing
    file = ContentFile(draw(name), name=f"{name}.png")
    return Picture.objects.create(
        title=name,
        file=file,
        description=french,
        description_en=english,
        credit="Code Source (démonstration)",
        collection=collection,
        width=WIDTH,
        height=HEIGHT,
    )


def draw(name: str) -> bytes:
    """A street in ink on squared paper, never twice the same, as a PNG."""
    chance = random.Random(name)  # noqa: S311
    sheet = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
    pen = ImageDraw.Draw(sheet)
    square_paper(pen)
    street(pen, chance)
    small = sheet.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    output = BytesIO()
    small.quantize(32).save(output, "PNG", optimize=True)
    return output.getvalue()


def square_paper(pen: ImageDraw.ImageDraw) -> None:
    step = 50 * SCALE
    for x in range(0, WIDTH * SCALE, step):
        pen.line([(x, 0), (x, HEIGHT * SCALE)], HAIR, SCALE)
    for y in range(0, HEIGHT * SCALE, step):
        pen.line([(0, y), (WIDTH * SCALE, y)], HAIR, SCALE)


def street(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """A row of houses; the door of one of them is the lab's."""
    ground = (HEIGHT - 120) * SCALE
    pen.line([(0, ground), (WIDTH * SCALE, ground)], INK, 4 * SCALE)
    left, houses = 80 * SCALE, []
    while left < (WIDTH - 200) * SCALE:
        width = chance.randrange(110, 230, 10) * SCALE
        houses.append((left, min(left + width, (WIDTH - 80) * SCALE)))
        left += width + chance.choice([0, 0, 30]) * SCALE
    lab = chance.randrange(len(houses))
    for place, (start, end) in enumerate(houses):
        front = (start, end, ground)
        house(pen, chance, front, ACCENT if place == lab else INK)


def house(pen, chance, front: tuple[int, int, int], door: str) -> None:
    """A house front (left, right, ground): a roof or none, windows, and a door."""
    left, right, ground = front
    top = ground - chance.randrange(180, 430, 10) * SCALE
    pen.rectangle([left, top, right, ground], PAPER, INK, 3 * SCALE)
    roof = chance.choice(["gable", "flat", "flat", "shed"])
    peak = top - chance.randrange(40, 90) * SCALE
    if roof != "flat":
        summit = (left + right) // 2 if roof == "gable" else right
        pen.polygon([(left, top), (summit, peak), (right, top)], PAPER, INK, 3 * SCALE)
    windows(pen, chance, (left, right, ground), top)
    middle = (left + right) // 2
    pen.rectangle(
        [middle - 18 * SCALE, ground - 64 * SCALE, middle + 18 * SCALE, ground],
        door if door == ACCENT else PAPER,
        door,
        3 * SCALE,
    )


def windows(pen, chance, front: tuple[int, int, int], top: int) -> None:
    left, right, ground = front
    size, gap = 22 * SCALE, 20 * SCALE
    lit = chance.random() / 3
    for y in range(top + gap, ground - 90 * SCALE, size + gap):
        for x in range(left + gap, right - size - gap // 2, size + gap):
            fill = INK if chance.random() < lit else PAPER
            pen.rectangle([x, y, x + size, y + size], fill, INK, 2 * SCALE)
