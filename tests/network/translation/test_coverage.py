"""How much is translated: counted, and as a list."""

import csv
from io import BytesIO, StringIO

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from openpyxl import load_workbook

from network.translation.coverage import Cities, coverage, due_pages
from network.translation.drafts import begin, submit
from network.translation.states import State
from network.translation.verbs import mirror, translate
from tests.factories import CasePageFactory, StandardPageFactory
from tests.networks import mirrored
from tests.submissions import draft_in, fresh
from tests.submissions import published as published_in

pytestmark = pytest.mark.django_db

LANGUAGE = {"headers": {"Accept-Language": "en"}}


def case_in(city, editor, title, **fields):
    """A case that is public in French, and stands in English as it is."""
    case = published_in(city, editor, title=title, summary="Deux mots", **fields)
    mirror(case)
    return case


def changed(page, **changes):
    page = fresh(page)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def missing(metz, editor):
    return case_in(metz, editor, "Absent", question="Et là ?")


@pytest.fixture
def up_to_date(metz, editor, english):
    case = case_in(metz, editor, "Bon", question="Et là ?")
    translate(case, english, {})
    return case


@pytest.fixture
def outdated(metz, editor, english):
    case = case_in(metz, editor, "Changé", question="Et là ?")
    translate(case, english, {})
    changed(case, summary="Et trois mots")
    return case


@pytest.fixture
def waiting(metz, editor, english, translator):
    case = case_in(metz, editor, "Demandé", question="Et là ?")
    submit(begin(case, english, translator), translator)
    return case


@pytest.fixture
def elsewhere(lille, editor):
    return case_in(lille, editor, "Ailleurs", question="Et là ?")


@pytest.fixture
def everything(missing, up_to_date, outdated, waiting, elsewhere):
    """A case of Metz in each state, and one that is missing of Lille."""
    return missing


def counted(user, kind="Case"):
    """What each line says of cases that are not zero."""
    rows = coverage(due_pages(user), Cities(user))
    return [
        (
            row.city,
            row.language_code,
            row.pages,
            {State(state): count for state, count in row.states.items() if count},
            {State(state): count for state, count in row.words.items() if count},
        )
        for row in rows
        if row.kind in ("Cas", kind)
    ]


def table(client, user, name, **asked):
    client.force_login(user)
    answer = client.get(reverse(name), asked, **LANGUAGE)
    soup = BeautifulSoup(answer.content, "html.parser")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all("td")]
        for row in soup.select("table.listing tbody tr")
    ]


def test_translations_and_words_are_counted_by_city_kind_and_language(
    everything, moderator
):
    assert counted(moderator) == [
        ("Lille", "en", 1, {State.MISSING: 1}, {State.MISSING: 6}),
        (
            "Metz",
            "en",
            4,
            {
                State.MISSING: 1,
                State.UP_TO_DATE: 1,
                State.OUTDATED: 1,
                State.WAITING: 1,
            },
            {State.MISSING: 6, State.OUTDATED: 3, State.WAITING: 6},
        ),
    ]


@pytest.mark.parametrize("person", ["editor", "manager", "translator"])
def test_the_people_of_a_city_see_their_city_only(
    person, missing, elsewhere, request, metz
):
    user = request.getfixturevalue(person)

    rows = coverage(due_pages(user), Cities(user))

    assert {row.city for row in rows} == {"Metz"}
    assert Cities(user).choices == [(str(metz.translation_key), "Metz")]


def test_what_has_no_public_source_does_not_count(metz, editor, moderator):
    mirror(draft_in(metz, editor, title="Brouillon"))

    assert counted(moderator) == []


def test_what_belongs_to_no_city_is_counted_as_shared(home, moderator):
    mirrored(StandardPageFactory, title="À propos")

    rows = coverage(due_pages(moderator), Cities(moderator))

    kinds = {row.content_type: row for row in rows if row.city_key == "shared"}
    assert StandardPageFactory._meta.model.__name__ == "StandardPage"
    assert sum(row.pages for row in kinds.values()) == 3


