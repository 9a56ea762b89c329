"""The page of the search as a catalogue: what can be chosen, and what was."""

import re

import pytest
from django.db import connection
from django.test import Client

from resources.models import ResourcePage
from tests.factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    CityPageFactory,
    FeedbackPageFactory,
    JourneyPageFactory,
    MethodPageFactory,
    ResourcePageFactory,
    TopicFactory,
    locale,
)
from tests.networks import mirrored, translated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue(home):
    """Two cities with three cases and a journey, and a method."""
    lyon, metz = CityPageFactory(title="Lyon"), CityPageFactory(title="Metz")
    topic = TopicFactory(name="Libraries")
    for city, numbers in ((lyon, (1, 2)), (metz, (3,))):
        cases = CaseIndexPageFactory(parent=city, title=f"Cases of {city}")
        for number in numbers:
            years = {"start": f"201{number}", "end": f"201{number + 1}"}
            case = CasePageFactory(title=f"Library {number}", parent=cases, **years)
            case.topics = [topic]
            case.status = "tested" if number == 1 else "stopped"
            case.save()
    JourneyPageFactory(title="Library journey")
    mirrored(MethodPageFactory, title="Library method")


def facet(page, name):
    """The values of a facet with their counts, and which of them are chosen."""
    found = page.select(f"section[aria-labelledby=facet-{name}] .facet-value")
    return {
        value.select_one("span").get_text(): (
            int(value.select_one(".facet-count").get_text()),
            value.has_attr("aria-current"),
        )
        for value in found
    }


def link(page, text):
    """Where the value of a facet, or a slip with what was chosen, leads to."""
    values = page.select(".facet-value, .search-chosen a, .empty a")
    return next(one["href"] for one in values if text in one.get_text())


def titles(page):
    return {" ".join(one.get_text().split()) for one in page.select(".result h3")}


@pytest.fixture
def follow(read):
    """Where a link of the page leads to, from the search that the page shows."""

    def follow(page, text, language="fr"):
        address = f"/{language}/search/{link(page, text)}"
        return page.__class__(Client().get(address).content, "html.parser")

    return follow


def test_without_words_everything_can_be_browsed_the_latest_first(search):
    found = search()

    assert {"Lyon", "Library 1", "Library method", "Code Source"} <= set(found)
    assert search("   ") == found


def test_what_is_chosen_in_one_facet_adds_up_and_keeps_its_own_counts(read, follow):
    whole = read("library", "en")
    one = follow(whole, "Case", "en")
    two = follow(one, "User journey", "en")

    kinds = [facet(page, "kind") for page in (whole, one, two)]
    assert [kind["Case"] for kind in kinds] == [(3, False), (3, True), (3, True)]
    assert [kind["User journey"] for kind in kinds] == [
        (1, False),
        (1, False),
        (1, True),
    ]
    assert [len(titles(page)) for page in (whole, one, two)] == [5, 3, 4]


def test_what_is_chosen_in_one_facet_counts_in_the_others(read):
    before, after = read("library", "en"), read("library", "en", city="metz")

    assert facet(before, "status") == {"Tested": (1, False), "Stopped": (2, False)}
    assert facet(after, "status") == {}
    assert titles(after) == {"Library 3"}


def test_each_count_is_the_number_of_results_that_choosing_gives(read, follow):
    page = read("library", "en")
    counts = {**facet(page, "kind"), **facet(page, "status"), **facet(page, "city")}

    given = {text: len(titles(follow(page, text, "en"))) for text in counts}

    assert given == {text: count for text, (count, _chosen) in counts.items()}


def test_what_was_chosen_can_be_taken_back_one_by_one_and_at_once(read, follow):
    page = read("library", "en", kind=["case", "journey"], city="lyon", since=2011)

    slips = [one.get_text(" ", strip=True) for one in page.select(".search-chosen a")]
    assert slips == [
        "Remove: Case ×",
        "Remove: User journey ×",
        "Remove: Lyon ×",
        "Remove: 2011\N{NO-BREAK SPACE}– … ×",
        "Remove all",
    ]
    assert link(page, "Remove: Case") == "?q=library&kind=journey&city=lyon&since=2011"
    assert link(page, "Remove all") == "?q=library"


