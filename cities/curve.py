"""How somebody feels from stage to stage, as a curve that a page can draw.

Each stage draws its own part: the point in its middle, and the way from and to the
stages beside it. So the parts stay with their stages, side by side or one below the
other.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

# From −2 to +2, on a drawing as high as it is wide, with room above and below.
HIGHEST, LOWEST = 2, -2
TOP, BOTTOM = 14, 86
MIDDLE, SIDE = 50, 100


class Part(NamedTuple):
    """The curve within one stage, on a square of a hundred by a hundred."""

    level: int
    y: str
    path: str

    @property
    def sign(self) -> str:
        """The level as it is printed beside its point: “+1”, “0”, “−2”."""
        return signed(self.level)


def signed(level: int) -> str:
    return f"{level:+d}".replace("-", "−") if level else "0"


def height(level: int) -> float:
    """How far below the top of the drawing a feeling is."""
    share = (HIGHEST - level) / (HIGHEST - LOWEST)
    return round(TOP + share * (BOTTOM - TOP), 1)


def parts(levels: Sequence[int]) -> list[Part]:
    """The parts of the curve through `levels`, one for each."""
    places = [height(level) for level in levels]
    around = zip([None, *places], places, [*places[1:], None], strict=False)
    return [
        Part(level, f"{y:g}", path(before, y, after))
        for level, (before, y, after) in zip(levels, around, strict=True)
    ]


def path(before: float | None, y: float, after: float | None) -> str:
    """From the point before, through this one, to the next; each half of a swing."""
    start = f"M{MIDDLE} {y:g}"
    if before is not None:
        edge, bend = middle(before, y), middle(middle(before, y), y)
        start = f"M0 {edge:g}C12.5 {bend:g} 25 {y:g} {MIDDLE} {y:g}"
    if after is None:
        return start
    edge, bend = middle(y, after), middle(y, middle(y, after))
    return f"{start}C75 {y:g} 87.5 {bend:g} {SIDE} {edge:g}"


def middle(one: float, other: float) -> float:
    return round((one + other) / 2, 2)


class Curve(NamedTuple):
    """A whole curve: its path, and its points as (stage, x, y, sign) in hundredths."""

    path: str
    points: list[tuple[int, str, str, str]]


def whole(levels: Sequence[int], stages: int) -> Curve:
    """The curve through `levels` on a drawing a hundred wide for each of `stages`."""
    places = [
        (place * SIDE + MIDDLE, height(level)) for place, level in enumerate(levels)
    ]
    points = [
        (place, f"{x / stages:.4g}", f"{y:g}", signed(level))
        for place, ((x, y), level) in enumerate(
            zip(places, levels, strict=True), start=1
        )
    ]
    return Curve(whole_path(places), points)


def whole_path(places: list[tuple[int, float]]) -> str:
    """Through `places`, level at each of them."""
    swings = [
        f"C{x - MIDDLE} {before:g} {x - MIDDLE} {y:g} {x} {y:g}"
        for (_, before), (x, y) in pairwise(places)
    ]
    return "".join([f"M{x} {y:g}" for x, y in places[:1]] + swings)
