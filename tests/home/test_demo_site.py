"""The site of the demonstration, walked through link by link as a reader might."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client, override_settings
from wagtail.models import Page

from cities.models import CasePage, CityPage
from methods.models import MethodPage, PrinciplePage
from tests import databases, sitemaps
from tests.languages import Languages
from tests.walk import HOMES, MOST_QUERIES, ours, walk

ADDRESS = re.compile(r"https?://\S+")


@pytest.fixture(scope="module")
def visits(demo_database, django_db_blocker):
    """Every address that links lead to from the two home pages, visited once."""
    name, media = demo_database
    with (
        django_db_blocker.unblock(),
        databases.lent(name),
        override_settings(MEDIA_ROOT=media),
    ):
        return walk()


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


# --- In two languages ------------------------------------------------------


@pytest.fixture(scope="module")
def pages(visits):
    """The pages among them, without the other parts of long lists."""
    return {
        address: visit
        for address, visit in visits.items()
        if visit.canonical and "?" not in address
    }


def real(pages, language=""):
    """The pages that were written in, or translated into, the language they are in."""
    return {
        address
        for address, visit in pages.items()
        if address == visit.canonical and address.startswith(f"/{language}")
    }


def test_the_crawl_says_what_it_found(visits, pages, record_property):
    fallbacks = {*pages} - real(pages)
    pairs = [one for one in real(pages, "fr") if pages[one].alternates]
    errors = [address for address, one in visits.items() if one.status != 200]

    record_property("tried: addresses of the demonstration", len(visits))
    record_property("tried: of them, pages", len(pages))
    record_property("tried: pairs of a page and its translation", len(pairs))
    record_property("tried: pages in their original language", len(fallbacks))
    record_property("tried: errors", len(errors))
    assert len(pages) == 2 * len(pairs) + 2 * len(fallbacks)
    assert errors == []


def test_every_text_says_its_language(demo, visits, record_property):
    languages = Languages()
    texts = [text for visit in visits.values() for text in visit.texts]

    known = [(text, lang, languages.of(text)) for text, lang in texts]
    judged = [one for one in known if one[2]]
    wrong = {(text, lang) for text, lang, own in judged if {lang} != own}

    record_property("tried: texts", len(texts))
    record_property("tried: of them, in a language that is known", len(judged))
    assert wrong == set()
    assert {lang for _, lang in texts} == {"fr", "en"}


def test_every_text_is_printed_as_its_language_is(visits):
    french, english = re.compile(r"[ \w][:;?!»](?=\s|$)"), re.compile("\u00a0[:;?!]")
    faults = {
        (text, address)
        for address, visit in visits.items()
        for text, lang in visit.texts
        if (french if lang == "fr" else english).search(ADDRESS.sub("", text))
    }

    assert faults == set()


def test_versions_name_each_other_and_themselves(pages):
    pairs = {
        address: visit.alternates
        for address, visit in pages.items()
        if visit.alternates
    }

    assert {address for address in pairs if address not in pairs[address].values()} == (
        set()
    )
    assert {
        (address, other)
        for address, alternates in pairs.items()
        for other in alternates.values()
        if pairs.get(other) != alternates
    } == set()
    assert all({*names} == {"en", "fr", "x-default"} for names in pairs.values())


def test_a_page_in_its_original_language_says_so_and_belongs_to_its_source(pages):
    fallbacks = {*pages} - real(pages)

    assert {one for one in fallbacks if pages[one].canonical not in real(pages)} == (
        set()
    )
    assert {one for one in fallbacks if pages[one].alternates} == set()
    assert {one for one in pages if pages[one].notice} == fallbacks


def test_each_language_leads_to_the_other_and_back(visits):
    lost = {
        address
        for address, visit in visits.items()
        for other in visit.switch.values()
        for way in ours(address, other)
        if way not in visits or visits[way].switch != visit.switch
    }

    assert lost == set()


@pytest.mark.parametrize("language", HOMES)
def test_the_map_of_each_language_has_each_real_page_once(demo, pages, language):
    """D15: Wagtail's own map has no page of the English tree."""
    entries = sitemaps.entries(Client(), f"/sitemap-{language}.xml")
    found = [(path_of(address), names) for address, names, _ in entries]

    assert sorted(path for path, _ in found) == sorted(real(pages, language))
    for path, names in found:
        paths = {name: path_of(address) for name, address in names.items()}
        assert paths == pages[path].alternates
    assert all(date for _, _, date in entries)


def path_of(address):
    return ours("/", address)[0]


def test_who_takes_part_is_led_on_in_their_own_language(demo, client):
    pages = [
        BeautifulSoup(client.get(f"/{language}/").content, "html.parser")
        for language in ("fr", "en")
    ]

    assert [
        [link["href"] for link in page.select("#take-part a:not(.term-link)")]
        for page in pages
    ] == [["/fr/methodes/", "/fr/contribuer/"], ["/en/methods/", "/en/contribute/"]]
