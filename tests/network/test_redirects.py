"""Old addresses of public pages lead to their new ones; drafts leave no trace."""

import pytest
from django.db.models import Value
from django.db.models.functions import Replace
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from network.core.redirects import lead_on
from network.translation.verbs import mirror
from tests.factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    CityPageFactory,
    StandardPageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    def rename(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save()

    return rename


def ways():
    return set(Redirect.objects.values_list("old_path", "redirect_page__slug"))


def test_the_old_address_of_a_public_page_leads_to_the_new_one(home, rename, client):
    page = StandardPageFactory(slug="about")

    rename(page, "us")

    assert client.get("/fr/about/").url == page.url
    assert ways() == {("/fr/about", "us")}


def test_a_draft_that_changes_its_address_leaves_no_trace(home, rename):
    """And does not take the place of a way that leads somewhere."""
    rename(StandardPageFactory(slug="about"), "us")
    draft = StandardPageFactory(slug="about", live=False)

    rename(draft, "something-secret")

    assert ways() == {("/fr/about", "us")}


def test_the_old_place_of_a_public_page_leads_to_the_new_one(home, client):
    other = StandardPageFactory(title="Other")
    page = StandardPageFactory(slug="about")

    page.move(other, pos="last-child")

    page.refresh_from_db()
    assert client.get("/fr/about/").url == page.url


def test_the_rest_of_an_address_is_kept_on_the_way(home, rename, client):
    page = StandardPageFactory(slug="about")

    rename(page, "us")

    ways = {
        query: client.get(f"/fr/about/?{query}").url
        for query in ("", "page=2", "q=eau%26feu&q=2", "utm_source=x#top")
    }
    assert ways == {
        "": "/fr/us/",
        "page=2": "/fr/us/?page=2",
        "q=eau%26feu&q=2": "/fr/us/?q=eau%26feu&q=2",
        "utm_source=x#top": "/fr/us/?utm_source=x",
    }


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [("/fr/us/?page=1", "/fr/us/?page=1&q=x"), ("/fr/us/", "/fr/us/?page=2&q=x")],
)
def test_what_a_redirect_says_itself_counts_more(home, client, link, leads_to):
    Redirect.objects.create(old_path="/fr/about", redirect_link=link)

    assert client.get("/fr/about/?page=2&q=x").url == leads_to


def test_a_redirect_of_one_whole_address_leads_to_what_it_says(home, client):
    Redirect.objects.create(old_path="/fr/about?page=2", redirect_link="/fr/us/")

    assert client.get("/fr/about/?page=2").url == "/fr/us/"


def test_all_old_addresses_lead_to_where_a_page_is_now(home, rename, client):
    page = StandardPageFactory(slug="about")

    for slug in ("us", "people"):
        rename(page, slug)

    assert [client.get(f"/fr/{old}/").url for old in ("about", "us")] == [page.url] * 2


def test_a_page_that_comes_back_is_found_where_it_was(home, rename, client):
    page = StandardPageFactory(slug="about")

    for slug in ("us", "about"):
        rename(page, slug)

    assert client.get("/fr/about/").status_code == 200
    assert client.get("/fr/us/").url == "/fr/about/"


def test_nobody_is_led_round_in_a_circle(home, rename, client):
    """A draft has the address again that it had when it was public."""
    page = StandardPageFactory(slug="about")
    rename(page, "us")
    page.unpublish()
    rename(page, "about")

    assert client.get("/fr/about/").status_code == 404


def test_what_somebody_wrote_by_hand_stays(home, rename, client):
    page = StandardPageFactory(slug="about")
    site = Site.objects.get()
    Redirect.objects.create(old_path="/fr/about", site=site, redirect_link="/fr/x/")

    rename(page, "us")

    assert client.get("/fr/about/").url == "/fr/x/"


def test_an_alias_leads_on_in_its_own_language(home, english, rename, client):
    page = StandardPageFactory(slug="a-propos")
    mirror(page)

    rename(page, "nous")

    addresses = [client.get(f"/{code}/a-propos/").url for code in ("fr", "en")]
    assert addresses == ["/fr/nous/", "/en/nous/"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_tree_leads_on_at_the_same_cost_however_large(
    home, rename, count, client, django_assert_num_queries
):
    city = CityPageFactory(slug="lyon")
    index = CaseIndexPageFactory(parent=city, slug="cas")
    for number in range(count):
        CasePageFactory(parent=index, slug=f"cas-{number}", title=f"{number}")
    before = Page.objects.get(pk=city.pk)
    Page.objects.filter(path__startswith=city.path).update(
        url_path=Replace("url_path", Value("/lyon/"), Value("/lugdunum/"))
    )

    with django_assert_num_queries(6):
        lead_on(city.pk, before.url_path, was_live=True)

    assert len(ways()) == count + 2
    assert client.get("/fr/cities-and-regions/lyon/cas/cas-0/").url == (
        "/fr/cities-and-regions/lugdunum/cas/cas-0/"
    )
