"""The site of the demonstration, walked through link by link as a reader might."""

from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cities.models import CasePage, CityPage
from methods.models import MethodPage, PrinciplePage
from tests import databases

HOMES = {"fr": "/fr/", "en": "/en/"}
HERE = {"testserver", "localhost"}
MOST_QUERIES = 20


class Visit(NamedTuple):
    """What somebody found at an address."""

    status: int
    queries: int
    links: set[str]  # addresses of this site, with the place within the page
    loaded: set[str]  # pictures, styles and the rest
    missing: set[str]  # what of it is not there
    places: set[str]  # what can be linked to within the page
    dead: list[str]  # texts of links that lead nowhere


@pytest.fixture(scope="module")
def visits(demo_database, django_db_blocker):
    """Every address that links lead to from the two home pages, visited once."""
    name, media = demo_database
    with (
        django_db_blocker.unblock(),
        databases.connected_to(name),
        override_settings(MEDIA_ROOT=media),
        transaction.atomic(),
    ):
        visits = walk()
        transaction.set_rollback(True)
    return visits


def walk():
    client, visits = Client(), {}
    waiting = list(HOMES.values())
    while waiting:
        address = waiting.pop()
        if address in visits:
            continue
        visits[address] = visit(client, address)
        waiting += [link.partition("#")[0] for link in visits[address].links]
    return visits


def visit(client, address):
    answer, queries = ask(client, address)
    if queries > MOST_QUERIES:  # it cut its pictures, which is done once
        answer, queries = ask(client, address)
    if not answer["Content-Type"].startswith("text/html"):
        answer.getvalue()
        return Visit(answer.status_code, queries, set(), set(), set(), set(), [])
    html = BeautifulSoup(answer.content, "html.parser")
    anchors = html.find_all("a")
    loaded = {
        link.partition("#")[0]
        for tag in html.find_all(["img", "source", "link", "use", "script"])
        for value in addresses(tag)
        for link in ours(address, value)
    }
    return Visit(
        answer.status_code,
        queries,
        {link for a in anchors for link in ours(address, a.get("href", ""))},
        loaded,
        {link for link in loaded if not is_there(link)},
        {tag["id"] for tag in html.find_all(id=True)},
        [a.get_text() for a in anchors if not a.get("href")],
    )


def ask(client, address):
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    return answer, len(queries)


def addresses(tag):
    """What a tag loads."""
    if tag.get("rel") in (["canonical"], ["alternate"]):
        return []
    sets = [part.split()[0] for part in tag.get("srcset", "").split(",") if part]
    return [*sets, *filter(None, [tag.get("src"), tag.get("href")])]


def ours(address, link):
    """`link` as an address of this site, or nothing."""
    parts = urlsplit(urljoin(f"http://testserver{address}", link))
    if parts.scheme != "http" or parts.hostname not in HERE or not link:
        return []
    query = f"?{parts.query}" if parts.query else ""
    place = f"#{parts.fragment}" if parts.fragment else ""
    return [unquote(parts.path) + query + place]


def test_no_link_of_the_site_is_broken(visits):
    assert {
        address for address, visit in visits.items() if visit.status != 200
    } == set()


def test_no_link_lacks_an_address(visits):
    assert {
        address: visit.dead for address, visit in visits.items() if visit.dead
    } == {}


def test_no_link_leads_to_a_place_that_is_not_on_its_page(visits):
    linked = {link for visit in visits.values() for link in visit.links if "#" in link}

    missing = {
        link
        for link in linked
        for address, _, place in [link.partition("#")]
        if place not in visits[address].places
    }
    assert missing == set()


def test_nothing_that_a_page_loads_is_missing(visits):
    loaded = set().union(*(visit.loaded for visit in visits.values()))
    missing = set().union(*(visit.missing for visit in visits.values()))

    assert missing == set()
    assert {link.split("/")[1] for link in loaded} == {"static", "media"}


def is_there(link):
    kind, _, name = link.lstrip("/").partition("/")
    return bool(
        finders.find(name) if kind == "static" else default_storage.exists(name)
    )


def within(visits, language):
    """What is reached by links from the home page without changing the language."""
    home = HOMES[language]
    reached, waiting = set(), [home]
    while waiting:
        address = waiting.pop()
        if address not in reached and address.startswith(home):
            reached.add(address)
            waiting += [link.partition("#")[0] for link in visits[address].links]
    return reached


@pytest.mark.parametrize("language", HOMES)
def test_every_page_is_reached_by_links_of_its_own_language(demo, visits, language):
    pages = Page.objects.filter(depth__gt=1, locale__language_code=language)
    reached = within(visits, language)

    unreached = {page.url for page in pages} - reached

    assert unreached == set()


@pytest.mark.parametrize("language", HOMES)
@pytest.mark.parametrize(
    ("kind", "count"),
    [(CityPage, 7), (CasePage, 29), (MethodPage, 32), (PrinciplePage, 7)],
)
def test_all_that_the_network_has_is_reached_in_both_languages(
    demo, visits, language, kind, count
):
    pages = kind.objects.filter(locale__language_code=language)
    reached = within(visits, language)

    assert len([page for page in pages if page.url in reached]) == count


def test_every_page_is_one_click_from_itself_in_the_other_language(demo, visits):
    apart = {
        page.url
        for page in Page.objects.filter(depth__gt=1)
        for other in page.get_translations()
        if other.url not in visits[page.url].links
    }

    assert apart == set()


def test_no_page_of_the_site_costs_more_than_twenty_queries(visits):
    costs = {
        address: visit.queries
        for address, visit in visits.items()
        if visit.queries > MOST_QUERIES
    }

    assert costs == {}
