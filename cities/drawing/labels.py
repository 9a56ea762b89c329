"""To write names beside points so that none covers another, or a point."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import hypot
from textwrap import wrap

from .projection import Point

# In units of the paper. Where it is narrowest, on a phone, letters are largest.
LETTER = 9.6
LINE = 19
LEAST_HEIGHT = 30
# A name is as near to its point as this; then further and further, with a line to it.
NEAR = 9
FURTHER = (26, 44, 64, 86, 110)
LONGEST_LINE = 18
MOST_LINES = 3
CUT = "…"
DOT = 6
# How far apart the places of a line are that is kept clear of names.
STEP = 5


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
    """The list beside the map has the whole of a name that is too long for it."""
    lines = wrap(
        name,
        LONGEST_LINE,
        break_long_words=False,
        max_lines=MOST_LINES,
        placeholder=CUT,
    )
    return tuple(lines) or ("",)


def in_one_line(name: str, room: int) -> str:
    most = int(room / LETTER)
    return name if len(name) <= most else name[: most - 1].rstrip() + CUT


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


def along(point: Point, end: Point | None) -> list[Box]:
    """The places on the line from a point to its name, but for where it begins."""
    if end is None:
        return []
    across, down = end[0] - point[0], end[1] - point[1]
    steps = int(hypot(across, down) / STEP)
    shares = [step / steps for step in range(3, steps + 1)]
    spots = [(point[0] + across * share, point[1] + down * share) for share in shares]
    return [Box(x - 1, y - 1, x + 1, y + 1) for x, y in spots]


class Room:
    """What is free on a paper while names are written on it."""

    def __init__(self, paper: Box, points: Iterable[Point]):
        self.paper = paper
        self.dots = [around_dot(point) for point in points]
        self.names: list[Box] = []
        self.lines: list[Box] = []

    def write(self, point: Point, name: str) -> Label | None:
        """The name at the best place that is free, if any is."""
        dots = [dot for dot in self.dots if dot != around_dot(point)]
        taken = [*self.names, *self.lines, *dots]
        labels = labels_around(point, name)
        free = (label for label in labels if self.is_free(label, point, taken))
        if label := next(free, None):
            self.names.append(label.box)
            self.lines += along(point, label.end)
        return label

    def is_free(self, label: Label, point: Point, taken: list[Box]) -> bool:
        """Whether a name covers nothing; its line may pass a point, but no name."""
        return (
            label.box.is_within(self.paper)
            and not any(label.box.meets(other) for other in taken)
            and not any(
                spot.meets(name)
                for spot in along(point, label.end)
                for name in self.names
            )
        )


def place_labels(places: Iterable[tuple[Point, str]], paper: Box) -> list[Label | None]:
    """A label for each point with a name; none where there is no room left.

    Short names come first: more of them find a place, and right beside their points.
    """
    places = list(places)
    room = Room(paper, [point for point, _name in places])
    shortest_first = sorted(range(len(places)), key=lambda at: len(places[at][1]))
    placed = {at: room.write(*places[at]) for at in shortest_first}
    return [placed[at] for at in range(len(places))]
