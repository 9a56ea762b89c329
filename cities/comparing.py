"""Two journeys of the same person, stage beside stage: as it is, and as imagined."""

from itertools import zip_longest
from typing import NamedTuple

from .blocks import StageValue
from .curve import SIDE, Part, parts, whole

# In the address of a journey: beside its other side.
COMPARE = "compare"


class Stage(NamedTuple):
    """A stage as the map shows it: what is said of it, and its part of the curve."""

    value: StageValue
    part: Part


def drawn(values: list[StageValue]) -> list[Stage]:
    """The stages of a journey in their order, each with its part of the curve."""
    curve = parts([value.emotion_level for value in values])
    return [Stage(*stage) for stage in zip(values, curve, strict=True)]


class Said(NamedTuple):
    """What one side says in one lane of one stage, and in which language."""

    text: str
    language: str
    part: Part | None = None


class Row(NamedTuple):
    """A lane of one stage, as each side fills it."""

    name: str
    label: str
    sides: list[Said]


class Comparison:
    """The sides are journeys: pages with stages and a language."""

    def __init__(self, sides: list):
        self.sides = sides

    @property
    def stages(self) -> list[tuple[list[Said], list[Row]]]:
        """The names of the first stages and their lanes, then of the second ones."""
        pairs = zip_longest(*(side.stages_drawn for side in self.sides))
        return [(self.names(pair), self.rows(pair)) for pair in pairs]

    def names(self, pair: tuple[Stage | None, ...]) -> list[Said]:
        """One journey may have fewer stages than the other."""
        return [
            Said(stage.value["name"] if stage else "", side.content_language)
            for side, stage in zip(self.sides, pair, strict=True)
        ]

    def rows(self, pair: tuple[Stage | None, ...]) -> list[Row]:
        there = next(stage for stage in pair if stage)
        return [
            Row(lane.name, lane.label, self.said(pair, place))
            for place, lane in enumerate(there.value.lanes)
        ]

    def said(self, pair: tuple[Stage | None, ...], place: int) -> list[Said]:
        return [
            Said(
                stage.value.lanes[place].text if stage else "",
                side.content_language,
                stage.part if stage else None,
            )
            for side, stage in zip(self.sides, pair, strict=True)
        ]

    @property
    def count(self) -> int:
        """How many stages the longer one has."""
        return max(len(side.stages_drawn) for side in self.sides)

    @property
    def width(self) -> int:
        """Of a drawing that holds both curves."""
        return SIDE * self.count

    @property
    def curves(self) -> list[tuple]:
        """Each side with its curve."""
        return [
            (side, whole([stage.part.level for stage in side.stages_drawn], self.count))
            for side in self.sides
        ]
