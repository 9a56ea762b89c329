"""What a programme did and when: sessions and cases, in months since its beginning.

Dates are as precise as what is known. Whatever is drawn shows all the time in which a
thing may have happened, and no point within it that nobody knows.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from network.core.dates import first_day

# A session of no day in particular is drawn within its month, or its year.
DAY_LENGTH = 10
MONTH_LENGTH = 7


def last_day(partial: str) -> date:
    """The last day that a partial date may mean."""
    if len(partial) == DAY_LENGTH:
        return first_day(partial)
    year, month = (int(part) for part in f"{partial}-12".split("-")[:2])
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True)
class Event:
    """A session, a case or the whole programme, as pages tell of it."""

    start: str
    end: str
    title: str
    kind: str = ""
    label: str = ""
    url: str = ""
    language: str = ""
    reconstructed: bool = False

    @property
    def earliest(self) -> date:
        return first_day(self.start or self.end)

    @property
    def latest(self) -> date:
        return last_day(self.end or self.start)


@dataclass(frozen=True)
class Axis:
    """The months, from the first to the last; places on it are counted in months."""

    first: date
    last: date

    @classmethod
    def around(cls, events: Iterable[Event]) -> "Axis":
        events = list(events)
        first = min(event.earliest for event in events)
        return cls(first.replace(day=1), max(event.latest for event in events))

    @property
    def length(self) -> int:
        return self.months_until(self.last) + 1

    @property
    def months(self) -> list[date]:
        """The first day of each month."""
        counted = [self.first.month - 1 + number for number in range(self.length)]
        return [date(self.first.year + n // 12, n % 12 + 1, 1) for n in counted]

    @property
    def end(self) -> date:
        """The last day of its last month."""
        return last_day(f"{self.last:%Y-%m}")

    def months_until(self, day: date) -> int:
        return 12 * (day.year - self.first.year) + day.month - self.first.month

    def place(self, day: date) -> float:
        """How many months after the beginning a day begins, within the axis."""
        days = monthrange(day.year, day.month)[1]
        place = self.months_until(day) + (day.day - 1) / days
        return min(max(place, 0.0), float(self.length))

    def place_after(self, day: date) -> float:
        """Where a day ends."""
        return self.place(day + timedelta(days=1))


@dataclass(frozen=True)
class Mark:
    """A session: its shape stands in the middle of all the time it may have been."""

    event: Event
    first: float
    last: float

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2

    @property
    def is_vague(self) -> bool:
        """Whether less is known than its days."""
        return len(self.event.start) < DAY_LENGTH


@dataclass(frozen=True)
class Bar:
    """A case: when it may have gone on, and when it surely did."""

    event: Event
    first: float
    last: float
    # None if no day is sure.
    sure: tuple[float, float] | None
    # Where it begins and where it ends, as far as either is known to a month.
    ends: list[float]


def mark_of(event: Event, axis: Axis) -> Mark:
    return Mark(event, axis.place(event.earliest), axis.place_after(event.latest))


def bar_of(event: Event, axis: Axis) -> Bar:
    first, last = axis.place(event.earliest), axis.place_after(event.latest)
    return Bar(event, first, last, surely(event, axis), ends_of(event, axis))


def ends_of(event: Event, axis: Axis) -> list[float]:
    """The ends that are known, and in sight."""
    ends = []
    if len(event.start) >= MONTH_LENGTH and event.earliest >= axis.first:
        ends.append(axis.place(event.earliest))
    if len(event.end) >= MONTH_LENGTH and event.latest <= axis.end:
        ends.append(axis.place_after(event.latest))
    return ends


def surely(event: Event, axis: Axis) -> tuple[float, float] | None:
    """From the latest day it may have begun to the earliest that it may have ended."""
    if not (event.start and event.end):
        return None
    begun = axis.place(last_day(event.start))
    ended = axis.place_after(first_day(event.end))
    return (begun, ended) if begun < ended else None


@dataclass(frozen=True)
class Lane:
    """The sessions of one kind."""

    kind: str
    label: str
    marks: list[Mark]


@dataclass(frozen=True)
class Timeline:
    """A programme over its months; drawings and the table are all made of this."""

    axis: Axis
    programme: Bar | None
    lanes: list[Lane]
    bars: list[Bar]

    @property
    def events(self) -> list[Event]:
        """All of it in order of time, for the table."""
        marks = [mark for lane in self.lanes for mark in lane.marks]
        whole = [self.programme] if self.programme else []
        drawn: Sequence[Any] = [*whole, *marks, *self.bars]
        return [each.event for each in sorted(drawn, key=lambda each: each.first)]

    @property
    def has_vague_sessions(self) -> bool:
        return any(mark.is_vague for lane in self.lanes for mark in lane.marks)

    @property
    def has_reconstructed_sessions(self) -> bool:
        return any(event.reconstructed for event in self.events)


def timeline_of(
    programme: Event, sessions: list[Event], cases: list[Event], kinds: Iterable[str]
) -> Timeline | None:
    """The programme drawn over time; nothing if it tells no date at all.

    Of the programme itself only what sessions do not tell makes the axis longer: one
    that ended “in 2018” is not drawn up to December.
    """
    known = [programme] if programme.start or programme.end else []
    if not (sessions or known):
        return None
    axis = Axis.around(sessions or known)
    axis = widened(axis, programme) if known else axis
    whole = bar_of(programme, axis) if known else None
    bars = [bar_of(case, axis) for case in cases if is_within(case, axis)]
    return Timeline(axis, whole, lanes_of(sessions, axis, kinds), bars)


def widened(axis: Axis, programme: Event) -> Axis:
    """With the days on which the programme surely had begun, or had not ended."""
    start, end = programme.start, programme.end
    first = min(axis.first, last_day(start)) if start else axis.first
    last = max(axis.last, first_day(end)) if end else axis.last
    return Axis(first.replace(day=1), last)


def is_within(event: Event, axis: Axis) -> bool:
    """Whether it is dated, and may have been while the programme went on."""
    if not (event.start or event.end):
        return False
    return event.earliest <= axis.end and event.latest >= axis.first


def lanes_of(sessions: list[Event], axis: Axis, kinds: Iterable[str]) -> list[Lane]:
    """The sessions by kind, in the order of `kinds`."""
    lanes: dict[str, Lane] = {}
    for event in sorted(sessions, key=lambda event: (event.earliest, event.latest)):
        lane = lanes.setdefault(event.kind, Lane(event.kind, event.label, []))
        lane.marks.append(mark_of(event, axis))
    return [lanes[kind] for kind in kinds if kind in lanes]


def side_by_side(programmes: list[Event]) -> Timeline | None:
    """Several programmes on one axis; nothing if none of them has a date."""
    dated = [programme for programme in programmes if programme.start or programme.end]
    if not dated:
        return None
    axis = Axis.around(dated)
    return Timeline(axis, None, [], [bar_of(programme, axis) for programme in dated])
