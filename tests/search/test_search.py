import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site, get_page_models

from network.core.models import ENTRIES_PER_PAGE, EditorialPage
from tests import factories
from tests.factories import CasePageFactory, MethodPageFactory
from tests.networks import mirrored, translated

pytestmark = pytest.mark.django_db

KINDS = {
    model.__name__ for model in get_page_models() if issubclass(model, EditorialPage)
}
MOST_QUERIES = 20


@pytest.fixture(autouse=True)
def front_door(home):
    """There is always one."""


@pytest.fixture
def search(client):
    """Search, and read what is found: the titles."""

    def search(query, language="fr", **options):
        answer = client.get(f"/{language}/search/", {"q": query, **options})
        return [page.title for page in answer.context["results"]]

    return search


@pytest.mark.parametrize("kind", sorted(KINDS - {"HomePage"}))
def test_every_kind_of_page_is_found_by_its_title(search, kind):
    getattr(factories, f"{kind}Factory")(title="Médiathèque")

    assert search("médiathèque") == ["Médiathèque"]


def test_the_front_door_is_found_by_its_title(search, home):
    assert search(home.title) == [home.title]


def test_a_page_is_found_by_what_it_says(search):
    CasePageFactory(title="A case", fieldwork="<p>Twenty beekeepers were met.</p>")
    CasePageFactory(title="Another")

    assert search("beekeepers") == ["A case"]


def test_a_page_is_found_in_the_reader_s_language(search):
    translated(CasePageFactory, "The library", title="La bibliothèque", summary="…")

    found = [
        search(word, language)
        for language in ("fr", "en")
        for word in ("bibliothèque", "library")
    ]

    assert found == [["La bibliothèque"], [], [], ["The library"]]


def test_a_page_that_nobody_translated_is_found_as_it_is(search):
    mirrored(CasePageFactory, title="La bibliothèque")

    found = [search("bibliothèque", language) for language in ("fr", "en")]

    assert found == [["La bibliothèque"]] * 2


def test_a_draft_is_not_found(search):
    CasePageFactory(title="A library", live=False)
    published = CasePageFactory(title="Another library")
    published.title = "A library that is being renamed"
    published.save_revision()

    assert search("library") == ["Another library"]
    assert search("renamed") == []


def test_a_page_that_was_taken_offline_is_not_found_in_any_language(search):
    page = mirrored(CasePageFactory, title="Library")
    before = [search("library", language) for language in ("fr", "en")]

    page.unpublish()

    after = [search("library", language) for language in ("fr", "en")]
    assert [before, after] == [[["Library"]] * 2, [[]] * 2]


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_page_that_is_not_for_everybody_is_not_even_counted(client, kind):
    page = mirrored(CasePageFactory, title="Library")
    PageViewRestriction.objects.create(page=page, restriction_type=kind)

    found = [
        client.get(f"/{language}/search/", {"q": "library"}).context["results"]
        for language in ("fr", "en")
    ]

    assert [(list(part), part.paginator.count) for part in found] == [([], 0)] * 2


def test_nothing_is_asked_and_nothing_is_found(client):
    CasePageFactory()

    answers = [client.get("/fr/search/", {"q": query}) for query in ("", "   ")]

    assert [list(answer.context["results"]) for answer in answers] == [[], []]
    assert all("résultat" not in answer.content.decode() for answer in answers)


def test_a_reader_is_told_when_nothing_was_found_and_may_try_again(client):
    page = client.get("/en/search/", {"q": "unicorn"}).content.decode()

    assert "Nothing was found for “unicorn”." in page
    assert 'value="unicorn"' in page


@pytest.mark.parametrize(
    "query",
    [
        "\x00",
        "lib\x00rary",
        "library " * 1250,
        "x" * 10_000,
        " ".join(f"word{number}" for number in range(1500)),
        "'\"\\) OR (1=1; --",
        "& | ! : * <-> ( )",
        "%s %(x)s {} {{ x }} {% x %}",
        "\u202elibrary\u202c",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
        "ﬁ ǅ ß İ",
        "\n\r\t",
    ],
)
def test_whatever_is_asked_there_is_an_answer(client, query):
    CasePageFactory(title="Library")

    assert client.get("/fr/search/", {"q": query}).status_code == 200


def test_a_word_with_a_zero_byte_in_it_is_the_word_without(search):
    CasePageFactory(title="Library")

    assert search("lib\x00rary") == ["Library"]


def test_bytes_that_are_no_text_find_nothing(client):
    answer = client.get("/fr/search/?q=%ff%fe&page=%ff")

    assert list(answer.context["results"]) == []


@pytest.fixture
def libraries(home):
    """One page more than a part of a list can show."""
    for number in range(ENTRIES_PER_PAGE + 1):
        CasePageFactory(title=f"Library {number}")


def test_a_part_that_does_not_exist_is_the_nearest_that_does(client, libraries):
    parts = {"2": 2, "1" + "0" * 9: 2, "1" + "0" * 30: 2, "-1": 2, "0": 2}
    parts |= {"last": 1, "": 1, "\x00": 1, "1.5": 1}

    answers = {
        asked: client.get("/fr/search/", {"q": "library", "page": asked})
        for asked in parts
    }

    given = {asked: answer.context["results"] for asked, answer in answers.items()}
    assert {asked: part.number for asked, part in given.items()} == parts


def test_all_results_are_found_part_by_part_and_each_once(search, libraries):
    parts = [search("library", page=page) for page in (1, 2)]

    assert [len(part) for part in parts] == [ENTRIES_PER_PAGE, 1]
    assert len({*parts[0], *parts[1]}) == ENTRIES_PER_PAGE + 1


def test_the_next_part_is_that_of_the_same_search(client, libraries):
    page = client.get("/fr/search/", {"q": 'library & "'}).content.decode()

    assert 'href="?q=library%20%26%20%22&amp;page=2"' in page


def test_what_was_asked_is_shown_as_it_was_typed(client):
    page = client.get("/fr/search/", {"q": "<script>alert(1)</script>"})

    assert "<script>alert" not in page.content.decode()


def costs_of(client, count):
    for number in range(count):
        MethodPageFactory(title=f"Library {count} {number}", summary="s")
        CasePageFactory(title=f"Library {count} {number}", summary="s")
    client.get("/fr/search/", {"q": f"library {count}"})
    cache.clear()
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/fr/search/", {"q": f"library {count}"})
    assert len(answer.context["results"]) == 2 * count
    return len(queries)


def test_a_search_costs_the_same_with_one_and_with_three_results_of_each_kind(client):
    one, three = costs_of(client, 1), costs_of(client, 3)

    assert one == three
    assert three <= MOST_QUERIES
