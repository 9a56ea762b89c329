"""What the pictures of the demonstration show: a street, a desk, a stand, a form."""

import random
from collections.abc import Callable

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 750
SCALE = 2  # drawn larger and shrunk, for smooth lines
PAPER, INK, HAIR, ACCENT = "#faf7f0", "#17181c", "#cfc8b8", "#c8102e"


def blank_sheet() -> Image.Image:
    sheet = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
    square_paper(ImageDraw.Draw(sheet))
    return sheet


def square_paper(pen: ImageDraw.ImageDraw) -> None:
    step = 50 * SCALE
    for x in range(0, WIDTH * SCALE, step):
        pen.line([(x, 0), (x, HEIGHT * SCALE)], HAIR, SCALE)
    for y in range(0, HEIGHT * SCALE, step):
        pen.line([(0, y), (WIDTH * SCALE, y)], HAIR, SCALE)


def street(sheet: Image.Image, name: str) -> None:
    """A row of houses; the door of one of them is the lab's."""
    pen, chance = ImageDraw.Draw(sheet), random.Random(name)  # noqa: S311
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


class Pencil:
    """Draws in the units of the picture, in one weight of line."""

    def __init__(self, sheet: Image.Image):
        self.pen = ImageDraw.Draw(sheet)

    def box(self, *corners: int, fill: str = PAPER, ink: str = INK) -> None:
        self.pen.rectangle(scaled(corners), fill, ink, 3 * SCALE)

    def round(self, *corners: int, fill: str = PAPER) -> None:
        self.pen.ellipse(scaled(corners), fill, INK, 3 * SCALE)

    def shape(self, *corners: int, fill: str = PAPER) -> None:
        self.pen.polygon(scaled(corners), fill, INK, 3 * SCALE)

    def line(self, *ends: int, ink: str = INK) -> None:
        self.pen.line(scaled(ends), ink, 3 * SCALE)

    def person(self, middle: int, feet: int, fill: str = PAPER) -> None:
        """Somebody without a face: nobody in particular."""
        self.shape(
            *(middle - 45, feet, middle - 30, feet - 190),
            *(middle + 30, feet - 190, middle + 45, feet),
            fill=fill,
        )
        self.round(middle - 32, feet - 262, middle + 32, feet - 198)


def scaled(numbers: tuple[int, ...]) -> list[int]:
    return [number * SCALE for number in numbers]


def desk(sheet: Image.Image, name: str) -> None:
    """A front desk: somebody asks, somebody listens, and a form lies between them."""
    pencil = Pencil(sheet)
    pencil.line(0, 630, WIDTH, 630)
    pencil.person(330, 630)
    pencil.person(860, 500)
    pencil.box(480, 400, 1080, 630)
    pencil.box(460, 375, 1100, 400)
    pencil.shape(570, 372, 590, 345, 700, 345, 680, 372, fill=ACCENT)
    pencil.box(420, 110, 640, 210)
    for y in (140, 165, 190):
        pencil.line(445, y, 615 if y < 190 else 540, y)
    pencil.shape(420, 200, 380, 290, 470, 210)


def stand(sheet: Image.Image, name: str) -> None:
    """A stand on wheels, under a striped awning, and those who stop at it."""
    pencil = Pencil(sheet)
    pencil.line(0, 650, WIDTH, 650)
    for x in (440, 820):
        pencil.round(x - 45, 560, x + 45, 650)
        pencil.line(x, 220, x, 400)
    pencil.box(380, 400, 880, 580)
    for place, left in enumerate(range(350, 910, 80)):
        fill = PAPER if place % 2 else ACCENT
        pencil.shape(
            *(left + 25, 130, left + 90, 130, left + 80, 230, left, 230), fill=fill
        )
    for left in (430, 560, 690):
        pencil.box(left, 440, left + 100, 540)
        pencil.line(left + 20, 470, left + 80, 470)
        pencil.line(left + 20, 500, left + 60, 500)
    pencil.person(200, 650)
    pencil.person(1010, 650)


def form(sheet: Image.Image, name: str) -> None:
    """A form of one page on a table, half filled in, with its pencil."""
    pencil = Pencil(sheet)
    pencil.shape(390, 60, 790, 60, 790, 700, 390, 700)
    pencil.box(430, 110, 650, 150, fill=INK)
    for number, y in enumerate(range(210, 640, 60)):
        pencil.box(430, y, 455, y + 25, fill=ACCENT if number == 1 else PAPER)
        pencil.line(480, y + 25, 745, y + 25, ink=INK if number < 4 else HAIR)
    pencil.shape(850, 640, 880, 670, 1080, 470, 1050, 440, fill=ACCENT)
    pencil.shape(850, 640, 880, 670, 830, 690)


SCENES: dict[str, Callable[[Image.Image, str], None]] = {
    "street": street,
    "desk": desk,
    "stand": stand,
    "form": form,
}
