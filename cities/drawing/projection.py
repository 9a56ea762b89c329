"""From longitude and latitude to points on a sheet of paper."""

from collections.abc import Sequence
from functools import cache
from math import cos, log, pi, radians, sin, tan

from .france import CORSICA, MAINLAND, Outline

Point = tuple[int, int]

# Lambert’s conformal cone as France’s own maps have it: where it touches, where it is
# upright.
TOUCHES = (radians(44), radians(49))
UPRIGHT = radians(3)

WIDTH = 430
MARGIN = 10
EARTH = 6371  # its radius in kilometres
# Room for names at the Rhine.
EAST_MARGIN = 44


def steep(latitude: float) -> float:
    return tan(pi / 4 + latitude / 2)


CONE = log(cos(TOUCHES[0]) / cos(TOUCHES[1])) / log(
    steep(TOUCHES[1]) / steep(TOUCHES[0])
)


def lambert(longitude: float, latitude: float) -> tuple[float, float]:
    """A place, in radii of the earth: to the east of Paris’s south, and upwards."""
    radius = cos(TOUCHES[0]) * steep(TOUCHES[0]) ** CONE / CONE
    radius /= steep(radians(latitude)) ** CONE
    angle = CONE * (radians(longitude) - UPRIGHT)
    return radius * sin(angle), -radius * cos(angle)


@cache
def frame() -> tuple[float, float, float]:
    """The west and the north of the paper, and how many of its units a radius is."""
    points = [lambert(*place) for place in [*MAINLAND, *CORSICA]]
    west, east = min(x for x, y in points), max(x for x, y in points)
    return (
        west,
        max(y for x, y in points),
        (WIDTH - MARGIN - EAST_MARGIN) / (east - west),
    )


def exactly_on_paper(longitude: float, latitude: float) -> tuple[float, float]:
    """Where a place stands on a sheet `WIDTH` wide, counted from its upper left."""
    west, north, scale = frame()
    x, y = lambert(longitude, latitude)
    return MARGIN + (x - west) * scale, MARGIN + (north - y) * scale


def on_paper(longitude: float, latitude: float) -> Point:
    x, y = exactly_on_paper(longitude, latitude)
    return round(x), round(y)


@cache
def height() -> int:
    """How high the paper must be for all of the outline."""
    return max(on_paper(*place)[1] for place in [*MAINLAND, *CORSICA]) + MARGIN


def path(outline: Outline) -> str:
    """An outline as the `d` of a path."""
    points = [exactly_on_paper(*place) for place in outline]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "z"


def line_through(places: Sequence[tuple[float, float]]) -> str:
    """An open line as the `d` of a path."""
    points = [exactly_on_paper(*place) for place in places]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def graticule() -> list[str]:
    """Meridians and parallels, that say how the paper lies on the earth."""
    meridians = [[(east, north) for north in range(41, 53)] for east in range(-4, 9, 4)]
    parallels = [
        [(east, north) for east in range(-6, 12)] for north in range(42, 52, 3)
    ]
    return [line_through(places) for places in [*meridians, *parallels]]


def kilometres(count: int) -> int:
    """So many kilometres, on paper."""
    return round(count / EARTH * frame()[2])
