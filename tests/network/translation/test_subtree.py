"""A city with two hundred pages, half of them translated, changes its place and name.

Whoever kept an old address of any of them, in either language, still finds the page.
"""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from cities.models import CaseIndexPage, CityIndexPage, CityPage
from home.demo.indexing import indexed_afterwards
from network.translation.drift import find
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

pytestmark = pytest.mark.django_db

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


@pytest.fixture(scope="module")
def built(opened_for_module, django_db_blocker):
    """To build them takes a while, so all tests share them, and find them as new."""
    with django_db_blocker.unblock(), transaction.atomic():
        home = Page.objects.get(slug="accueil")
        with indexed_afterwards():
            mirrored(CityIndexPageFactory, parent=home, title="Là-bas")
            city_with("Petite", 20)
            city_with("Grande", 200)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def grande(built, opened):
    return CityPage.objects.get(title="Grande", alias_of=None)


@pytest.fixture
def petite(built, opened):
    return CityPage.objects.get(title="Petite", alias_of=None)


@pytest.fixture
def elsewhere(built, opened):
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


def test_there_are_two_hundred_pages_half_of_them_translated(grande):
    pages = whole(grande)

    assert len(pages) == 400
    aliases = [page for page in pages if page.alias_of_id]
    assert len(aliases) == 99
    assert_alike()


def test_it_is_renamed(grande, client, committed):
    before = addresses(grande)
    grande.slug = "immense"

    committed(lambda: grande.save_revision().publish())

    # Each of the four hundred, here.
    assert_each_leads_on(client, before, grande, step=1)
    assert_alike()


def test_it_is_moved(grande, elsewhere, client, as_team, committed):
    before = addresses(grande)

    address = reverse("wagtailadmin_pages:move_confirm", args=[grande.pk, elsewhere.pk])
    committed(client.post, address)

    assert CityPage.objects.get(pk=grande.pk).get_parent().pk == elsewhere.pk
    client.logout()
    assert_each_leads_on(client, before, grande)
    assert_alike()


def test_it_is_renamed_and_moved_and_renamed_again(
    grande, elsewhere, client, committed
):
    before = addresses(grande)

    for slug in ("immense", "enorme"):
        city = CityPage.objects.get(pk=grande.pk)
        city.slug = slug
        committed(lambda city=city: city.save_revision().publish())
        committed(lambda: Page.objects.get(pk=grande.pk).move(elsewhere, "last-child"))

    assert_each_leads_on(client, before, grande)
    assert_alike()


def test_it_stands_in_another_place(grande, client, as_team):
    """And so does a list in it, and what is in that: no address changes."""
    before = addresses(grande)

    lists = CaseIndexPage.objects.child_of(grande).get()
    sheets = list(lists.get_children())
    for page, place in [(grande, 0), (lists, 2), (sheets[0], 40), (sheets[50], 0)]:
        name = "wagtailadmin_pages:set_page_position"
        client.post(reverse(name, args=[page.pk]) + f"?position={place}")

    lists.refresh_from_db()
    assert [page.pk for page in lists.get_children()][:2] == [
        sheets[50].pk,
        sheets[1].pk,
    ]
    client.logout()
    assert_where_they_were(client, before, grande)
    assert_alike()


def test_it_is_copied(grande, client, as_team, english, committed):
    """What was translated comes along, as drafts that nobody approved there."""
    before = addresses(grande)
    data = {"new_title": "Copie", "new_slug": "copie", "copy_subpages": "on"}
    data |= {"new_parent_page": grande.get_parent().pk, "publish_copies": "on"}

    address = reverse("wagtailadmin_pages:copy", args=[grande.pk])
    committed(lambda: client.post(address, data))

    copy = CityPage.objects.get(slug="copie", alias_of=None)
    pages = whole(copy)
    assert len(pages) == 400
    assert {page.live for page in pages} == {True}
    drafts = [page for page in pages if page.alias_of_id and page.latest_revision_id]
    assert len(drafts) == 101
    client.logout()
    assert_where_they_were(client, before, grande)
    assert {client.get(page.url).status_code for page in pages[::20]} == {200}
    assert_alike()


def queries(act, *arguments):
    with CaptureQueriesContext(connection) as captured:
        act(*arguments)
    return len(captured)


def test_to_move_a_tree_costs_the_same_however_large(
    petite, grande, elsewhere, committed
):
    costs = {
        queries(committed, lambda city=city: city.move(elsewhere, "last-child"))
        for city in (petite, grande)
    }

    assert max(costs) - min(costs) <= 5
    assert max(costs) <= 100


def test_to_rename_a_tree_costs_the_same_however_large(petite, grande, committed):
    costs = []
    for city in (petite, grande):
        city.slug += "-2"
        costs.append(queries(committed, city.save))

    assert max(costs) - min(costs) <= 2
    assert max(costs) <= 60


def test_to_check_it_takes_a_handful_of_queries(grande, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert find() == []
