"""To write names beside points so that none covers another, or a point."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from textwrap import wrap

from .projection import Point

# In units of the paper. Where it is narrowest, on a phone, letters are largest.
LETTER = 9.6
LINE = 19
LEAST_HEIGHT = 30
# A name is as near to its point as this; then further and further, with a line to it.
NEAR = 9
FURTHER = (26, 44, 64, 86)
LONGEST_LINE = 18
DOT = 6


@dataclass(frozen=True)
class Box:
    """A rectangle on paper."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def x(self) -> int:
        return round(self.left)

    @property
    def y(self) -> int:
        return round(self.top)

    @property
    def width(self) -> int:
        return round(self.right) - self.x

    @property
    def height(self) -> int:
        return round(self.bottom) - self.y

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def is_within(self, other: "Box") -> bool:
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


@dataclass(frozen=True)
class Label:
    """A name in lines, and where they stand."""

    lines: tuple[str, ...]
    anchor: str
    x: int
    # Of the first line; each of the others is `LINE` below.
    y: int
    box: Box
    # Where a line from the point ends, if the name is too far away to be read with it.
    end: Point | None

    @property
    def written(self) -> list[tuple[int, str]]:
        """Each line with its height on the paper."""
        return [(self.y + LINE * place, line) for place, line in enumerate(self.lines)]


def in_lines(name: str) -> tuple[str, ...]:
    return tuple(wrap(name, LONGEST_LINE, break_long_words=False)) or ("",)


def label_at(
    point: Point, lines: tuple[str, ...], across: int, down: int, far: int = NEAR
) -> Label:
    """A name to the west (-1), above or below (0) or to the east (1) of a point."""
    width = max(len(line) for line in lines) * LETTER
    tall = max(LEAST_HEIGHT, LINE * len(lines) + 6)
    x = point[0] + across * far
    middle = point[1] + down * (far if across else far + tall / 2)
    left = x - {1: 0, 0: width / 2, -1: width}[across]
    box = Box(left, middle - tall / 2, left + width, middle + tall / 2)
    first = middle - LINE * (len(lines) - 1) / 2 + LINE * 0.3
    anchor = {1: "start", 0: "middle", -1: "end"}[across]
    edge = round(middle if across else middle - down * LINE * len(lines) / 2)
    end = (round(x) - 2 * across, edge) if far > NEAR else None
    return Label(lines, anchor, round(x), round(first), box, end)


AROUND = [(1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1), (0, -1), (0, 1)]


def labels_around(point: Point, name: str) -> Iterator[Label]:
    """All places where a name may stand, the best first."""
    for far in (NEAR, *FURTHER):
        for across, down in AROUND:
            yield label_at(point, in_lines(name), across, down, far)


def around_dot(point: Point) -> Box:
    x, y = point
    return Box(x - DOT, y - DOT, x + DOT, y + DOT)


def place_labels(places: Iterable[tuple[Point, str]], paper: Box) -> list[Label | None]:
    """A label for each point with a name; none where there is no room left."""
    places = list(places)
    placed: list[Label | None] = []
    for point, name in places:
        taken = [label.box for label in placed if label]
        taken += [around_dot(other) for other, _name in places if other != point]
        placed.append(first_free(labels_around(point, name), taken, paper))
    return placed


def first_free(labels: Iterable[Label], taken: list[Box], paper: Box) -> Label | None:
    return next((label for label in labels if is_free(label.box, taken, paper)), None)


def is_free(box: Box, taken: list[Box], paper: Box) -> bool:
    return box.is_within(paper) and not any(box.meets(other) for other in taken)