def test_the_words_can_be_changed_and_what_was_chosen_stays(read):
    page = read("library", kind=["case", "journey"], since=2011, order="date")
    kept = page.select("form.search input[type=hidden]")

    assert [(one["name"], one["value"]) for one in kept] == [
        ("kind", "case"),
        ("kind", "journey"),
        ("since", "2011"),
        ("order", "date"),
    ]


def test_years_are_chosen_from_those_there_are_and_keep_the_rest(read):
    page = read("library", "en", since=2012, until=2013, kind="case")
    years = page.select_one(".facet-years")

    said = [option.get_text() for option in years.select("#since option")]
    chosen = [one["value"] for one in years.select("option[selected]")]
    kept = [(one["name"], one["value"]) for one in years.select("[type=hidden]")]
    assert said == ["any", "2014 (1)", "2013 (2)", "2012 (2)", "2011 (1)"]
    assert chosen == ["2012", "2013"]
    assert kept == [("q", "library"), ("kind", "case")]
    assert titles(page) == {"Library 1", "Library 2", "Library 3"}


def test_what_tells_of_no_year_is_counted_in_none(read):
    page = read("library", "en")

    said = [one.get_text() for one in page.select(".facet-years #since option")]
    assert "Library journey" in titles(page)
    assert said == ["any", "2014 (1)", "2013 (2)", "2012 (2)", "2011 (1)"]


def test_only_years_are_offered_that_can_be_chosen(read):
    for year in (1, 1899, 1900, 2100, 2101, 9999):
        page = ResourcePageFactory(title="Old", slug=f"old-{year}")
        # Neither its form nor an import would take some of them.
        ResourcePage.objects.filter(pk=page.pk).update(year=year)
    page = read("old", "en")
    years = page.select_one(".facet-years")

    offered = [one["value"] for one in years.select("#since option") if one["value"]]
    assert offered == ["2100", "1900"]
    assert titles(read("old", "en", since=2100)) == {"Old"}


def test_a_value_is_called_in_addresses_as_it_is_on_screen(read, home):
    FeedbackPageFactory(title="Library")
    page = read("library", "en")
    words = {
        one["href"].partition("=library&")[2].partition("=")[2]: one.span.get_text()
        for one in page.select("section[aria-labelledby=facet-kind] .facet-value")
    }
    names = {one["for"]: one.get_text() for one in page.select(".facet-years label")}

    assert words["lessons"] == "Lessons learned"
    assert all(word in said.lower() for word, said in {**words, **names}.items())


@pytest.mark.parametrize("year", ["0", "-1", "99999", "x", "\x00", "²", "2012.5"])
def test_a_year_that_is_none_narrows_nothing(read, year):
    page = read("library", since=year, until=year)

    assert len(titles(page)) == 5
    assert page.select(".search-chosen") == []


def test_what_one_city_is_called_in_either_language_chooses_it(read):
    city = translated(CityPageFactory, "Dunkirk", title="Dunkerque")
    city.get_translations().update(slug="dunkirk")

    found = {
        (language, slug): titles(read("", language, city=slug, kind="city"))
        for language in ("fr", "en")
        for slug in ("dunkerque", "dunkirk")
    }

    assert found == {
        ("fr", "dunkerque"): {"Dunkerque"},
        ("fr", "dunkirk"): {"Dunkerque"},
        ("en", "dunkerque"): {"Dunkirk"},
        ("en", "dunkirk"): {"Dunkirk"},
    }


def test_the_same_search_in_the_other_language_is_one_link_away(english, read):
    page = read("bibliothèque", city="lyon", kind="case")
    switch = page.select_one(".language-switch a[hreflang=en], .language-switch a")
    address = switch["href"].replace("/fr/", "/en/")

    answer = Client().get(address)

    assert answer.status_code == 200
    assert re.search(r"q=biblioth%C3%A8que", address)
    assert answer.context["asked"].narrowings == 2


def test_when_nothing_is_found_only_ways_that_lead_somewhere_are_offered(read):
    page = read("library", "en", kind="method", city="lyon")
    offers = [one.get_text() for one in page.select(".empty a")]

    assert [one for one in offers if one.startswith("Search without")] == [
        "Search without “Method”",
        "Search without “Lyon”",
    ]
    assert titles(page) == set()
    hopeless = read("unicorn", "en", kind="method", city="lyon")
    assert "Search without" not in hopeless.select_one(".empty").get_text()


