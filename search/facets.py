"""How results can be narrowed: the same words in addresses, in the code and on screen.

In the index, a facet is a word like "status:tested". Of what has a page, or a topic, of
its own, the value is its translation key: one for all languages.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cities.models import CasePage, CityPage, FeedbackPage, JourneyPage
from cities.models.city import CITY_PATH_LENGTH
from methods.models import MethodPage, Phase, PrinciplePage
from resources.models import ResourcePage

from .models.entries import Kind

KINDS: dict[type[Page], Kind] = {
    CasePage: Kind.CASE,
    JourneyPage: Kind.JOURNEY,
    FeedbackPage: Kind.LESSONS,
    MethodPage: Kind.METHOD,
    PrinciplePage: Kind.PRINCIPLE,
    ResourcePage: Kind.RESOURCE,
    CityPage: Kind.CITY,
}


def kind_of(page: Page) -> Kind:
    return KINDS.get(type(page), Kind.PAGE)


# The number of a page, and where it stands in a facet.
Value = tuple[int, str | UUID | None]
Label = str | Promise


@dataclass(frozen=True)
class Facet:
    """One way to narrow results; `values` says where some pages stand in it."""

    name: str
    label: Label
    values: Callable[[list[Page]], Iterable[Value]]
    # The names of its values; without these, its values are pages or topics.
    choices: dict[str, Label] | None = None
    # What its values are, in the index.
    kind: Kind | None = None
    # In which column of the index it is counted.
    column: str = "traits"

    def words(self, pages: list[Page]) -> Iterator[tuple[int, str]]:
        return ((pk, self.word(value)) for pk, value in self.values(pages) if value)

    def word(self, value) -> str:
        """A value as it stands in the index."""
        return f"{self.name}:{value}"


def by_type(pages: Iterable[Page]) -> dict[type[Page], list[Page]]:
    same = defaultdict(list)
    for page in pages:
        same[type(page)].append(page)
    return same


def keys_of(pages: list[Page], *paths: str) -> Iterator[Value]:
    """The translation keys of what pages name through their fields `paths`."""
    for model, same in by_type(pages).items():
        # A home page has principles to show, but is about none of them.
        fields = {field.name for field in model._meta.get_fields()}
        rows = model._default_manager.filter(pk__in=[page.pk for page in same])
        for path in paths:
            if path.split("__")[0] in fields:
                yield from rows.values_list("pk", f"{path}__translation_key")


def itself(pages: list[Page], kind: type[Page]) -> Iterator[Value]:
    """A method is found among what has to do with it."""
    return ((page.pk, page.translation_key) for page in pages if isinstance(page, kind))


def cities_of(pages: list[Page]) -> Iterator[Value]:
    yield from keys_of(pages, "city_links__city")
    paths = {page.pk: page.path[:CITY_PATH_LENGTH] for page in pages}
    cities = CityPage.objects.filter(path__in=set(paths.values()))
    keys = dict(cities.values_list("path", "translation_key"))
    yield from ((pk, keys.get(path)) for pk, path in paths.items())


def topics_of(pages: list[Page]) -> Iterator[Value]:
    return keys_of(pages, "topics")


def principles_of(pages: list[Page]) -> Iterator[Value]:
    yield from keys_of(pages, "principles")
    yield from itself(pages, PrinciplePage)


def methods_of(pages: list[Page]) -> Iterator[Value]:
    yield from keys_of(pages, "method_uses__method", "method_links__method")
    yield from itself(pages, MethodPage)


def kinds_of(pages: list[Page]) -> Iterator[Value]:
    return ((page.pk, kind_of(page)) for page in pages)


def languages_of(pages: list[Page]) -> Iterator[Value]:
    return ((page.pk, page.locale.language_code) for page in pages)


def field_of(model: type[Page], name: str) -> Callable[[list[Page]], Iterator[Value]]:
    """The value of a field that only pages of one kind have."""

    def values(pages: list[Page]) -> Iterator[Value]:
        same = (page for page in pages if isinstance(page, model))
        return ((page.pk, getattr(page, name)) for page in same)

    return values


FACETS = [
    Facet("kind", _("Kind"), kinds_of, dict(Kind.choices)),
    Facet("city", _("City or region"), cities_of, kind=Kind.CITY),
    Facet("topic", _("Topic"), topics_of, column="topics"),
    Facet(
        "status",
        _("Status of the case"),
        field_of(CasePage, "status"),
        dict(CasePage.Status.choices),
    ),
    Facet("method", _("Method"), methods_of, kind=Kind.METHOD, column="methods"),
    Facet("phase", _("Phase"), field_of(MethodPage, "phase"), dict(Phase.choices)),
    Facet(
        "principle",
        _("Principle"),
        principles_of,
        kind=Kind.PRINCIPLE,
        column="principles",
    ),
    Facet(
        "resource",
        _("Kind of resource"),
        field_of(ResourcePage, "kind"),
        dict(ResourcePage.Kind.choices),
    ),
    Facet("language", _("Language"), languages_of, dict(settings.LANGUAGES)),
]
BY_NAME = {facet.name: facet for facet in FACETS}
COLUMNS = sorted({facet.column for facet in FACETS})
# Whose values are pages, and are found in the index themselves.
OF_PAGES = [facet for facet in FACETS if facet.kind]
NAMED = [facet for facet in FACETS if facet.choices is None]
NAMING = [
    model for model, kind in KINDS.items() if kind in {facet.kind for facet in OF_PAGES}
]


def words_of(pages: list[Page]) -> dict[int, list[str]]:
    """Where each of these pages stands in each facet, as the index says it."""
    words: dict[int, set[str]] = {page.pk: set() for page in pages}
    for facet in FACETS:
        for pk, word in facet.words(pages):
            words[pk].add(word)
    return {pk: sorted(found) for pk, found in words.items()}


def sets_of(words: Iterable[str]) -> dict[str, tuple[int, list[str]]]:
    """What stands in each column of the index: a number, and which words it tells."""
    sets: dict[str, list[str]] = {column: [] for column in COLUMNS}
    for word in sorted(words):
        sets[column_of(word)].append(word)
    return {column: (number_of(same), same) for column, same in sets.items()}


def number_of(words: list[str]) -> int:
    """The same for the same words, so that nobody has to ask for it."""
    digest = blake2b("\n".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def column_of(word: str) -> str:
    return BY_NAME[word.partition(":")[0]].column


def keys_in(words: Iterable[str]) -> set[UUID]:
    """The translation keys of what has a page or a topic, of these words of facets."""
    pairs = (word.split(":", 1) for word in words)
    return {UUID(value) for name, value in pairs if BY_NAME[name].choices is None}


def years_of(page: Page) -> tuple[int | None, int | None]:
    """The first and the last year that a page tells of, if it says so."""
    if isinstance(page, ResourcePage):
        return page.year, page.year
    first, last = (
        int(str(date)[:4]) if date else None
        for date in (getattr(page, "start", None), getattr(page, "end", None))
    )
    return first or last, last or first
