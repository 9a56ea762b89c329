"""A search as an address says it, and the addresses of those next to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from .facets import BY_NAME, FACETS, Facet
from .finding import LAST_PAGE, Found, Search
from .names import Names
from .public import Closed, closed_now
from .queries import Query
from .statement import YEARS
from .wording import widened

MOST_VALUES = 20
# What an address may hold: more is no search, but somebody trying.
MOST_PARAMETERS = 200
BY_DATE = "date"
# So many values of a facet are shown at first; a few more are not worth a click.
SHOWN_AT_FIRST = 6
A_FEW_MORE = 3


@dataclass(frozen=True)
class Choice:
    """A value that can be chosen in a facet, or that is."""

    label: str | Promise
    language: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class Choices:
    """A facet with what can be chosen in it; the most frequent values come first."""

    name: str
    label: str | Promise
    values: list[Choice]

    @property
    def first(self) -> list[Choice]:
        return self.values[: self.shown]

    @property
    def rest(self) -> list[Choice]:
        return self.values[self.shown :]

    @property
    def shown(self) -> int:
        """How many are in sight: all that were chosen in any case."""
        count = len(self.values)
        most = max(SHOWN_AT_FIRST, len(self.chosen))
        return count if count <= most + A_FEW_MORE else most

    @property
    def chosen(self) -> list[Choice]:
        return [value for value in self.values if value.chosen]


class Asked:
    """What a reader of `language` asks for with the parameters of an address."""

    def __init__(self, parameters: QueryDict, language: str):
        if len(parameters) > MOST_PARAMETERS:
            raise BadRequest
        self.parameters = parameters
        self.language = language

    @cached_property
    def closed(self) -> Closed:
        """What nobody is told of, for all that is asked of one address."""
        return closed_now()

    @cached_property
    def names(self) -> Names:
        return Names(self.language, self.closed)

    @cached_property
    def query(self) -> Query:
        """In the reader's words, and others that mean the same."""
        query = Query.of(self.parameters.get("q", ""))
        return widened(query, self.names.pairs) if query.clauses else query

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """The words of the index that were chosen in each facet."""
        chosen = {}
        for facet in FACETS:
            slugs = self.parameters.getlist(facet.name)[:MOST_VALUES]
            words = [self.names.word(facet, slug) for slug in slugs if slug]
            if words:
                chosen[facet.name] = list(dict.fromkeys(map(printable, words)))
        return chosen

    @property
    def since(self) -> int | None:
        return self.year("since")

    @property
    def until(self) -> int | None:
        return self.year("until")

    def year(self, name: str) -> int | None:
        year = number_in(self.parameters.get(name, ""))
        return year if year in YEARS else None

    @property
    def by_date(self) -> bool:
        return self.parameters.get("order") == BY_DATE

    @property
    def page(self) -> int:
        return min(max(number_in(self.parameters.get("page", "")), 1), LAST_PAGE)

    @property
    def is_narrowed(self) -> bool:
        return self.search.is_narrowed

    @cached_property
    def search(self) -> Search:
        return Search(
            query=self.query,
            language=self.language,
            chosen=self.chosen,
            since=self.since,
            until=self.until,
            by_date=self.by_date,
            page=self.page,
            closed=self.closed,
        )

    # --- Addresses -----------------------------------------------------------

    def address(self, **changes) -> str:
        """The same search but for `changes`, as `?…`: a list, one value, or None."""
        slugs = {
            name: [self.names.slug(word) for word in words]
            for name, words in self.chosen.items()
        }
        order = BY_DATE if self.by_date else None
        values: dict[str, Any] = {"q": self.query.text, **slugs}
        values |= {"since": self.since, "until": self.until, "order": order}
        kept = {name: value for name, value in (values | changes).items() if value}
        return f"?{urlencode(kept, doseq=True)}"

    @property
    def whole(self) -> str:
        """The same words, in everything."""
        return self.in_everything(self.query.text)

    def in_everything(self, words: str) -> str:
        return self.address(q=words, **dict.fromkeys(self.narrowing_names))

    @property
    def narrowing_names(self) -> list[str]:
        return [*self.chosen, "since", "until"]

    @property
    def narrowings(self) -> int:
        """In how many ways the results are narrowed."""
        years = bool(self.since or self.until)
        return sum(len(words) for words in self.chosen.values()) + years

    @property
    def by_relevance(self) -> str:
        return self.address(order=None)

    @property
    def by_latest(self) -> str:
        return self.address(order=BY_DATE)

    @property
    def feed(self) -> str:
        return reverse("search_feed") + self.address(order=None)

    @property
    def csv(self) -> str:
        return reverse("search_csv") + self.address()

    @property
    def json(self) -> str:
        return reverse("search_json") + self.address()

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What is asked for besides words: a form sends it along."""
        query = QueryDict(self.address(q=None)[1:])
        return [(name, value) for name, values in query.lists() for value in values]

    @property
    def kept_but_years(self) -> list[tuple[str, str]]:
        query = QueryDict(self.address(since=None, until=None)[1:])
        return [(name, value) for name, values in query.lists() for value in values]

    def facets(self, found: Found) -> list[Choices]:
        """The facets in which something can be chosen, with what is found then."""
        all_choices = [self.choices(facet, found) for facet in FACETS]
        return [
            choices
            for choices in all_choices
            if len(choices.values) > 1 or choices.chosen
        ]

    def choices(self, facet: Facet, found: Found) -> Choices:
        chosen = self.chosen.get(facet.name, [])
        words = [word for word in found.counts if word.startswith(f"{facet.name}:")]
        words += [word for word in chosen if word not in words]
        values = [
            self.choice(facet, word, found.counts.get(word, 0), chosen=word in chosen)
            for word in sorted(words, key=lambda word: self.place(facet, word, found))
            if self.names.label(word)
        ]
        return Choices(facet.name, facet.label, values)

    def place(self, facet: Facet, word: str, found: Found) -> tuple:
        """What was chosen comes first, then the most frequent."""
        chosen = word not in self.chosen.get(facet.name, [])
        if facet.choices is not None:
            order = [facet.word(value) for value in facet.choices]
            return chosen, order.index(word) if word in order else len(order)
        return chosen, -found.counts.get(word, 0), str(self.names.label(word))

    def choice(self, facet: Facet, word: str, count: int, *, chosen: bool) -> Choice:
        words = self.chosen.get(facet.name, [])
        after = [one for one in words if one != word] if chosen else [*words, word]
        return Choice(
            label=self.names.label(word),
            language=self.names.language_of(word),
            count=count,
            url=self.address(**{facet.name: [self.names.slug(one) for one in after]}),
            chosen=chosen,
        )

    @property
    def removals(self) -> Iterator[tuple[str | Promise, str]]:
        """What was chosen, each with the address without it."""
        for facet in FACETS:
            for word in self.chosen.get(facet.name, []):
                label = self.names.label(word) or self.names.slug(word)
                yield label, self.choice(facet, word, 0, chosen=True).url
        if self.since or self.until:
            years = f"{self.since or '…'} – {self.until or '…'}"
            yield years, self.address(since=None, until=None)

    def ways_out(self, search: Search) -> Iterator[tuple[str | Promise, str]]:
        """When `search` finds nothing: what was chosen and keeps it from finding."""
        counts = search.without_each() if self.is_narrowed else {}
        for name in (name for name, count in counts.items() if count):
            if name in self.chosen:
                yield self.label_of(name), self.address(**{name: None})
            else:
                yield _("Years"), self.address(since=None, until=None)

    def label_of(self, name: str) -> str | Promise:
        """What was chosen in a facet, in words."""
        labels = [str(self.names.label(word)) for word in self.chosen[name]]
        return ", ".join(filter(None, labels)) or BY_NAME[name].label


def number_in(text: str) -> int:
    """The number that somebody wrote into an address, or 0."""
    return int(text[:9]) if text.isascii() and text.isdecimal() else 0


def printable(word: str) -> str:
    """A word that PostgreSQL takes, whatever was typed into the address."""
    return "".join(letter for letter in word if letter.isprintable())[:200]