# --- Whatever is chosen ------------------------------------------------------


def test_a_value_that_does_not_exist_finds_nothing_and_can_be_removed(read):
    page = read("library", "en", city="atlantis", topic="\x00", kind="<b>")

    assert titles(page) == set()
    assert "Remove: atlantis" in page.select_one(".search-chosen").get_text()


@pytest.mark.parametrize("name", ["kind", "city", "x"])
def test_a_thousand_facets_are_too_many_to_ask_for_and_are_told_so(
    client, name, caplog
):
    different = "&".join(f"{name}{number}=x" for number in range(1000))

    answer = client.get(f"/en/search/?{different}")

    assert answer.status_code == 400
    assert "asks for too much at once. Ask for less." in answer.content.decode()
    said = [one for one in caplog.records if one.name.startswith("search")]
    assert [one.getMessage() for one in said] == ["Search refused (400): /en/search/"]
    assert [one.exc_info for one in said] == [None]


@pytest.fixture
def slow(settings):
    """A database that takes its time with all that is in the index."""
    settings.SEARCH_SECONDS = 0.3
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("LOCK TABLE search_entry")
    yield
    other.rollback()
    other.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["", "results.csv", "results.json", "feed.atom"])
def test_a_search_that_takes_too_long_is_told_so(client, caplog, slow, name):
    answer = client.get(f"/en/search/{name}?q=library")

    said = [one for one in caplog.records if one.name.startswith("search")]
    assert answer.status_code == 503
    assert "takes too long. Try with fewer or rarer words." in answer.content.decode()
    assert [one.exc_info for one in said] == [None]


@pytest.mark.django_db(transaction=True)
def test_suggestions_that_take_too_long_are_none(client, slow):
    answer = client.get("/en/search/suggestions.json?q=library")

    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
    assert answer.json()["suggestions"] == []


@pytest.mark.django_db(transaction=True)
def test_the_limit_of_a_search_is_one_for_nothing_else(client, settings):
    settings.SEARCH_SECONDS = 1

    client.get("/en/search/?q=library")

    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


@pytest.mark.parametrize("words", ["library girafe", "library zebra", "libary"])
def test_as_many_are_found_as_a_facet_told_whatever_the_words_were_taken_for(
    read, words
):
    page = read(words, "en")
    told = {name: count for name, (count, _chosen) in facet(page, "city").items()}

    found = {name: len(titles(read(words, "en", city=name.lower()))) for name in told}

    assert told
    assert found == told


def test_what_is_said_of_results_is_true_of_those_that_are_left(read):
    """One says both words, and comes first; in Metz is none of that kind."""

    def said(**chosen):
        return read("library journey", "en", **chosen).select_one(".search-said").text

    assert "They come first" in said()
    assert "They come first" not in said(city="metz")
    assert "These have all of the words, or some of them." in said(city="metz")


@pytest.mark.parametrize("words", ["library girafe", "libary"])
def test_nothing_is_told_of_results_where_there_are_none(read, words):
    said = read(words, "en", kind="principle").select_one(".search-said")

    assert [one.get_text(strip=True) for one in said.select("p")] == [
        f"Nothing was found for “{words}”."
    ]


def test_a_thousand_values_of_a_facet_are_answered_in_time(client, bring_up_to_date):
    bring_up_to_date()
    same = "&".join(f"city=x{number}" for number in range(1000))

    assert client.get(f"/en/search/?{same}").status_code in (200, 400)


@pytest.mark.parametrize(
    ("query", "is_indexed"),
    [("", True), ("?q=x", False), ("?kind=case", False), ("?page=2", True)],
)
def test_only_the_whole_catalogue_is_for_search_engines(client, query, is_indexed):
    page = client.get(f"/fr/search/{query}").content.decode()

    assert ('<meta name="robots" content="noindex">' not in page) == is_indexed


def test_no_search_engine_follows_the_facets(read):
    values = read("library").select(".facet-value, .search-leave a, .search-order a")

    assert {one["rel"][0] for one in values} == {"nofollow"}


def test_nothing_of_one_language_stands_unsaid_in_the_other(english, read):
    page = read("", "en", kind="method")
    names = {locale(code).language_code for code in ("fr", "en")}

    foreign = {one["lang"] for one in page.select("main [lang]")}

    assert foreign == {"fr"} <= names
