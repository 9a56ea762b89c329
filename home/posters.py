"""The picture that a link to a page is shown with elsewhere: the head of its sheet.

It is drawn from what is public of the page. Its address changes with what it says, so
that whoever keeps a copy never shows an old title under a new link.
"""

from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache as kept
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, override
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont
from wagtail.models import Page

import network
from network.core.colours import colours
from network.core.querysets import EditorialQuerySet
from network.core.typography import NO_BREAK, typeset

WIDTH, HEIGHT = SIZE = 1200, 630
# To be raised when the drawing changes, and with it the addresses of all posters.
EDITION = 1
# Seconds; who has a poster may show it for as long, also when its page is offline.
KEPT = 24 * 3600

FONTS = Path(network.__file__).parent / "static/fonts"
DISPLAY, TEXT = "bricolage-grotesque", "atkinson-hyperlegible-next"
EDGE, MARGIN = 40, 104
TITLE_SIZES = range(92, 43, -4)
TITLE_WIDTH, TITLE_HEIGHT, TITLE_TOP = 760, 330, 162
LINE_HEIGHT = 1.08
CUT = "…"

# Kinds of page that readers know by other words than editors.
KINDS = {
    "homepage": gettext_lazy("A network of public innovation labs"),
    "standardpage": gettext_lazy("About this site"),
}


class Poster(NamedTuple):
    """What a poster says: all that it is drawn from."""

    line: tuple[str, ...]
    title: str
    language: str
    motto: str

    @classmethod
    def of(cls, page: Page) -> "Poster":
        """In the language that the page is written in."""
        with override(page.content_language):
            return cls(
                tuple(line_of(page)),
                page.title,
                page.content_language,
                gettext("To be copied, mended and passed on."),
            )

    @property
    def digest(self) -> str:
        return sha256(f"{EDITION} {self!r}".encode()).hexdigest()[:12]

    @property
    def words(self) -> str:
        """The same for those who cannot see it."""
        return f"{' · '.join(self.line)} – {self.title}"

    def png(self) -> bytes:
        """The picture, drawn once a day."""
        key = f"poster-{self.digest}"
        drawn = kept.get(key)
        if drawn is None:
            drawn = Drawing(self).png()
            kept.set(key, drawn, KEPT)
        return drawn


def drawable(text: str) -> str:
    """`text` without what no typeface has, and no layout survives."""
    letters = (one if one.isprintable() or one == NO_BREAK else " " for one in text)
    return "".join(letters).strip()


def line_of(page: Page) -> list[str]:
    """What stands on top of the sheet: kind, place and year, and whether it is real."""
    city = getattr(page, "city", None)
    year = (getattr(page, "start", "") or "")[:4]
    stamp = gettext("Illustrative") if getattr(page, "illustrative", False) else ""
    parts = [kind_of(page), city.title if city else "", year, stamp]
    return [part for part in parts if part]


def kind_of(page: Page) -> str:
    name = KINDS.get(page._meta.model_name, page._meta.verbose_name)
    number = getattr(page, "number", None)
    return capfirst(str(name)) + (f" {number:02}" if number else "")


def address_of(page: Page) -> str:
    with override(page.locale.language_code):
        return reverse("poster", args=[page.pk, Poster.of(page).digest])


def public_page(pk: int) -> Page | None:
    """The page of this number, if anyone may read it."""
    pages = EditorialQuerySet(Page).live().open_to_all().with_language()
    found = pages.filter(pk=pk).select_related("locale").first()
    # One outside the tree of the site has no address.
    return found.specific if found and found.url else None


@cache
def font_file(name: str) -> tuple[bytes, frozenset[int]]:
    """A font of the site as any FreeType reads it, and the characters in it."""
    font, file = TTFont(FONTS / f"{name}.woff2"), BytesIO()
    font.flavor = None
    font.save(file)
    return file.getvalue(), frozenset(font.getBestCmap())


def font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(BytesIO(font_file(name)[0]), size)
    font.set_variation_by_axes([weight])
    return font


class Letters:
    """A typeface in one size and weight, cut in two files as the site serves it."""

    def __init__(self, name: str, size: int, weight: int):
        self.size = size
        names = [f"{name}-latin", f"{name}-latin-ext"]
        self.fonts = [font(name, size, weight) for name in names]
        self.has = [font_file(name)[1] for name in names]

    def runs(self, text: str) -> list[tuple[str, ImageFont.FreeTypeFont]]:
        """`text` in pieces, each with the file that has its letters."""
        pieces: list[list] = []
        for letter in text:
            which = self.fonts[ord(letter) in self.has[1] - self.has[0]]
            if pieces and pieces[-1][1] is which:
                pieces[-1][0] += letter
            else:
                pieces.append([letter, which])
        return [(piece, which) for piece, which in pieces]

    def width(self, text: str) -> float:
        return sum(which.getlength(piece) for piece, which in self.runs(text))

    def lines(self, text: str, width: int) -> list[str]:
        """`text` in lines no wider than this; a word that is wider is broken."""
        lines = [""]
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}".lstrip()
            if self.width(longer) <= width:
                lines[-1] = longer
            else:
                lines += self.pieces(word, width)
        return [line for line in lines if line]

    def pieces(self, word: str, width: int) -> list[str]:
        pieces = [""]
        for letter in word:
            if self.width(pieces[-1] + letter) > width:
                pieces.append("")
            pieces[-1] += letter
        return pieces


