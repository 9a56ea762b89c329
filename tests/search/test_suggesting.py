"""What is suggested while somebody types."""

from functools import partial

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from resources.models import ResourceCity
from search.models import Entry
from search.suggesting import MOST_SUGGESTED
from tests.factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    CityPageFactory,
    GlossaryPageFactory,
    JourneyPageFactory,
    MethodPageFactory,
    ResourcePageFactory,
    StandardPageFactory,
    TermFactory,
)
from tests.networks import mirrored, translated

pytestmark = pytest.mark.django_db

MOST_QUERIES = 3


@pytest.fixture(autouse=True)
def front_door(home):
    """There is always one."""


@pytest.fixture
def late(client):
    """What is suggested by an index that knows nothing of what happened since."""

    def late(typed, language="fr"):
        answer = client.get(f"/{language}/search/suggestions.json", {"q": typed})
        return answer.json()["suggestions"]

    return late


@pytest.fixture
def suggest(late, bring_up_to_date):
    """The titles that are suggested to whoever has typed so far."""

    def suggest(*typed):
        bring_up_to_date()
        return [one["title"] for one in late(*typed)]

    return suggest


@pytest.mark.parametrize(
    "typed",
    [
        "mé",
        "me",
        "MÉDI",
        "medi",
        "médiathèque",
        "médiathèques",
        "l’œ",
        "la médi",
        "œil",
    ],
)
def test_a_name_is_suggested_by_how_its_words_begin(suggest, typed):
    CasePageFactory(title="La médiathèque L’Œil")
    CasePageFactory(title="Another one")

    assert suggest(typed) == ["La médiathèque L’Œil"]


@pytest.mark.parametrize(
    "typed",
    ["", " ", "m", "'", "’", "·", "diathèque", "\x00", "a:*", "' | '", "\\", "%"],
)
def test_nothing_is_suggested_for_what_begins_no_name(suggest, typed):
    CasePageFactory(title="Médiathèque")

    assert suggest(typed) == []


def test_each_suggestion_says_what_it_is_of_which_city_and_where(
    late, bring_up_to_date
):
    case = CasePageFactory(title="Library")
    bring_up_to_date()

    assert late("libr") == [
        {
            "kind": "Cas",
            "title": "Library",
            "language": "fr",
            "url": case.url,
            "city": "Lyon",
            "city_language": "fr",
        }
    ]


def test_a_city_that_nobody_translated_is_named_in_its_own_language(
    late, bring_up_to_date
):
    cities = {"Lyon": mirrored, "Dunkerque": partial(translated, english="Dunkirk")}
    for title, shown in cities.items():
        city = shown(CityPageFactory, title=title)
        cases = mirrored(CaseIndexPageFactory, parent=city, title="Cas")
        mirrored(CasePageFactory, parent=cases, title=f"Library of {title}")
    bring_up_to_date()

    found = [(one["city"], one["city_language"]) for one in late("library", "en")]

    assert found == [("Lyon", "fr"), ("Dunkirk", "en")]


def test_what_several_cities_share_is_of_none(late, bring_up_to_date):
    resource = ResourcePageFactory(title="Library")
    cities = [CityPageFactory(title=title) for title in ("Metz", "Lyon")]
    resource.city_links = [ResourceCity(city=city) for city in cities]
    resource.save()
    bring_up_to_date()

    assert [one["city"] for one in late("library")] == [""]


def test_a_city_is_in_no_city(late, bring_up_to_date):
    CityPageFactory(title="Lyon")
    bring_up_to_date()

    assert [one["city"] for one in late("lyo")] == [""]


def test_a_term_leads_to_its_place_in_the_glossary(late, bring_up_to_date):
    glossary = GlossaryPageFactory()
    term = TermFactory(word_fr="médiation", word_en="outreach")
    bring_up_to_date()

    found = [one["url"] for one in late("médi")]

    assert found == [f"{glossary.url}#term-{term.pk}"]


def test_cities_and_methods_come_first_and_lists_last(suggest):
    GlossaryPageFactory()
    TermFactory(word_fr="library")
    for factory in (StandardPageFactory, JourneyPageFactory, CasePageFactory):
        factory(title=f"Library of {factory.__name__}")
    MethodPageFactory(title="Library method")
    MethodPageFactory(title="A library method")
    CityPageFactory(title="Library City")

    assert suggest("library") == [
        "Library City",
        "Library method",
        "library",
        "Library of CasePageFactory",
        "Library of JourneyPageFactory",
        "A library method",
        "Library of StandardPageFactory",
    ]


