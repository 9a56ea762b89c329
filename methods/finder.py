"""Which methods fit: “I have 45 minutes and 8 people”, asked for in an address.

All that counts and choices need of the methods is read in one query; what is chosen
narrows the list, and each count says what would be left of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

# What people usually have, in minutes; the last two are half a day and a day.
TIMES = [15, 30, 45, 60, 90, 120, 210, 420]
GROUPS = [2, 4, 8, 12, 20, 40]
# Longer numbers are nobody's group, and none is read.
DIGITS = 5


class Facts(NamedTuple):
    """What the finder knows of a method."""

    pk: int
    phase: str
    shortest: int | None
    longest: int | None
    smallest: int | None
    largest: int | None
    # By the number of their sheets, which is the same in all languages.
    principles: Sequence[int]

    def takes(self, minutes: int) -> bool:
        """Whether it can be led in so much time; what nobody knows does not fit."""
        needed = self.shortest if self.shortest is not None else self.longest
        return needed is not None and needed <= minutes

    def holds(self, people: int) -> bool:
        """Whether it suits so many; of its two bounds one may be unknown."""
        if self.smallest is None and self.largest is None:
            return False
        enough = self.smallest is None or self.smallest <= people
        return enough and (self.largest is None or people <= self.largest)


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; nothing of it, and all methods fit."""

    phase: str | None = None
    time: int | None = None
    group: int | None = None
    principle: int | None = None

    @classmethod
    def of(cls, query, phases: Iterable[str], sheets: Iterable[int]) -> "Asked":
        """What an address asks for; what it cannot mean is as if it were not there."""
        phase, sheet = query.get("phase"), whole_number(query.get("principle"))
        return cls(
            phase if phase in set(phases) else None,
            whole_number(query.get("time")),
            whole_number(query.get("group")),
            sheet if sheet in set(sheets) else None,
        )

    @property
    def chosen(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def address(self) -> str:
        return f"?{urlencode(self.chosen)}"

    def with_(self, name: str, value: Any) -> "Asked":
        return replace(self, **{name: value})

    def fits(self, method: Facts) -> bool:
        return (
            (not self.phase or method.phase == self.phase)
            and (not self.time or method.takes(self.time))
            and (not self.group or method.holds(self.group))
            and (not self.principle or self.principle in method.principles)
        )


def whole_number(text: str | None) -> int | None:
    """A number of minutes, of people or of a sheet, or none."""
    known = text and text.isascii() and text.isdigit() and len(text) <= DIGITS
    return int(text) or None if text and known else None


class Value(NamedTuple):
    """Something to choose: what it is, how many methods it leaves, where it leads."""

    value: Any
    left: int
    address: str
    chosen: bool


class Way(NamedTuple):
    """A choice by its name and value, and what is found without it or with it alone."""

    name: str
    value: Any
    left: int
    address: str


class Finder:
    """The methods there are, and what of them is asked for."""

    def __init__(self, asked: Asked, methods: Sequence[Facts]):
        self.asked = asked
        self.methods = methods

    @property
    def found(self) -> list[int]:
        return [method.pk for method in self.methods if self.asked.fits(method)]

    @property
    def paging(self) -> str:
        """What the parts of a long list keep in their addresses."""
        return self.asked.address if self.asked.chosen else ""

    @property
    def total(self) -> int:
        return len(self.methods)

    def count(self, asked: Asked) -> int:
        return sum(map(asked.fits, self.methods))

    def values(self, name: str, values: Iterable) -> list[Value]:
        """What can be chosen of one kind; what is chosen leads back."""
        return [self.value(name, value) for value in values]

    def value(self, name: str, value: Any) -> Value:
        chosen = getattr(self.asked, name) == value
        there = self.asked.with_(name, value)
        leads_to = self.asked.with_(name, None) if chosen else there
        return Value(value, self.count(there), leads_to.address, chosen)

    @property
    def times(self) -> list[Value]:
        return self.values("time", with_asked(TIMES, self.asked.time))

    @property
    def groups(self) -> list[Value]:
        return self.values("group", with_asked(GROUPS, self.asked.group))

    @property
    def ways_back(self) -> list[Way]:
        """Each choice, with what would be found without it."""
        chosen = self.asked.chosen.items()
        return [
            self.way(name, value, self.asked.with_(name, None))
            for name, value in chosen
        ]

    @property
    def ways_out(self) -> list[Way]:
        """Where to go from nothing: without one of the choices, or with one alone."""
        alone = [
            self.way(name, value, Asked().with_(name, value))
            for name, value in self.asked.chosen.items()
        ]
        without = [way for way in self.ways_back if way.left]
        return without or [way for way in alone if way.left]

    @property
    def nothing_without_one(self) -> bool:
        """Whether to give up one of the choices is not enough."""
        return not any(way.left for way in self.ways_back)

    def way(self, name: str, value: Any, asked: Asked) -> Way:
        return Way(name, value, self.count(asked), asked.address)


def with_asked(usual: list[int], asked: int | None) -> list[int]:
    """The usual numbers, and the one that an address asks for."""
    return sorted({*usual, asked} - {None}) if asked else usual