def test_a_figure_leads_to_the_pages_that_it_counts(everything, moderator, client):
    client.force_login(moderator)
    answer = client.get(reverse("translation_coverage"), **LANGUAGE)
    soup = BeautifulSoup(answer.content, "html.parser")
    links = {
        link.get_text(): link["href"] for link in soup.select("table.listing td a")
    }

    shown = client.get(links["1 Outdated, Metz, Case, English"], **LANGUAGE)

    titles = BeautifulSoup(shown.content, "html.parser").select(
        "td.title .title-wrapper"
    )
    assert [one.get_text(strip=True) for one in titles] == ["Changé"]


def test_each_figure_leads_to_as_many_pages(everything, moderator, client):
    client.force_login(moderator)
    answer = client.get(reverse("translation_coverage"), **LANGUAGE)
    figures = BeautifulSoup(answer.content, "html.parser").select("td:nth-child(n+4)")
    kind = f"content_type={kind_of(everything)}&"

    counted = {
        figure.a["href"]: int(figure.a.find(string=True))
        for figure in figures
        if figure.a and kind in figure.a["href"]
    }
    listed = {
        address: len(rows_of(client.get(address, **LANGUAGE))) for address in counted
    }

    assert [one for one in figures if one.get_text(strip=True) != "0"] == [
        one for one in figures if one.a
    ]
    assert max(counted.values()) == 4
    assert listed == counted


def rows_of(answer):
    soup = BeautifulSoup(answer.content, "html.parser")
    return soup.select("td.title .title-wrapper")


def test_the_list_begins_with_what_is_wrong_in_public(everything, editor, client):
    rows = table(client, editor, "translation_pages", content_type=kind_of(everything))

    assert [(row[0], row[4]) for row in rows] == [
        ("Changé", "outdated"),
        ("Absent", "missing"),
        ("Bon", "up to date"),
        ("Demandé", "waiting for approval"),
    ]


def kind_of(page):
    return page.content_type_id


@pytest.mark.parametrize("name", ["translation_coverage", "translation_pages"])
def test_nobody_is_shown_another_city(name, everything, lille, editor, client):
    client.force_login(editor)

    plain = client.get(reverse(name)).content.decode()
    asked = client.get(reverse(name), {"city": lille.translation_key}).content.decode()

    assert "Metz" in plain
    assert [word in plain for word in ("Lille", "Ailleurs")] == [False, False]
    assert [word in asked for word in ("Lille", "Ailleurs")] == [False, False]


@pytest.mark.parametrize("name", ["translation_coverage", "translation_pages"])
def test_who_works_on_nothing_is_sent_away(name, client, django_user_model):
    stranger = django_user_model.objects.create(email="x@example.org")
    client.force_login(stranger)

    assert client.get(reverse(name)).status_code == 302


def test_the_figures_leave_as_a_spreadsheet(outdated, editor, client):
    client.force_login(editor)
    asked = {"content_type": kind_of(outdated)}
    address = reverse("translation_coverage")

    sheet = client.get(address, asked | {"export": "csv"}, **LANGUAGE)
    book = client.get(address, asked | {"export": "xlsx"}, **LANGUAGE)

    lines = list(csv.reader(StringIO(sheet.getvalue().decode())))
    expected = [
        ["City or region", "Kind", "Language", "Pages"]
        + [str(state.label) for state in State]
        + ["words missing", "words outdated", "words waiting for approval"],
        ["Metz", "Case", "English", *"1000010", "0", "3", "0"],
    ]
    assert lines == expected
    cells = load_workbook(BytesIO(book.getvalue())).active.iter_rows(values_only=True)
    assert [[str(cell) for cell in row] for row in cells] == expected


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["translation_coverage", "translation_pages"])
def test_both_cost_the_same_however_many_pages(
    name, missing, as_editor, count, django_assert_max_num_queries
):
    for number in range(count):
        title = f"Case {number}"
        mirrored(CasePageFactory, parent=missing.get_parent(), title=title)
    as_editor.get(reverse(name))

    with django_assert_max_num_queries(30):
        as_editor.get(reverse(name))
