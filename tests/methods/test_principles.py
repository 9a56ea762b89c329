import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from methods.models import LATEST_CASES, PrincipleIndexPage
from tests.factories import (
    CasePageFactory,
    FeedbackPageFactory,
    MethodPageFactory,
    PrinciplePageFactory,
)
from tests.forms import edit, latest, refusal
from tests.networks import in_both_languages, mirrored, translated

pytestmark = pytest.mark.django_db

TAKEN = {
    "fr": "Un autre principe porte ce numéro. Choisissez-en un qui soit libre.",
    "en": "Another principle has this number. Choose a free one.",
}
LINKED = {
    "methods_listed": MethodPageFactory,
    "cases_listed": CasePageFactory,
    "feedback_listed": FeedbackPageFactory,
}


@pytest.fixture
def sheets(home):
    """Sheets 1, 3, 5 and, not public, 2 and 4."""
    sheets = {
        number: PrinciplePageFactory(number=number, live=number != 2)
        for number in (5, 3, 4, 2, 1)
    }
    PageViewRestriction.objects.create(page=sheets[4], restriction_type="login")
    return sheets


def titles(pages):
    return [page.title for page in pages]


def test_sheets_are_listed_by_number_without_those_that_are_not_public(client, sheets):
    index = PrincipleIndexPage.objects.get()

    entries = client.get(index.url).context["entries"]

    assert list(entries) == [sheets[1], sheets[3], sheets[5]]


def test_each_sheet_leads_to_the_one_before_and_the_one_after(sheets):
    neighbours = [(sheets[n].previous, sheets[n].next) for n in (1, 3, 5)]

    assert neighbours == [
        (None, sheets[3]),
        (sheets[1], sheets[5]),
        (sheets[3], None),
    ]


def test_a_sheet_says_how_many_there_are(sheets):
    assert {sheets[number].count for number in (1, 3, 5)} == {3}


def test_a_sheet_that_is_not_public_yet_counts_itself(sheets):
    assert sheets[2].count == 4


def test_sheets_are_those_of_the_reader_s_language(home):
    first = translated(PrinciplePageFactory, "To trust", title="Faire confiance")
    translated(PrinciplePageFactory, "To try", title="Essayer")

    siblings = [titles(version.siblings) for version in in_both_languages(first)]

    assert siblings == [["Faire confiance", "Essayer"], ["To trust", "To try"]]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("number", ["1", "2", "4"])
def test_two_sheets_do_not_have_one_number_even_if_one_is_not_public(
    as_ada, sheets, language, number
):
    refused = refusal(as_ada, sheets[5], language, number=number)

    assert refused == {"number": [TAKEN[language]]}


def test_a_sheet_keeps_its_own_number(as_ada, sheets):
    answer = edit(as_ada, sheets[5], title="Another title")

    assert answer.status_code == 302
    assert (latest(sheets[5]).number, latest(sheets[5]).title) == (5, "Another title")


def test_a_sheet_takes_a_free_number(as_ada, sheets):
    edit(as_ada, sheets[5], number="6")

    assert latest(sheets[5]).number == 6


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("0", "Ensure this value is greater than or equal to 1."),
        ("100", "Ensure this value is less than or equal to 99."),
        ("two", "Enter a whole number."),
        ("", "This field is required."),
    ],
)
def test_a_number_is_between_1_and_99(as_ada, sheets, number, message):
    refused = refusal(as_ada, sheets[5], "en", number=number)

    assert refused == {"number": [message]}


def test_a_sheet_has_one_number_in_both_languages(home):
    sheet = translated(PrinciplePageFactory, "To trust", title="Faire confiance")

    versions = in_both_languages(sheet)

    for version in versions:
        version.full_clean()
    assert [version.number for version in versions] == [1, 1]


@pytest.mark.parametrize("name", LINKED)
def test_a_sheet_shows_what_is_linked_to_it_and_nothing_else(home, name):
    one, two = PrinciplePageFactory(number=1), PrinciplePageFactory(number=2)
    both = LINKED[name](title="Both", principles=[one, two])
    LINKED[name](title="The other", principles=[two])
    LINKED[name](title="None")

    assert list(getattr(one, name)) == [both]


@pytest.mark.parametrize("name", LINKED)
def test_a_sheet_shows_nothing_that_is_a_draft_or_not_for_everybody(home, name):
    sheet = PrinciplePageFactory()
    LINKED[name](title="Draft", principles=[sheet], live=False)
    hidden = LINKED[name](title="Hidden", principles=[sheet])
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    assert list(getattr(sheet, name)) == []


@pytest.mark.parametrize("name", LINKED)
@pytest.mark.parametrize("kind", ["alias", "translation"])
def test_a_sheet_shows_what_is_linked_to_it_in_the_reader_s_language(home, name, kind):
    if kind == "alias":
        sheet = mirrored(PrinciplePageFactory)
    else:
        sheet = translated(PrinciplePageFactory, "To trust", title="Faire confiance")
    mirrored(LINKED[name], title="Un", principles=[sheet])
    translated(LINKED[name], "Two", title="Deux", principles=[sheet])

    shown = [
        sorted(titles(getattr(version, name))) for version in in_both_languages(sheet)
    ]

    assert shown == [["Deux", "Un"], ["Two", "Un"]]


@pytest.mark.parametrize("name", ["cases_listed", "feedback_listed"])
def test_a_sheet_shows_the_latest_twelve_of_what_cities_wrote(home, name):
    sheet = PrinciplePageFactory()
    for number in range(LATEST_CASES + 1):
        LINKED[name](
            title=f"Page {number}",
            first_published_at=f"20{number + 10}-01-01T00:00Z",
            principles=[sheet],
        )

    assert titles(getattr(sheet, name)) == [f"Page {n}" for n in range(12, 0, -1)]


def test_a_sheet_shows_all_the_sheets_and_which_one_it_is(client, sheets):
    page = BeautifulSoup(client.get(sheets[3].url).content, "html.parser")

    strip = page.select(".strip-sheet")
    numbers = [link.select_one(".strip-number").get_text() for link in strip]
    current = [link.get("aria-current") for link in strip]
    assert (numbers, current) == (["01", "03", "05"], [None, "page", None])


def test_a_sheet_that_is_alone_leads_to_no_other(client, home):
    page = BeautifulSoup(client.get(PrinciplePageFactory().url).content, "html.parser")

    assert page.select(".sheets-strip") == []


def test_what_was_seen_stands_beside_what_was_learnt(client, home):
    sheet = PrinciplePageFactory(
        hypothesis="<p>We supposed.</p>",
        observations="<p>We saw.</p>",
        lessons="<p>We learnt.</p>",
    )

    page = BeautifulSoup(client.get(sheet.url).content, "html.parser")

    said = [part.get_text(strip=True) for part in page.select(".twin .section-body")]
    assert said == ["We saw.", "We learnt."]
