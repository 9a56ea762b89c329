"""A city with two hundred pages, half of them translated, and a small one beside it."""

from pathlib import Path

import pytest
from django.core.management import call_command
from wagtail.models import Page

from cities.models import CityIndexPage, CityPage
from home.demo.indexing import indexed_afterwards
from network.translation.drift import find
from tests import databases, opened
from tests.factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    CityIndexPageFactory,
    CityPageFactory,
    FeedbackIndexPageFactory,
    FeedbackPageFactory,
    JourneyIndexPageFactory,
    JourneyPageFactory,
)
from tests.networks import mirrored, translated

LISTS = [
    (CaseIndexPageFactory, CasePageFactory, "Cas", "Cases"),
    (JourneyIndexPageFactory, JourneyPageFactory, "Parcours", "Journeys"),
    (FeedbackIndexPageFactory, FeedbackPageFactory, "Retours", "Lessons"),
]


def city_with(title: str, pages: int) -> CityPage:
    """A city, its three lists and its work: `pages` in all, every other translated."""
    city = mirrored(CityPageFactory, title=title)
    lists = [
        (translated(index, english, parent=city, title=french, slug=english), entry)
        for index, entry, french, english in LISTS
    ]
    for number in range(pages - len(lists) - 1):
        parent, entry = lists[number % len(lists)]
        title = f"Fiche {number}"
        if number % 2:
            mirrored(entry, parent=parent, title=title)
        else:
            put_into_english(
                translated(entry, f"Sheet {number}", parent=parent, title=title)
            )
    return city


def put_into_english(page: Page) -> None:
    """An address of its own too, as most translations have."""
    version = page.get_translations().get().specific
    version.slug = version.slug.replace("fiche", "sheet")
    version.save()


def build() -> None:
    home = Page.objects.get(slug="accueil")
    with indexed_afterwards():
        mirrored(CityIndexPageFactory, parent=home, title="Là-bas")
        city_with("Petite", 20)
        city_with("Grande", 200)


def template(schema: str) -> str:
    source, here = opened.template(schema), Path(__file__)
    return databases.template_of_code("subtree", build, here, source=source)


@pytest.fixture(scope="module")
def opened_for_module(schema, django_db_setup, django_db_blocker):
    """In place of the network of two cities: to build this one takes a while."""
    with (
        django_db_blocker.unblock(),
        databases.clone(template(schema)) as clone,
        databases.lent(clone.name),
    ):
        yield


@pytest.fixture
def grande(opened):
    return CityPage.objects.get(title="Grande", alias_of=None)


@pytest.fixture
def petite(opened):
    return CityPage.objects.get(title="Petite", alias_of=None)


@pytest.fixture
def elsewhere(opened):
    return CityIndexPage.objects.get(title="Là-bas", alias_of=None)


def whole(city):
    """The city and all that is below it, in both languages."""
    versions = city.get_translations(inclusive=True)
    return [
        page
        for version in versions.order_by("locale__language_code")
        for page in version.get_descendants(inclusive=True).select_related("locale")
    ]


def addresses(city):
    return {page.pk: page.url for page in whole(city)}


def tree(language):
    pages = Page.objects.filter(locale__language_code=language, depth__gt=2)
    return [(page.depth, page.translation_key) for page in pages.order_by("path")]


def assert_alike():
    before = list(Page.objects.order_by("path").values("pk", "path", "url_path"))
    call_command("sync_locale_trees")
    now = list(Page.objects.order_by("path").values("pk", "path", "url_path"))
    assert now == before
    assert [str(drift) for drift in find()] == []
    assert tree("fr") == tree("en")


def assert_each_leads_on(client, before, city, step=10):
    """That an old address leads to the page that had it, with its query, in one go."""
    now = addresses(city)
    led = {
        key: client.get(f"{before[key]}?page=2").headers.get("Location")
        for key in [*before][::step]
    }
    assert led == {key: f"{now[key]}?page=2" for key in led}
    assert {client.get(now[key]).status_code for key in [*now][::20]} == {200}
    assert len({*now.values()} | {*before.values()}) == len(now) + len(before) == 800


def assert_where_they_were(client, before, city):
    assert addresses(city) == before
    assert {client.get(before[key]).status_code for key in [*before][::20]} == {200}
