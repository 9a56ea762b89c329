"""What the page of the search finds, whatever is typed, and what that costs."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, PageViewRestriction, Site, get_page_models

from network.core.models import EditorialPage, IndexPage
from search import views
from search.finding import LAST_PAGE, RESULTS_PER_PAGE
from search.queries import LONGEST_QUERY
from tests import factories
from tests.factories import (
    CasePageFactory,
    GlossaryPageFactory,
    MethodPageFactory,
    TermFactory,
    TopicFactory,
)
from tests.networks import mirrored, translated

pytestmark = pytest.mark.django_db

KINDS = {
    model.__name__ for model in get_page_models() if issubclass(model, EditorialPage)
}
LISTS = {model.__name__ for model in get_page_models() if issubclass(model, IndexPage)}
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]
MOST_QUERIES_OF_A_SEARCH = 8
MOST_QUERIES_OF_A_PAGE = 12


@pytest.fixture(autouse=True)
def front_door(home):
    """There is always one."""


@pytest.mark.parametrize("kind", sorted(KINDS - LISTS - {"HomePage"}))
def test_every_kind_of_page_is_found_by_its_title(search, kind):
    getattr(factories, f"{kind}Factory")(title="Médiathèque")

    assert search("médiathèque") == ["Médiathèque"]


@pytest.mark.parametrize("kind", sorted(LISTS))
@pytest.mark.parametrize("introduction", ["", "<p></p>", "<p>What we tried.</p>"])
def test_a_list_is_found_only_if_it_says_something_itself(search, kind, introduction):
    factory = getattr(factories, f"{kind}Factory")
    factory(title="Médiathèque", summary="Case by case.", introduction=introduction)

    found = search("médiathèque")

    assert found == (["Médiathèque"] if "tried" in introduction else [])


def test_what_a_list_holds_is_found_by_what_that_is(search):
    city = factories.CityPageFactory(title="Lyon")
    cases = factories.CaseIndexPageFactory(title="Cas", parent=city)
    CasePageFactory(title="Médiathèque", parent=cases)

    assert search("les cas de Lyon") == ["Médiathèque", "Lyon"]


def test_the_front_door_is_found_by_its_title(search, home):
    assert search(home.title) == [home.title]


def test_a_page_is_found_by_what_it_says(search):
    CasePageFactory(title="A case", fieldwork="<p>Twenty beekeepers were met.</p>")
    CasePageFactory(title="Another")

    assert search("beekeepers") == ["A case"]


def test_a_page_is_found_in_the_reader_s_language_by_what_it_is_called_in_any(search):
    translated(CasePageFactory, "The library", title="La bibliothèque", summary="…")

    found = [
        search(word, language)
        for language in ("fr", "en")
        for word in ("bibliothèque", "library")
    ]

    assert found == [["La bibliothèque"]] * 2 + [["The library"]] * 2


def test_a_page_that_nobody_translated_is_found_as_it_is_and_says_so(read):
    page = mirrored(CasePageFactory, title="La bibliothèque")
    with override("en"):
        address = page.get_translation(Locale.objects.get(language_code="en")).url

    result = read("bibliothèque", "en").select_one(".result")

    assert result.select_one("h3")["lang"] == "fr"
    assert result.select_one("h3 a")["href"] == address
    assert result.select_one(".stamp").get_text() == "in French"


def test_a_word_of_the_glossary_leads_to_its_place_there(client, read):
    glossary = GlossaryPageFactory()
    term = TermFactory(word_fr="médiation", word_en="outreach")

    address = read("médiation").select_one(".result h3 a")["href"]

    assert address == f"{glossary.url}#term-{term.pk}"
    assert f'id="term-{term.pk}"' in client.get(glossary.url).content.decode()


@pytest.mark.parametrize("typed", ["co-design", "codesign", "co design", "Codesign"])
def test_a_word_of_the_glossary_is_known_without_its_hyphen(search, typed):
    GlossaryPageFactory()
    TermFactory(word_fr="conception partagée", word_en="co-design")
    CasePageFactory(title="Une conception partagée")

    assert "Une conception partagée" in search(typed)


@pytest.mark.parametrize(
    ("language", "typed", "also"),
    [
        ("fr", "résident", ["programme resident"]),
        ("fr", "habitant", ["resident"]),
        ("fr", "programme resident", ["résident"]),
        ("fr", "workshop", ["atelier"]),
        ("en", "resident", ["habitant"]),
        ("en", "residents", ["habitant"]),
        ("en", "habitant", ["resident"]),
    ],
)
def test_a_false_friend_is_no_other_word_for_what_it_is_like(
    ask, home, language, typed, also
):
    mirrored(GlossaryPageFactory)
    TermFactory(word_fr="résident, résidente", word_en="programme resident")
    TermFactory(word_fr="habitant", word_en="resident")
    TermFactory(word_fr="atelier, workshop", word_en="workshop")

    context = ask(typed, language).context

    assert [word for word, _language in context["also"]] == also


def test_a_draft_is_not_found(search):
    CasePageFactory(title="A library", live=False)
    published = CasePageFactory(title="Another library")
    published.title = "A library that is being renamed"
    published.save_revision()

    assert search("library") == ["Another library"]
    assert search("renamed") == []


@pytest.fixture
def search_late(client):
    """Search in an index that knows nothing of what happened since."""

    def search_late(language):
        answer = client.get(f"/{language}/search/", {"q": "library"})
        return [result.title for result in answer.context["results"]]

    return search_late


def test_a_page_that_was_taken_offline_is_not_found_from_then_on(
    bring_up_to_date, search_late
):
    page = mirrored(CasePageFactory, title="Library")
    bring_up_to_date()
    before = [search_late(language) for language in ("fr", "en")]

    page.unpublish()

    after = [search_late(language) for language in ("fr", "en")]
    assert [before, after] == [[["Library"]] * 2, [[]] * 2]


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_page_that_is_not_for_everybody_is_not_even_counted(
    client, bring_up_to_date, kind
):
    page = mirrored(CasePageFactory, title="Library")
    bring_up_to_date()
    PageViewRestriction.objects.create(page=page, restriction_type=kind)

    found = [
        client.get(f"/{language}/search/", {"q": "library"}).context
        for language in ("fr", "en")
    ]

    assert [one["results"] for one in found] == [[], []]
    assert [one["answer"].found.total for one in found] == [0, 0]
    assert [one["facets"] for one in found] == [[], []]


def test_a_reader_is_told_when_nothing_was_found_and_may_try_again(read):
    page = read("unicorn", "en")

    assert "Nothing was found for “unicorn”." in page.select_one(".search-said").text
    assert page.select_one("#query")["value"] == "unicorn"


# --- Whatever is typed -------------------------------------------------------


HOSTILE = {
    "zero byte": "\x00",
    "zero byte within": "lib\x00rary",
    "many words": "library " * 1250,
    "long word": "x" * 10_000,
    "many different words": " ".join(f"word{number}" for number in range(1500)),
    "SQL": "'\"\\) OR (1=1; --",
    "SQL again": "' OR 1=1",
    "signs of PostgreSQL": "& | ! : * <-> ( )",
    "prefix": "a:*",
    "shouts": "!!!",
    "backslashes": "\\" * 99,
    "quotes": '"' * 99,
    "minus": '- -- -a -"a" -\'',
    "OR": "OR OU OR",
    "placeholders": "%s %(x)s {} {{ x }} {% x %}",
    "right to left": "\u202elibrary\u202c",
    "beyond the first plane": "\U0001f600\U0001f3fd\u200d\U0001f33e",
    "half of a pair": "\ud83d",
    "odd letters": "ﬁ ǅ ß İ ẛ̣",
    "marks upon marks": "e" + "\u0301" * 500,
    "white": "\n\r\t",
    "a letter for a whole sentence": "\ufdfa" * 200,
    "a mark that stands alone": "\uff9e et",
    "such a mark in a phrase": '"\uff9e mairie"',
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", ["search", "search_suggestions", "search_csv"])
def test_whatever_is_asked_there_is_an_answer(client, bring_up_to_date, name, query):
    CasePageFactory(title="Library")
    bring_up_to_date()
    query = query.encode("utf-8", "surrogatepass").decode("utf-8", "replace")

    assert client.get(reverse(name), {"q": query}).status_code == 200


@pytest.mark.parametrize(
    "name", ["", "suggestions.json", "feed.atom", "results.csv", "results.json"]
)
def test_a_search_is_only_read(client, bring_up_to_date, name):
    bring_up_to_date()
    asked = f"/en/search/{name}?q=library"

    said = [client.generic(method, asked).status_code for method in METHODS]

    assert dict(zip(METHODS, said, strict=True)) == {
        "GET": 200,
        "HEAD": 200,
        **dict.fromkeys(("POST", "PUT", "DELETE", "OPTIONS"), 405),
    }


@pytest.mark.parametrize("name", ["q", "kind", "city", "since", "order", "page", "x"])
def test_bytes_that_are_no_text_break_nothing(client, name):
    answer = client.get(f"/fr/search/?{name}=%ff%fe%00%ed%a0%80")

    assert answer.status_code == 200


def test_a_word_with_a_zero_byte_in_it_is_the_word_without(search):
    CasePageFactory(title="Library")

    assert search("lib\x00rary") == ["Library"]


def test_what_was_asked_is_shown_as_it_was_typed_but_not_endlessly(ask, read):
    asked = ask("<script>alert(1)</script>").content.decode()

    assert "<script>alert" not in asked
    assert len(read("x" * 10_000).select_one("#query")["value"]) == LONGEST_QUERY


# --- Part by part ------------------------------------------------------------


@pytest.fixture
def libraries(home):
    """One page more than a part of the results can show."""
    for number in range(RESULTS_PER_PAGE + 1):
        CasePageFactory(title=f"Library {number}")


@pytest.fixture
def parts(client, libraries, bring_up_to_date):
    bring_up_to_date()

    def parts(page):
        return client.get("/fr/search/", {"q": "library", "page": page}).context

    return parts


def test_a_part_that_does_not_exist_is_the_nearest_that_does(parts):
    expected = {"2": 2, "1" + "0" * 9: 2, "1" + "0" * 30: 2, "-1": 1, "0": 1}
    expected |= {"last": 1, "": 1, "\x00": 1, "1.5": 1, "²": 1, "٢": 1}

    assert {page: parts(page)["part"].number for page in expected} == expected
    assert LAST_PAGE == 50


def test_what_stands_in_a_part_that_does_not_exist_is_what_stands_in_the_last(parts):
    asked = [parts(page) for page in ("2", "1000000000")]

    assert [len(one["results"]) for one in asked] == [1, 1]


def test_all_results_are_found_part_by_part_and_each_once(parts):
    found = [[one.title for one in parts(page)["results"]] for page in (1, 2)]

    assert [len(part) for part in found] == [RESULTS_PER_PAGE, 1]
    assert len({*found[0], *found[1]}) == RESULTS_PER_PAGE + 1


def test_where_results_end_that_are_too_many_to_be_shown_says_so(
    parts, monkeypatch, client
):
    whole = [parts(page)["is_cut"] for page in (1, 2)]
    monkeypatch.setattr(views, "LAST_PAGE", 1)

    cut = client.get("/en/search/", {"q": "library"}).content.decode()

    assert whole == [False, False]
    assert "take all of them as CSV or JSON" in cut


def test_the_next_part_is_that_of_the_same_search(read, libraries):
    page = read('library & "', order="date")

    assert page.select_one("[rel=next]")["href"] == (
        "?q=library+%26+%22&order=date&page=2"
    )


# --- What it costs -----------------------------------------------------------


def make(count, word="reading"):
    for number in range(count):
        MethodPageFactory(title=f"Library {word} {number}", summary="s")
        CasePageFactory(title=f"Library {word} {number}", summary="s")


def asked_for(what):
    """The queries that `what` costs, once what every process knows is known."""
    what()
    cache.clear()
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as queries:
        what()
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("count", [1, 3, 12])
def test_a_page_costs_few_queries_however_many_results_it_has(
    client, bring_up_to_date, count
):
    make(count)
    TopicFactory()
    bring_up_to_date()

    asked = asked_for(lambda: client.get("/fr/search/?q=library"))

    assert len(asked) <= MOST_QUERIES_OF_A_PAGE, asked


LITTLE_FOUND = {
    "nothing": "unicorn",
    "nothing of several words": "unicorn zebra giraffe walrus",
    "nothing, whatever is put right": "libary reding unicorn -library",
    "words put right": "libary reding",
    "words put right, narrowed": "libary reding&kind=method&kind=case&since=2001",
    "some of the words": "library unicorn zebra",
    "some of the words, of mistyped ones": "libary unicorn zebra",
    "little": "reading OR reeding",
    "little of what was typed": "only reding",
    "nothing of what was chosen": "library&"
    + "&".join(
        f"{facet}=none" for facet in ("city", "topic", "status", "method", "phase")
    ),
    "nothing of either": "libary unicorn zebra&kind=city&topic=none&since=2001",
}


@pytest.mark.parametrize("asked", LITTLE_FOUND.values(), ids=LITTLE_FOUND)
def test_who_finds_little_costs_no_more(client, bring_up_to_date, asked):
    make(5)
    CasePageFactory(title="Only this one", summary="s")
    TopicFactory()
    bring_up_to_date()

    asked = asked_for(lambda: client.get(f"/fr/search/?q={asked}"))

    assert len(asked) <= MOST_QUERIES_OF_A_PAGE, asked


def test_the_search_itself_asks_the_database_few_times(bring_up_to_date):
    make(3)
    TopicFactory()
    bring_up_to_date()
    request = RequestFactory().get("/fr/search/?q=library&kind=case")

    def search():
        with override("fr"):
            list(views.search(request).context_data["facets"])

    assert len(asked_for(search)) <= MOST_QUERIES_OF_A_SEARCH