class Drawing:
    """A poster on paper: a sheet with its crop marks, a line, a title, a motto."""

    def __init__(self, poster: Poster):
        self.poster = poster
        self.image = Image.new("RGB", SIZE, self.ink("paper"))
        self.pen = ImageDraw.Draw(self.image)

    def ink(self, name: str) -> str:
        return colours()[name].day

    def png(self) -> bytes:
        self.paper()
        self.mark(880, 208, 200)
        self.head()
        self.title()
        self.foot()
        output = BytesIO()
        self.image.quantize(64).save(output, "PNG", optimize=True)
        return output.getvalue()

    def paper(self) -> None:
        for at in range(20, WIDTH, 40):
            self.pen.line([(at, 0), (at, HEIGHT)], self.ink("grid"))
            self.pen.line([(0, at), (WIDTH, at)], self.ink("grid"))
        right, bottom = WIDTH - EDGE, HEIGHT - EDGE
        self.pen.rectangle(
            [EDGE, EDGE, right, bottom], self.ink("sheet"), self.ink("line"), 2
        )
        for x, outwards in ((EDGE, -1), (right, 1)):
            for y, upwards in ((EDGE, -1), (bottom, 1)):
                away = [(x + outwards * 10, y), (x + outwards * 30, y)]
                self.pen.line(away, self.ink("line"), 2)
                up = [(x, y + upwards * 10), (x, y + upwards * 30)]
                self.pen.line(up, self.ink("line"), 2)

    def mark(self, x: int, y: int, side: int) -> None:
        """The mark of the site: a sheet, and the copy that everyone may make of it."""
        sheet, shift, width = side * 0.68, side * 0.36, side // 20
        self.dashed(x + shift, y + shift, sheet, width)
        box = [x, y, x + sheet, y + sheet]
        self.pen.rectangle(box, self.ink("sheet"), self.ink("ink"), width)

    def dashed(self, x: float, y: float, side: float, width: int) -> None:
        """A square of six dashes a side, which its corners are part of."""
        step = side / 5.5
        for number in range(6):
            start = number * step
            end = min(start + step / 2, side)
            for across in (0, side):
                flat = [(x + start, y + across), (x + end, y + across)]
                self.pen.line(flat, self.ink("accent"), width)
                steep = [(x + across, y + start), (x + across, y + end)]
                self.pen.line(steep, self.ink("accent"), width)

    def head(self) -> None:
        letters = Letters(DISPLAY, 30, 600)
        room = WIDTH - 2 * MARGIN - letters.width(settings.WAGTAIL_SITE_NAME) - 40
        line = drawable(" · ".join(self.poster.line))
        self.write(MARGIN, 104, self.cut(line, letters, room), letters, "ink")
        self.write(
            WIDTH - MARGIN, 104, settings.WAGTAIL_SITE_NAME, letters, "ink", right=True
        )
        self.rule(124)

    def title(self) -> None:
        text = typeset(drawable(self.poster.title), self.poster.language)
        letters, lines = fitted(text)
        y = TITLE_TOP + letters.size * 0.86
        for line in lines:
            self.write(MARGIN, y, line, letters, "ink")
            y += letters.size * LINE_HEIGHT

    def foot(self) -> None:
        self.rule(HEIGHT - 124)
        letters = Letters(TEXT, 28, 400)
        self.write(MARGIN, HEIGHT - 82, self.poster.motto, letters, "soft")

    def rule(self, y: int) -> None:
        self.pen.line([(MARGIN, y), (WIDTH - MARGIN, y)], self.ink("line"), 2)

    def cut(self, text: str, letters: Letters, room: float) -> str:
        if letters.width(text) <= room:
            return text
        while letters.width(text + CUT) > room:
            text = text[:-1].rstrip()
        return text + CUT

    def write(
        self,
        x: float,
        y: float,
        text: str,
        letters: Letters,
        ink: str,
        *,
        right: bool = False,
    ) -> None:
        """Write on the base line `y`, from `x` or up to it."""
        x -= letters.width(text) if right else 0
        for piece, which in letters.runs(text):
            self.pen.text((x, y), piece, self.ink(ink), which, anchor="ls")
            x += which.getlength(piece)


def fitted(title: str) -> tuple[Letters, list[str]]:
    """The largest letters in which the title has room; a very long one is cut."""
    for size in TITLE_SIZES:
        letters = Letters(DISPLAY, size, 800)
        most = int(TITLE_HEIGHT / (size * LINE_HEIGHT))
        lines = letters.lines(title, TITLE_WIDTH)
        if len(lines) <= most and not broken(title, lines):
            return letters, lines
    kept = lines[:most]
    return letters, [*kept[:-1], kept[-1][:-1] + CUT] if lines[most:] else kept


def broken(title: str, lines: list[str]) -> bool:
    """Whether a word had to be broken, which smaller letters may avoid."""
    return " ".join(lines) != title
