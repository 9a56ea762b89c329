"""A timeline on paper: months across on a wide page, months down on a phone."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .timeline import Bar, Event, Lane, Mark, Timeline

# The side of a sign, and how far apart two of them are at least.
SIGN = 14
APART = 17
JANUARY = 1


@dataclass(frozen=True)
class Sign:
    """A session: its sign, and the line of all the time it may have been at."""

    event: Event
    x: int
    y: int
    line: str


@dataclass(frozen=True)
class Stroke:
    """A case, or the programme: paths of what is sure, of what may be, of its ends."""

    event: Event
    number: int
    sure: str
    perhaps: str
    ends: str
    text: str
    x: int
    y: int
    anchor: str


@dataclass(frozen=True)
class Month:
    """A month of the axis: its line, its name, and the year’s if that begins."""

    day: date
    x: int
    y: int
    line: str
    is_named: bool
    says_year: bool


def in_rows(marks: list[Mark], length: float) -> list[tuple[int, Mark]]:
    """Each mark with a row in which it covers no other; a month is `length` long."""
    ends: list[float] = []
    placed = []
    for mark in marks:
        at = mark.middle * length
        free = [row for row, end in enumerate(ends) if end + APART <= at]
        row = free[0] if free else len(ends)
        ends[row : row + 1] = [at]
        placed.append((row, mark))
    return placed


def rows_of(lane: Lane, length: float) -> int:
    return max(row for row, _mark in in_rows(lane.marks, length)) + 1


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


class Layout(ABC):
    """Where each thing of a timeline stands, in units of the paper."""

    def __init__(self, timeline: Timeline):
        self.timeline = timeline
        self.axis = timeline.axis

    @property
    @abstractmethod
    def month_length(self) -> float: ...

    @property
    def names_every(self) -> int:
        """How many months there are from one that has room for its name to the next."""
        return next((n for n in (1, 3, 6) if n * self.month_length >= self.room), 12)

    room: int

    def is_named(self, day: date) -> bool:
        return (day.month - 1) % self.names_every == 0

    def has_line(self, day: date) -> bool:
        """Whether it is told from the month before: not if that were a hatching."""
        return self.month_length >= APART or self.is_named(day)

    @property
    def year_starts(self) -> set[date]:
        """The months at which the year is written: the first, and each January."""
        months = self.axis.months
        januaries = {day for day in months if day.month == JANUARY}
        # Two years cannot stand in one place.
        first = {months[0]} if not januaries & set(months[1:3]) else set()
        return januaries | first


class Across(Layout):
    """Months from left to right, kinds of session one below the other."""

    width = 900
    head = 40
    row = 24
    bar = 40
    letter = 6.6
    room = 34

    @property
    def left(self) -> int:
        """Where the months begin: beside the names of the kinds, if there are any."""
        return 226 if self.timeline.lanes else 2

    @property
    def month_length(self) -> float:
        return (self.width - self.left) / self.axis.length

    def at(self, place: float) -> int:
        return round(self.left + place * self.month_length)

    @cached_property
    def lanes(self) -> list[tuple[str, int, list[Sign]]]:
        """Each kind of session with the height at which it stands, and its signs."""
        lanes, top = [], self.top
        for lane in self.timeline.lanes:
            middle = top + self.row // 2
            lanes.append((lane.label, middle, list(self.signs(lane, middle))))
            top += self.row * rows_of(lane, self.month_length) + 4
        return lanes

    @property
    def top(self) -> int:
        return self.head + (self.bar if self.timeline.programme else 8)

    def signs(self, lane: Lane, middle: int) -> Iterator[Sign]:
        for row, mark in in_rows(lane.marks, self.month_length):
            y = middle + row * self.row
            x, first, last = map(self.at, (mark.middle, mark.first, mark.last))
            line = f"M{first + 1} {y + 10}H{last - 1}" if mark.is_vague else ""
            yield Sign(mark.event, x - SIGN // 2, y - SIGN // 2, line)

    @property
    def bars_top(self) -> int:
        rows = [rows_of(lane, self.month_length) for lane in self.timeline.lanes]
        return self.top + sum(self.row * count + 4 for count in rows) + 6

    @property
    def height(self) -> int:
        return self.bars_top + self.bar * len(self.timeline.bars) + 6

    @property
    def months(self) -> list[Month]:
        years = self.year_starts
        return [
            self.month(day, self.at(number), says_year=day in years)
            for number, day in enumerate(self.axis.months)
        ]

    def month(self, day: date, x: int, *, says_year: bool) -> Month:
        line = f"M{x} {self.head}V{self.height}" if self.has_line(day) else ""
        has_room = x + self.room <= self.width
        is_named = has_room and self.is_named(day)
        return Month(day, x, self.head - 8, line, is_named, has_room and says_year)

    @property
    def end_line(self) -> str:
        return f"M{self.width} {self.head}V{self.height}"

    @property
    def programme(self) -> Stroke | None:
        bar = self.timeline.programme
        return self.stroke(bar, 0, self.head + 24) if bar else None

    @property
    def strokes(self) -> list[Stroke]:
        """The cases, each below the other."""
        bars = enumerate(self.timeline.bars)
        return [
            self.stroke(b, n + 1, self.bars_top + self.bar * n + 26) for n, b in bars
        ]

    def stroke(self, bar: Bar, number: int, y: int) -> Stroke:
        first, last = self.at(bar.first), self.at(bar.last)
        text, x, anchor = self.name_of(bar, first)
        sure = f"M{self.at(bar.sure[0])} {y}H{self.at(bar.sure[1])}" if bar.sure else ""
        ends = "".join(f"M{self.at(place)} {y - 5}v10" for place in bar.ends)
        perhaps = f"M{first} {y}H{last}"
        return Stroke(bar.event, number, sure, perhaps, ends, text, x, y - 9, anchor)

    def name_of(self, bar: Bar, first: int) -> tuple[str, int, str]:
        """A name, and where: if it is too long to begin here, it ends at the edge."""
        most = int((self.width - self.left) / self.letter)
        text = shortened(bar.event.title, most)
        fits = first + len(text) * self.letter <= self.width
        return (text, first, "start") if fits else (text, self.width, "end")


class Narrow(Across):
    """The same on a phone, while nothing but lines is drawn: each under its name."""

    width = 340
    letter = 8


class Down(Layout):
    """Months from top to bottom, for a phone: kinds and cases are columns."""

    width = 340
    left = 86
    head = 34
    column = 24
    room = 15

    @property
    def month_length(self) -> float:
        return max(12, min(28, 720 / self.axis.length))

    def at(self, place: float) -> int:
        return round(self.head + place * self.month_length)

    @property
    def height(self) -> int:
        return self.at(self.axis.length) + 8

    @cached_property
    def lanes(self) -> list[tuple[str, int, list[Sign]]]:
        """Each kind of session with where its column stands, and its signs."""
        lanes, left = [], self.left
        for lane in self.timeline.lanes:
            middle = left + self.column // 2
            lanes.append(
                (lane.kind, middle - SIGN // 2, list(self.signs(lane, middle)))
            )
            left += self.column + APART * (rows_of(lane, self.month_length) - 1)
        return lanes

    def signs(self, lane: Lane, middle: int) -> Iterator[Sign]:
        for row, mark in in_rows(lane.marks, self.month_length):
            x = middle + row * APART
            y, first, last = map(self.at, (mark.middle, mark.first, mark.last))
            line = f"M{x + 9} {first + 1}V{last - 1}" if mark.is_vague else ""
            yield Sign(mark.event, x - SIGN // 2, y - SIGN // 2, line)

    @property
    def bars_left(self) -> int:
        rows = [rows_of(lane, self.month_length) for lane in self.timeline.lanes]
        return self.left + sum(self.column + APART * (count - 1) for count in rows) + 10

    @property
    def bar_width(self) -> float:
        return min(24, (self.width - self.bars_left) / max(len(self.timeline.bars), 1))

    @property
    def months(self) -> list[Month]:
        years = self.year_starts
        return [
            Month(
                day,
                0,
                self.at(number) + 12,
                f"M{self.left - 6} {self.at(number)}H{self.width}",
                self.is_named(day),
                day in years,
            )
            for number, day in enumerate(self.axis.months)
        ]

    @property
    def end_line(self) -> str:
        return f"M{self.left - 6} {self.at(self.axis.length)}H{self.width}"

    @property
    def programme(self) -> Stroke | None:
        bar = self.timeline.programme
        return self.stroke(bar, 0, self.left - 6) if bar else None

    @property
    def strokes(self) -> list[Stroke]:
        bars = enumerate(self.timeline.bars)
        return [self.stroke(bar, n + 1, self.bar_at(n)) for n, bar in bars]

    def bar_at(self, place: int) -> int:
        return round(self.bars_left + self.bar_width * (place + 0.5))

    def stroke(self, bar: Bar, number: int, x: int) -> Stroke:
        first, last = self.at(bar.first), self.at(bar.last)
        sure = f"M{x} {self.at(bar.sure[0])}V{self.at(bar.sure[1])}" if bar.sure else ""
        ends = "".join(f"M{x - 5} {self.at(place)}h10" for place in bar.ends)
        perhaps, text = f"M{x} {first}V{last}", str(number)
        y = self.head - 12
        return Stroke(bar.event, number, sure, perhaps, ends, text, x, y, "middle")
