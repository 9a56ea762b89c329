"""How results can be narrowed: the same words in addresses, in the code and on screen.

In the index, a facet is a word like "status:tested". Of what has a page, or a topic, of
its own, the value is its translation key: one for all languages.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cities.models import CasePage, CityPage, FeedbackPage, JourneyPage
from cities.models.city import CITY_PATH_LENGTH
from methods.models import MethodPage, Phase, PrinciplePage
from network.core.models import Topic
from resources.models import ResourcePage

from .models.entries import Kind
from .public import public_pages

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


Values = Iterable[str | UUID]
Label = str | Promise


@dataclass(frozen=True)
class Facet:
    """One way to narrow results; `values` says where a page stands in it."""

    name: str
    label: Label
    values: Callable[[Page], Values]
    # The names of its values; without these, its values are pages or topics.
    choices: dict[str, Label] | None = None
    # What its values are, in the index.
    kind: Kind | None = None

    def words(self, page: Page) -> list[str]:
        return [self.word(value) for value in self.values(page) if value]

    def word(self, value) -> str:
        """A value as it stands in the index."""
        return f"{self.name}:{value}"


def keys_of(page: Page, *paths: str) -> list[UUID]:
    """The translation keys of what a page names through its fields `paths`."""
    return [key for path in paths for key in keys_by(page, *path.split("."))]


def keys_by(page: Page, name: str, further: str = "") -> list[UUID]:
    # A home page has principles to show, but is about none of them.
    if name not in {field.name for field in page._meta.get_fields()}:
        return []
    path = f"{further}__translation_key" if further else "translation_key"
    return list(getattr(page, name).values_list(path, flat=True))


def itself(page: Page, kind: type[Page]) -> list[UUID]:
    """A method is found among what has to do with it."""
    return [page.translation_key] if isinstance(page, kind) else []


def cities_of(page: Page) -> list[UUID]:
    keys = keys_of(page, "city_links.city")
    if len(page.path) >= CITY_PATH_LENGTH:
        above = CityPage.objects.filter(path=page.path[:CITY_PATH_LENGTH])
        keys += above.values_list("translation_key", flat=True)
    return keys


def topics_of(page: Page) -> list[UUID]:
    return keys_of(page, "topics")


def principles_of(page: Page) -> list[UUID]:
    return [*keys_of(page, "principles"), *itself(page, PrinciplePage)]


def methods_of(page: Page) -> list[UUID]:
    named = keys_of(page, "method_uses.method", "method_links.method")
    return [*named, *itself(page, MethodPage)]


def field_of(model: type[Page], name: str) -> Callable[[Page], Values]:
    """The value of a field that only pages of one kind have."""
    return lambda page: [getattr(page, name)] if isinstance(page, model) else []


FACETS = [
    Facet("kind", _("Kind"), lambda page: [kind_of(page)], dict(Kind.choices)),
    Facet("city", _("City or region"), cities_of, kind=Kind.CITY),
    Facet("topic", _("Topic"), topics_of),
    Facet(
        "status",
        _("Status of the case"),
        field_of(CasePage, "status"),
        dict(CasePage.Status.choices),
    ),
    Facet("method", _("Method"), methods_of, kind=Kind.METHOD),
    Facet("phase", _("Phase"), field_of(MethodPage, "phase"), dict(Phase.choices)),
    Facet("principle", _("Principle"), principles_of, kind=Kind.PRINCIPLE),
    Facet(
        "resource",
        _("Kind of resource"),
        field_of(ResourcePage, "kind"),
        dict(ResourcePage.Kind.choices),
    ),
    Facet(
        "language",
        _("Language"),
        lambda page: [page.locale.language_code],
        dict(settings.LANGUAGES),
    ),
]
BY_NAME = {facet.name: facet for facet in FACETS}
# Whose values are pages, and are found in the index themselves.
OF_PAGES = [facet for facet in FACETS if facet.kind]
NAMED = [facet for facet in FACETS if facet.choices is None]
NAMING = [
    model for model, kind in KINDS.items() if kind in {facet.kind for facet in OF_PAGES}
]


def words_of_page(page: Page) -> list[str]:
    """Where a page stands in each facet, as the index says it."""
    words = [word for facet in FACETS for word in facet.words(page)]
    return sorted(set(words))


NAME = ("translation_key", "locale__language_code")


def names_in(words: Iterable[str], language: str) -> list[str]:
    """What the values are called that have a page or a topic, in one language.

    Whoever looks for a method finds the cases that used it.
    """
    keys = [
        UUID(value)
        for name, value in (word.split(":", 1) for word in words)
        if BY_NAME[name].choices is None
    ]
    pages = public_pages().filter(translation_key__in=keys)
    topics = Topic.objects.filter(translation_key__in=keys, live=True)
    rows = pages.values_list(*NAME, "title").union(topics.values_list(*NAME, "name"))
    found = {(key, spoken): name for key, spoken, name in rows.order_by("title")}
    return [
        name
        for (key, spoken), name in found.items()
        if spoken == language or (key, language) not in found
    ]


def years_of(page: Page) -> tuple[int | None, int | None]:
    """The first and the last year that a page tells of, if it says so."""
    if isinstance(page, ResourcePage):
        return page.year, page.year
    first, last = (
        int(str(date)[:4]) if date else None
        for date in (getattr(page, "start", None), getattr(page, "end", None))
    )
    return first or last, last or first
