"""The network side by side: which city has how many pages on what.

All is in alphabetical order, principles in their own, and nothing is added up: it tells
what there is to read, not who is best.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, F, IntegerField, QuerySet, Value
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from cities.drawing.timeline import Event, Timeline, side_by_side
from cities.models import CasePage, CityPage, FeedbackPage
from cities.models.city import CITY_PATH
from cities.searches import search_for
from methods.models import MethodPage, PrinciplePage
from network.core.models import EditorialPage, Topic
from network.core.querysets import alphabetical

# What cities’ pages are about: the name of a facet of the search, the pages, and their
# way to what they name.
NAMED: list[tuple[str, type[EditorialPage], str]] = [
    ("principle", CasePage, "principles__translation_key"),
    ("principle", FeedbackPage, "principles__translation_key"),
    ("topic", CasePage, "topics__translation_key"),
    ("method", CasePage, "method_uses__method__translation_key"),
    ("method", FeedbackPage, "method_links__method__translation_key"),
]
KINDS = {"principle": "case lessons", "topic": "case", "method": "case lessons"}
# By facet, city (the beginning of its path), and translation key.
Counts = dict[tuple[str, str, UUID], int]


NOTHING = Value("", CharField())
# What a thing has that is not said to have it.
EMPTY = {
    "place": NOTHING,
    "address": NOTHING,
    "ordinal": Value(None, IntegerField()),
    "began": NOTHING,
    "ended": NOTHING,
}


@dataclass(frozen=True)
class Thing:
    """A city, a principle, a topic or a method, as a table names it."""

    facet: str
    key: UUID
    called: str
    slug: str
    content_language: str
    # Where it is in the tree, and its address there; a topic is in none.
    place: str
    address: str
    # Of a principle.
    ordinal: int | None
    # Of a programme.
    began: str
    ended: str
    sorted_as: str
    # Where the sites begin. Wagtail would look for them once for each address, which
    # costs a query where the cache is a table.
    roots: list

    @property
    def url(self) -> str:
        """Its page; topics have none and lead to the search."""
        if not self.address:
            return search_for(**{self.facet: self.slug})
        page = Page(url_path=self.address)
        page._wagtail_cached_site_root_paths = self.roots
        return page.get_url() or ""

    @property
    def order(self) -> tuple[int, str]:
        return self.ordinal or 0, self.sorted_as

    @property
    def programme(self) -> Event:
        return Event(
            start=self.began,
            end=self.ended,
            title=self.called,
            label=_("Programme"),
            url=self.url,
            language=self.content_language,
        )


COLUMNS = [name for name in Thing.__dataclass_fields__ if name != "roots"]


@dataclass(frozen=True)
class Cell:
    """How many pages of a city there are on something, and where they are found."""

    city: Thing
    count: int
    url: str


@dataclass(frozen=True)
class Row:
    """A principle, a topic or a method, and what each city has on it."""

    subject: Thing
    # In the order of the cities; None where there is nothing.
    cells: list[Cell | None]

    @property
    def is_empty(self) -> bool:
        return not any(self.cells)


@dataclass(frozen=True)
class Matrix:
    """Things that pages are about, by city."""

    cities: list[Thing]
    all_rows: list[Row]

    @property
    def rows(self) -> list[Row]:
        return [row for row in self.all_rows if not row.is_empty]

    @property
    def untold(self) -> list[Row]:
        """What no city has a public page on yet."""
        return [row for row in self.all_rows if row.is_empty]


class Network:
    """All that is public in one language, in two questions."""

    def __init__(self, locale: Locale):
        self.locale = locale

    @cached_property
    def things(self) -> dict[str, list[Thing]]:
        """All that has a name in a table, in order, by the facet that it is in."""
        things = defaultdict(list)
        cities, *others = self.named
        roots = Site.get_site_root_paths()
        rows = cities.union(*others, all=True)
        found = [Thing(**named(row), roots=roots) for row in rows]
        for thing in sorted(found, key=lambda thing: thing.order):
            things[thing.facet].append(thing)
        return things

    @property
    def named(self) -> list[QuerySet]:
        """The cities, then what their pages may be about."""
        dates = {"began": F("programme_start"), "ended": F("programme_end")}
        return [
            self.pages("city", CityPage, **dates),
            self.pages("principle", PrinciplePage, ordinal=F("number")),
            self.pages("method", MethodPage),
            columns("topic", Topic.objects.listed(self.locale), "name"),
        ]

    def pages(self, facet: str, kind: type[EditorialPage], **given) -> QuerySet:
        pages = kind.objects.public_in(self.locale)
        where = {"place": F("path"), "address": F("url_path")}
        return columns(facet, pages, "title", **where, **given)

    @property
    def cities(self) -> list[Thing]:
        return self.things["city"]

    @cached_property
    def counts(self) -> Counts:
        counts: Counts = defaultdict(int)
        first, *others = (self.counted(*named) for named in NAMED)
        for facet, city, key, count in first.union(*others, all=True):
            counts[facet, city, key] += count
        return counts

    def counted(self, facet: str, kind: type[EditorialPage], way: str) -> QuerySet:
        """How many pages of this kind name what, by city."""
        pages = kind.objects.open_in(self.locale).order_by()
        named = pages.filter(**{f"{way}__isnull": False}).annotate(
            facet=Value(facet), city=CITY_PATH, key=F(way)
        )
        grouped = named.values_list("facet", "city", "key")
        return grouped.annotate(count=Count("pk", distinct=True))

    @cached_property
    def principles(self) -> Matrix:
        return self.matrix("principle")

    @cached_property
    def topics(self) -> Matrix:
        return self.matrix("topic")

    @cached_property
    def methods(self) -> Matrix:
        return self.matrix("method")

    def matrix(self, facet: str) -> Matrix:
        return Matrix(self.cities, [self.row(thing) for thing in self.things[facet]])

    def row(self, subject: Thing) -> Row:
        return Row(subject, [self.cell(city, subject) for city in self.cities])

    def cell(self, city: Thing, subject: Thing) -> Cell | None:
        facet = subject.facet
        count = self.counts.get((facet, city.place, subject.key))
        if not count:
            return None
        asked = {"city": city.slug, facet: subject.slug, "kind": KINDS[facet]}
        return Cell(city, count, search_for(**asked))

    @cached_property
    def programmes(self) -> Timeline | None:
        """When each programme went on, as far as its dates are known."""
        return side_by_side([city.programme for city in self.cities])


def named(row: tuple) -> dict[str, Any]:
    return dict(zip(COLUMNS, row, strict=True))


def columns(facet: str, things: QuerySet, name: str, **given) -> QuerySet:
    """The same columns of each kind of thing; what it lacks is empty."""
    said = {
        "facet": Value(facet),
        "key": F("translation_key"),
        "called": F(name),
        "sorted_as": alphabetical(name).expression,
    }
    return things.order_by().annotate(**EMPTY | said | given).values_list(*COLUMNS)