def test_a_reader_is_suggested_what_she_can_read_and_once(suggest):
    translated(CasePageFactory, "The library", title="La bibliothèque")
    mirrored(CasePageFactory, title="La bibliothèque mirrored")

    assert suggest("bibl", "fr") == ["La bibliothèque", "La bibliothèque mirrored"]
    assert suggest("bibl", "en") == ["La bibliothèque mirrored"]
    assert suggest("libr", "en") == ["The library"]


def test_no_more_are_suggested_than_one_takes_in(suggest):
    for number in range(MOST_SUGGESTED + 1):
        CasePageFactory(title=f"Library {number}")

    assert len(suggest("library")) == MOST_SUGGESTED


@pytest.mark.parametrize("language", ["fr", "en"])
def test_only_what_is_public_at_this_moment_is_suggested(
    late, bring_up_to_date, language
):
    mirrored(GlossaryPageFactory)
    offline, private = (
        mirrored(CasePageFactory, title=f"Library {number}") for number in range(2)
    )
    CasePageFactory(title="Library that is a draft", live=False)
    term = TermFactory(word_fr="library", word_en="library")
    bring_up_to_date()
    assert len(late("library", language)) == 3

    offline.unpublish()
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    term.live = False
    term.save()

    assert late("library", language) == []
    assert Entry.objects.filter(title__startswith="Library").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_offline_takes_no_place_among_those_suggested(
    late, bring_up_to_date, count
):
    glossary = GlossaryPageFactory()
    cases = [CasePageFactory(title=f"Library {number}") for number in range(count)]
    for number in range(MOST_SUGGESTED):
        TermFactory(word_fr=f"library {number}")
    cities = [CityPageFactory(title=f"Library {n}") for n in range(MOST_SUGGESTED)]
    bring_up_to_date()

    glossary.unpublish()
    type(cities[0]).objects.update(live=False)

    assert [one["title"] for one in late("library")] == [one.title for one in cases]


def test_the_city_of_a_page_is_not_named_if_it_is_not_public(late, bring_up_to_date):
    case = CasePageFactory(title="Library")
    bring_up_to_date()
    city = case.get_parent().get_parent()
    type(city).objects.filter(pk=city.pk).update(live=False)

    assert [one["city"] for one in late("library")] == [""]


@pytest.mark.parametrize("count", [1, 3])
def test_suggestions_cost_few_queries_however_many_there_are(
    late, bring_up_to_date, count
):
    for number in range(count):
        CasePageFactory(title=f"Library {number}")
        MethodPageFactory(title=f"Library {number}")
    bring_up_to_date()
    late("library")
    cache.clear()
    Site.get_site_root_paths()

    with CaptureQueriesContext(connection) as queries:
        assert len(late("library")) == 2 * count

    assert len(queries) <= MOST_QUERIES


def test_only_who_has_seen_them_keeps_them_and_for_a_short_while(client):
    answer = client.get(
        "/en/search/suggestions.json?q=library", headers={"Accept-Language": "fr"}
    )

    assert answer["Cache-Control"] == "private, max-age=30"
    assert answer["Content-Language"] == "en"
    assert answer.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert not answer.cookies


def test_how_many_there_are_is_said_in_the_reader_s_language(client, bring_up_to_date):
    CasePageFactory(title="Library")
    bring_up_to_date()

    said = [
        client.get(f"/en/search/suggestions.json?q={typed}").json()["said"]
        for typed in ("library", "unicorn")
    ]

    assert said == ["1 suggestion", "No suggestion"]


def test_who_asks_more_often_than_anybody_types_gets_none(client, settings):
    settings.SUGGESTIONS_AT_MOST = (1, 60)
    address = "/fr/search/suggestions.json?q=library"

    answers = [client.get(address, REMOTE_ADDR="192.0.2.7") for _ in range(2)]

    assert [one.status_code for one in answers] == [200, 429]
    assert answers[1].json()["suggestions"] == []


def test_the_box_of_each_page_that_has_one_knows_where_to_ask(client):
    for address in ("/fr/", "/en/search/", "/fr/missing/"):
        page = client.get(address).content.decode()
        assert "/search/suggestions.json" in page
        assert page.count("js/suggestions.js") == 1
