"""What is due in translation, on the desk."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from network.translation.desk import due_for
from network.translation.drafts import begin, submit
from network.translation.verbs import mirror, translate
from tests.factories import CasePageFactory
from tests.networks import mirrored
from tests.submissions import fresh
from tests.submissions import published as published_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_translator(client, translator):
    client.force_login(translator)
    return client


def case_in(city, editor, title):
    case = published_in(city, editor, title=title, summary="Deux mots", question="Où ?")
    mirror(case)
    return case


def outdated_case(city, editor, english, title):
    case = case_in(city, editor, title)
    translate(case, english, {})
    draft = fresh(case)
    draft.summary = "Et trois mots"
    draft.save_revision().publish()
    return case


def lines(client):
    answer = client.get(reverse("wagtailadmin_home"), headers={"Accept-Language": "en"})
    soup = BeautifulSoup(answer.content, "html.parser")
    found = soup.select("#translations-due-section li")
    return [" ".join(line.get_text(" ").split()) for line in found]


@pytest.fixture
def some(metz, editor, english):
    """A case that is missing in English, one that is outdated, one that is right."""
    case_in(metz, editor, "Absent")
    outdated_case(metz, editor, english, "Changé")
    translate(case_in(metz, editor, "Bon"), english, {})


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize("person", ["editor", "manager", "translator"])
def test_the_desk_begins_with_what_is_outdated(client, request, person):
    client.force_login(request.getfixturevalue(person))

    found = [line for line in lines(client) if "Case" in line]

    assert [line.split(" · ")[0] for line in found] == ["Changé Case", "Absent Case"]
    assert found[0].endswith("3 words")
    assert "Outdated · original changed on" in found[0]
    assert found[1].endswith("Missing · 5 words")


@pytest.mark.usefixtures("some")
def test_a_title_says_which_language_it_is_in(as_translator):
    answer = as_translator.get(reverse("wagtailadmin_home"))

    soup = BeautifulSoup(answer.content, "html.parser")
    links = soup.select("#translations-due-section .desk-title")
    found = {link.get_text(): link["lang"] for link in links}
    assert (found["Absent"], found["Changé"]) == ("fr", "en")


@pytest.mark.usefixtures("some")
@pytest.mark.parametrize(("person", "first"), [("translator", True), ("editor", False)])
def test_who_only_translates_finds_it_first(client, request, person, first):
    client.force_login(request.getfixturevalue(person))

    screen = client.get(reverse("wagtailadmin_home")).content.decode()

    due, drafts = (
        screen.index("translations-due-section"),
        screen.index("drafts-section"),
    )
    assert (due < drafts) == first


def test_what_waits_for_approval_is_not_due(metz, editor, english, translator):
    link = begin(outdated_case(metz, editor, english, "Changé"), english, translator)
    before = titles(translator)

    submit(link, translator)

    assert (before.count("Changé"), titles(translator).count("Changé")) == (1, 0)


def titles(user):
    return [page.title for page in due_for(user).things]


def test_nothing_of_another_city_is_due(lille, editor, english, translator):
    outdated_case(lille, editor, english, "Ailleurs")

    assert [titles(user).count("Ailleurs") for user in (editor, translator)] == [0, 0]


def test_who_approves_has_the_report_and_no_such_panel(
    metz, editor, english, moderator, client
):
    outdated_case(metz, editor, english, "Changé")
    client.force_login(moderator)

    assert lines(client) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_costs_the_same_however_much_is_due(
    metz, editor, as_translator, count, django_assert_max_num_queries
):
    cases = case_in(metz, editor, "Premier").get_parent()
    for number in range(count):
        mirrored(CasePageFactory, parent=cases, title=f"Case {number}")
    lines(as_translator)

    with django_assert_max_num_queries(30):
        found = lines(as_translator)

    assert len(found) > count
