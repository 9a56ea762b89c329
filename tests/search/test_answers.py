import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict

from search.answers import answer
from search.asking import Asked
from search.meaning import FEW
from search.rebuilding import rebuild
from tests.factories import CaseIndexPageFactory, CasePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def front_door(home):
    """There is always one."""


@pytest.fixture
def published():
    """Put cases with these titles on the site, and index them."""

    def published(*titles):
        for title in titles:
            CasePageFactory(title=title, summary="…")
        assert all(rebuild())

    return published


def given(text, language="fr"):
    parameters = QueryDict(mutable=True)
    parameters["q"] = text
    return answer(Asked(parameters, language))


def titles(found):
    return [row["title"] for row in found.found.rows]


def test_who_says_all_of_the_words_comes_before_who_says_some(published):
    published("Mairie mairie mairie", "Guichet", "Un guichet au musée, une mairie")

    found = given("guichet mairie")

    assert titles(found)[0] == "Un guichet au musée, une mairie"
    assert set(titles(found)[1:]) == {"Mairie mairie mairie", "Guichet"}
    assert (found.meaning.least, found.meaning.complete) == (1, 1)
    assert found.total_as_typed == 1


def test_of_three_words_two_are_better_than_one(published):
    published("Guichet en mairie", "Guichet", "Mairie")

    assert titles(given("guichet mairie girafe")) == ["Guichet en mairie"]
    assert set(titles(given("guichet zèbre girafe"))) == {
        "Guichet en mairie",
        "Guichet",
    }


def test_when_enough_say_all_of_the_words_nobody_else_is_shown(published):
    published(*(f"Guichet en mairie {number}" for number in range(FEW + 1)), "Guichet")

    found = given("guichet mairie")

    assert (found.meaning.is_loose, found.found.total) == (False, FEW + 1)


def test_who_insists_on_words_in_their_order_is_shown_nothing_else(published):
    published("Guichet en mairie", "Mairie", "Guichet")

    assert titles(given('"guichet en mairie" mairie')) == ["Guichet en mairie"]


def test_what_is_excluded_is_never_shown(published):
    published("Guichet en mairie", "Guichet au musée", "Mairie")

    assert set(titles(given("guichet mairie -musée"))) == {
        "Guichet en mairie",
        "Mairie",
    }


def test_a_list_comes_after_what_it_lists(published):
    CaseIndexPageFactory(title="Guichet", introduction="<p>Case by case.</p>")
    published("Le guichet en mairie, pas à pas")

    assert titles(given("guichet")) == ["Le guichet en mairie, pas à pas", "Guichet"]


def test_a_mistyped_word_that_finds_nothing_is_put_right(published):
    published("Médiathèque")

    found = given("mediatéqe")

    assert titles(found) == ["Médiathèque"]
    assert (found.meaning.instead_of, found.query.text) == ("mediatéqe", "médiathèque")
    assert found.total_as_typed == 0


def test_a_word_that_may_be_right_is_not_put_right_where_others_find_something(
    published,
):
    published("Some means for the school", "The school at noon")

    found = given("school meals", "en")

    assert len(titles(found)) == 2
    assert (found.meaning.instead_of, found.meaning.meant) == ("", "school means")


def test_another_word_is_proposed_if_it_finds_more(published):
    published("Mairie", "Guichet")

    found = given("mairie OU gichet")

    assert (titles(found), found.meaning.meant) == (["Mairie"], "mairie OU guichet")


def test_another_word_that_finds_no_more_is_not_proposed(published):
    published("Guichet en mairie")

    found = given("mairie OU gichet")

    assert (titles(found), found.meaning.meant) == (["Guichet en mairie"], "")


def test_what_is_proposed_is_found_whatever_was_chosen(published, client):
    published("Mairie", "Guichet")
    chosen = {"q": "mairie OU gichet", "kind": "case", "since": "1900"}

    page = BeautifulSoup(client.get("/fr/search/", chosen).content, "html.parser")
    [proposed] = page.select(".search-said a")

    answer = client.get(f"/fr/search/{proposed['href']}")
    assert page.select(".result") == []
    assert {one.title for one in answer.context["results"]} == {"Mairie", "Guichet"}


def test_what_is_nowhere_is_not_found(published):
    published("Guichet")

    found = given("girafe zèbre")

    assert (titles(found), found.meaning.is_loose) == ([], False)
