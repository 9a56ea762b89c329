"""From an address to a page, whatever its depth."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import HomePage
from network.translation.verbs import mirror, translate
from tests.factories import (
    CasePageFactory,
    CityPageFactory,
    StandardPageFactory,
)

pytestmark = pytest.mark.django_db


def status(client, address):
    return client.get(address).status_code


def test_a_page_is_found_at_its_own_address_however_deep(client, home):
    case = CasePageFactory(title="The reading room")

    answer = client.get("/fr/cities-and-regions/lyon/cases/the-reading-room/")

    assert answer.context["page"] == case
    assert case.url == answer.request["PATH_INFO"]


def test_the_home_page_is_found_at_the_address_of_its_language(client, home, english):
    homes = [client.get(f"/{code}/").context["page"] for code in ("fr", "en")]

    assert homes == [home, home.get_translation(english)]


def test_a_page_is_found_as_what_it_is(client, home):
    city = CityPageFactory()

    assert type(client.get(city.url).context["page"]) is type(city)


def test_a_draft_is_not_found(client, home):
    draft = CityPageFactory(live=False)

    assert status(client, "/fr/cities-and-regions/lyon/") == 404
    draft.save_revision().publish()
    assert status(client, "/fr/cities-and-regions/lyon/") == 200


def test_a_page_that_was_taken_offline_is_not_found(client, home):
    city = CityPageFactory()
    city.unpublish()

    assert status(client, "/fr/cities-and-regions/lyon/") == 404


def test_what_lies_below_a_draft_is_found_for_it_is_public(client, home):
    case = CasePageFactory()
    case.get_parent().specific.unpublish()

    assert status(client, case.url) == 200


@pytest.mark.parametrize(
    "address",
    [
        *("/fr/missing/", "/fr/lyon/", "/fr/accueil/", "/fr/cities-and-regions/metz/"),
        *("/fr/cities-and-regions/lyon/missing/", "/fr/LYON/", "/fr/%2e%2e/"),
        *("/en/cities-and-regions/lyon/", "/fr/cities-and-regions%2Flyon/x/"),
        "/fr/\x00/",
    ],
)
def test_an_unknown_address_is_not_found(client, english, address):
    CityPageFactory()

    assert status(client, address) == 404


def test_a_page_of_one_language_is_not_found_under_the_other(client, english):
    page = StandardPageFactory(title="À propos", slug="a-propos")
    mirror(page)
    translate(page, english, {"a-propos": "about"})

    statuses = {
        address: status(client, address)
        for address in ("/fr/a-propos/", "/en/about/", "/en/a-propos/", "/fr/about/")
    }

    assert statuses == {
        "/fr/a-propos/": 200,
        "/en/about/": 200,
        "/en/a-propos/": 404,
        "/fr/about/": 404,
    }


def test_a_home_page_that_is_a_draft_is_shown_in_its_original_language(
    client, home, english
):
    """D9: `/en/` answered 200 with French, and French addresses did so below it."""
    about = StandardPageFactory(title="À propos", slug="a-propos")
    mirror(about)
    translate(about, english, {"a-propos": "about"})
    Page.objects.filter(pk=home.get_translation(english).pk).update(live=False)

    answer = client.get("/en/")

    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.context["page"] == home
    assert (page.html["lang"], page.article["lang"]) == ("en", "fr")
    assert "in French, its original language" in page.find(class_="notice").text
    assert page.find("link", rel="canonical")["href"] == "http://localhost/fr/"
    assert [status(client, f"/en/{path}/") for path in ("about", "a-propos")] == [
        200,
        404,
    ]


def test_a_language_without_any_page_has_no_address_but_its_front_door(client, home):
    """D9: `/en/` served the whole French site under English addresses."""
    Locale.objects.create(language_code="en")
    StandardPageFactory(slug="a-propos")

    assert client.get("/en/").context["page"] == home
    assert status(client, "/en/a-propos/") == 404


def test_a_page_outside_the_site_is_not_found(client, home):
    other = StandardPageFactory(parent=Page.get_first_root_node(), slug="other")
    StandardPageFactory(parent=other, slug="a-propos")

    assert [status(client, f"/fr/{path}/") for path in ("other", "a-propos")] == [
        404
    ] * 2


def test_an_address_without_its_last_slash_leads_to_the_page(client, home):
    StandardPageFactory(slug="about")

    answer = client.get("/fr/about")

    assert (answer.status_code, answer["Location"]) == (301, "/fr/about/")


def test_a_page_for_some_asks_who_is_there(client, home):
    page = StandardPageFactory(slug="about")
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    answer = client.get(page.url)

    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/fr/about/")


def test_the_copy_of_a_page_for_some_is_for_them_too(client, english):
    page = StandardPageFactory(slug="about")
    mirror(page)
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    answer = client.get("/en/about/")

    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/en/about/")


def test_a_page_for_some_is_found_by_those_it_is_for(as_ada, home):
    case = CasePageFactory()
    city = case.get_parent().get_parent()
    PageViewRestriction.objects.create(page=city, restriction_type="login")

    assert as_ada.get(case.url).context["page"] == case


def test_a_deep_page_costs_no_more_to_find_than_one_on_top(
    rf, home, django_assert_num_queries
):
    deep, top = CasePageFactory(slug="deep"), StandardPageFactory(slug="top")
    request = rf.get("/")

    for page in (deep, top):
        path = page.url.split("/")[2:-1]
        with django_assert_num_queries(2):
            assert home.route(request, path).page == page


@pytest.fixture
def draft_home(home, english):
    """A front door in English that is not public, and a page behind it that is."""
    page = StandardPageFactory(title="À propos", slug="a-propos")
    mirror(page)
    translate(page, english, {"a-propos": "about"})
    HomePage.objects.filter(locale=english).update(live=False)


def test_below_a_home_that_is_a_draft_nothing_of_another_language_is_shown(
    draft_home, client
):
    """D9: Wagtail answered 200 below `/en/`, with the page in French."""
    addresses = ["/fr/", "/en/", "/fr/a-propos/", "/en/a-propos/"]

    assert [status(client, one) for one in addresses] == [200, 200, 200, 404]


def test_what_lies_behind_a_draft_home_is_found_in_its_language(
    draft_home, client, english
):
    """D9"""
    page = client.get("/en/about/").context["page"]

    assert page.locale == english


def test_a_language_without_a_home_has_nothing_but_its_front_door(client, home):
    """D9"""
    StandardPageFactory(slug="a-propos")

    assert [status(client, f"/en/{path}") for path in ("", "a-propos/")] == [200, 404]
