"""The network on a map of France, its cities overseas in an inset below."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .france import CORSICA, MAINLAND, is_metropolitan
from .labels import (
    LEAST_HEIGHT,
    Box,
    Label,
    in_one_line,
    label_at,
    place_labels,
)
from .projection import (
    MARGIN,
    WIDTH,
    Point,
    graticule,
    height,
    kilometres,
    on_paper,
    path,
)

# Between the map and its inset, and for the heading of that.
INSET_GAP = 18
INSET_HEAD = 24


@dataclass(frozen=True)
class Town:
    """A city on the map: its point, and its name if there is room for it."""

    page: Any
    point: Point
    label: Label | None = None


@dataclass(frozen=True)
class NetworkMap:
    """All that is drawn, in units of a paper `width` wide."""

    towns: list[Town]
    overseas: list[Town]

    width = WIDTH

    @property
    def outlines(self) -> list[str]:
        return [path(MAINLAND), path(CORSICA)]

    @property
    def graticule(self) -> list[str]:
        return graticule()

    @property
    def scale(self) -> dict[str, int]:
        """A line as long as a hundred kilometres, and where it stands."""
        return {"length": kilometres(100), "x": MARGIN, "y": height() - MARGIN}

    @property
    def inset_top(self) -> int:
        return height() + INSET_GAP

    @property
    def inset_title(self) -> int:
        return self.inset_top + INSET_HEAD - 2

    @property
    def height(self) -> int:
        """Of the map, and of a line for each city in the inset."""
        if not self.overseas:
            return height()
        return self.inset_top + self.inset_height

    @property
    def inset_height(self) -> int:
        return INSET_HEAD + LEAST_HEIGHT * len(self.overseas) + MARGIN // 2


def network_map(cities: Iterable) -> NetworkMap:
    """The map of those of `cities` whose coordinates are known."""
    here: list = []
    away: list = []
    for city in cities:
        if city.latitude is not None and city.longitude is not None:
            (here if is_metropolitan(*place_of(city)) else away).append(city)
    return NetworkMap(towns_on_map(here), towns_overseas(away))


def named(city, point: Point) -> str:
    """A name on one line, as far as there is paper."""
    return in_one_line(city.title, WIDTH - point[0] - MARGIN)


def place_of(city) -> tuple[float, float]:
    return float(city.longitude), float(city.latitude)


def towns_on_map(cities: list) -> list[Town]:
    points = [on_paper(*place_of(city)) for city in cities]
    paper = Box(0, 0, WIDTH, height())
    names = [city.title for city in cities]
    labels = place_labels(zip(points, names, strict=True), paper)
    return [Town(*town) for town in zip(cities, points, labels, strict=True)]


def towns_overseas(cities: list) -> list[Town]:
    """One below the other, whatever lies between them."""
    top = height() + INSET_GAP + INSET_HEAD + LEAST_HEIGHT // 2
    points = [(2 * MARGIN, top + LEAST_HEIGHT * row) for row in range(len(cities))]
    return [
        Town(city, point, label_at(point, (named(city, point),), across=1, down=0))
        for city, point in zip(cities, points, strict=True)
    ]
