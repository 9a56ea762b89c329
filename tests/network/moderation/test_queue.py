"""The queue: all that waits, in every city and both languages, the oldest first."""

import pytest
from django.urls import reverse
from wagtail.models import TaskState

from tests.factories import StandardPageFactory
from tests.submissions import (
    crowd,
    draft_in,
    english,
    published,
    rewritten,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_moderator(client, moderator):
    client.force_login(moderator)
    return client


def queue(client, **asked):
    return client.get(
        reverse("moderation_queue"), asked, headers={"Accept-Language": "en"}
    )


def titles(answer):
    return [submission.title for submission in answer.context["rows"]]


@pytest.fixture
def waiting(metz, lille, editor, moderator, home):
    """A page that waits in each of two cities, and one that all share."""
    pages = [
        draft_in(metz, editor, title="Metz case"),
        draft_in(lille, None, title="Lille case"),
        StandardPageFactory(parent=home, title="Shared page", live=False),
    ]
    for page in pages:
        submitted(page, moderator)
    return pages


def test_all_that_waits_is_there_with_where_and_whose_it_is(as_moderator, waiting):
    answer = queue(as_moderator)

    rows = [
        (row.title, row.city, str(row.page.locale), row.is_new)
        for row in answer.context["rows"]
    ]
    assert rows == [
        ("Metz case", "Metz", "French", True),
        ("Lille case", "Lille", "French", True),
        ("Shared page", "", "French", True),
    ]


def test_what_waited_longest_is_first(as_moderator, waiting):
    first = TaskState.objects.order_by("started_at").first()
    TaskState.objects.filter(pk=first.pk).update(started_at="2030-01-01T00:00Z")

    assert titles(queue(as_moderator))[-1] == "Metz case"


def test_the_words_that_change_are_counted_when_a_page_is_submitted(
    as_moderator, metz, editor
):
    case = published(metz, editor, limits="<p>Ten people.</p>")
    submitted(rewritten(case, editor, limits="<p>Twelve people, once.</p>"), editor)

    [row] = queue(as_moderator).context["rows"]

    assert (row.is_new, row.words_added, row.words_removed) == (False, 3, 2)


def test_it_is_narrowed_by_city_language_and_kind(as_moderator, waiting, metz, lille):
    asked = [
        {"city": str(metz.translation_key)},
        {"city": "shared"},
        {"language": "en"},
        {"kind": "standardpage"},
        {"city": str(lille.translation_key), "kind": "standardpage"},
        {"city": "nonsense"},
    ]

    found = [titles(queue(as_moderator, **each)) for each in asked]

    everything = ["Metz case", "Lille case", "Shared page"]
    assert found == [
        ["Metz case"],
        ["Shared page"],
        [],
        ["Shared page"],
        [],
        everything,
    ]


def test_a_city_is_found_in_both_languages(as_moderator, metz, editor):
    translation = english(metz)
    draft = draft_in(translation, editor, title="Metz in English")
    submitted(draft, editor)

    found = titles(queue(as_moderator, city=str(metz.translation_key)))

    assert found == ["Metz in English"]


def test_what_was_decided_waits_no_more(as_moderator, waiting, moderator, ada):
    for state in TaskState.objects.all()[:2]:
        state.task.specific.on_action(state, ada, "reject", comment="More?")

    assert titles(queue(as_moderator)) == ["Shared page"]


@pytest.mark.parametrize("who", ["editor", "manager", "translator"])
def test_who_writes_has_no_queue(request, client, waiting, who):
    client.force_login(request.getfixturevalue(who))

    answers = [queue(client), client.get(reverse("wagtailadmin_home"))]

    assert answers[0].status_code == 302
    assert "Lille case" not in answers[1].content.decode()


def test_it_is_the_first_screen_of_those_who_approve(as_moderator, waiting):
    screen = as_moderator.get(
        reverse("wagtailadmin_home"), headers={"Accept-Language": "en"}
    ).content.decode()

    assert "Lille case" in screen
    assert "To read (3)" in screen
    # Wagtail's own, which knows no city, is not there beside it.
    assert "Awaiting your review" not in screen


def test_an_empty_queue_says_what_will_happen(as_moderator):
    screen = queue(as_moderator).content.decode()

    assert "Nothing waits for approval. You are told by mail" in screen


@pytest.mark.parametrize("screen", ["moderation_queue", "wagtailadmin_home"])
@pytest.mark.parametrize("count", [1, 3, 60])
def test_it_costs_the_same_however_much_waits(
    as_moderator, metz, count, screen, django_assert_max_num_queries
):
    crowd(metz, None, count)
    as_moderator.get(reverse(screen))  # what is kept for the next time

    with django_assert_max_num_queries(30):
        answer = as_moderator.get(reverse(screen))

    assert answer.status_code == 200
