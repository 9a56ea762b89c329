"""A manager finds her city in numbers on her first screen."""

import pytest
from bs4 import BeautifulSoup

from cities.figures import figures_for
from network.access.models import Role
from network.moderation import review
from network.users.models import User
from tests.opened import person
from tests.submissions import draft_in, published, rewritten, submitted

pytestmark = pytest.mark.django_db


def again(user):
    return User.objects.get(pk=user.pk)


def test_a_manager_reads_how_many_pages_her_city_has_in_which_state(
    client, metz, lille, manager, moderator
):
    writer, theirs = person(Role.Kind.EDITOR, metz), person(Role.Kind.EDITOR, lille)
    public = published(metz, writer, title="One")
    rewritten(public, writer, question="Why?")
    submitted(draft_in(metz, writer, title="Two"), writer)
    review.send_back(
        submitted(draft_in(metz, writer, title="Three"), writer), moderator, "No.", []
    )
    draft_in(metz, writer, title="Four")
    published(lille, theirs, title="Secret")

    [figures] = figures_for(again(manager))

    assert figures.city.title == "Metz"
    assert [counts for _kind, counts in figures.kinds] == [
        [1, 1, 1, 2],
        [0] * 4,
        [0] * 4,
    ]
    assert figures.sessions == 0
    assert sorted(number for _role, number in figures.people) == [0, 1, 1]
    client.force_login(manager)
    shown = BeautifulSoup(client.get("/admin/").content, "html.parser")
    row = shown.select_one(".desk-table tbody tr").get_text(" ", strip=True)
    assert row.endswith("1 1 1 2")
    assert "Secret" not in shown.get_text()


@pytest.mark.parametrize("kind", [Role.Kind.EDITOR, Role.Kind.TRANSLATOR])
def test_nobody_else_is_shown_them(metz, english, kind):
    language = english if kind == Role.Kind.TRANSLATOR else None

    assert figures_for(person(kind, metz, language)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_they_cost_the_same_however_much_there_is(
    metz, lille, manager, count, django_assert_max_num_queries
):
    if count > 1:
        manager.groups.add(
            Role.objects.get(kind="manager", branch=lille.translation_key).group
        )
    for number in range(count):
        draft_in(metz, manager, title=f"Case {number}")

    with django_assert_max_num_queries(6):
        figures_for(again(manager))
