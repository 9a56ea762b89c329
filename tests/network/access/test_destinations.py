"""Where a page may go, and what the forms that ask it tell of other cities (D11)."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Page

from network.access.models import Role
from tests.opened import person
from tests.walled import as_editor, case_of, cases_of, draft, renamed, text

__all__ = ["as_editor", "draft", "renamed"]

pytestmark = pytest.mark.django_db

NOBODY_S = 987654321
EACH_TIME = re.compile(r"\b[A-Za-z0-9]{64}\b")
FORMS = ["copy", "move", "move in bulk", "choose a parent"]


@pytest.fixture
def own(metz, editor):
    page = case_of(metz, "Ours", slug="ours", live=False, owner=editor)
    page.save_revision(user=editor)
    return page


def ask(client, form, page, target, slug="ours-too"):
    """Send the form with this page as the place to go to."""
    if form == "copy":
        data = {"new_title": "x", "new_slug": slug, "new_parent_page": target}
        return client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    if form == "move":
        address = reverse("wagtailadmin_pages:move", args=[page.pk])
        return client.post(address, {"new_parent_page": target})
    if form == "move in bulk":
        names = ["wagtailcore", "page", "move"]
        address = reverse("wagtail_bulk_action", args=names)
        return client.post(f"{address}?id={page.pk}", {"chooser": target})
    address = reverse("wagtailadmin_pages:choose_parent", args=["cities", "casepage"])
    return client.post(address, {"parent_page": target})


def told(answer, number):
    # The address of somebody may have the same digits in it.
    return re.sub(rf"\b{number}\b", "#", EACH_TIME.sub("", text(answer)))


@pytest.mark.parametrize("form", FORMS)
def test_a_hidden_place_is_answered_like_one_that_does_not_exist(
    form, as_editor, own, draft
):
    hidden = ask(as_editor, form, own, draft.pk)
    missing = ask(as_editor, form, own, NOBODY_S)

    assert (hidden.status_code, missing.status_code) == (200, 200)
    assert told(hidden, draft.pk) == told(missing, NOBODY_S)
    assert draft.title not in text(hidden)


@pytest.mark.parametrize("form", FORMS)
def test_the_new_title_of_a_public_page_is_not_told(form, as_editor, own, renamed):
    answer = ask(as_editor, form, own, renamed.pk)

    assert answer.status_code == 200
    assert "Secret title" not in text(answer)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sent", ["", "ours", "1.5", "-1"])
def test_what_is_no_number_is_asked_for_again(form, sent, as_editor, own):
    assert ask(as_editor, form, own, sent).status_code == 200


@pytest.mark.parametrize("place", ["list", "city", "above"])
def test_a_copy_does_not_tell_which_addresses_are_taken_elsewhere(
    place, as_editor, own, draft, lille
):
    target = {"list": draft.get_parent(), "city": lille, "above": lille.get_parent()}
    target = target[place]
    taken = target.get_children().first().slug

    answers = [
        ask(as_editor, "copy", own, target.pk, slug) for slug in (taken, "no-such-one")
    ]

    errors = [list(answer.context["form"].errors) for answer in answers]
    assert errors == [["new_parent_page"]] * 2


def test_a_move_does_not_tell_which_addresses_are_taken_elsewhere(
    as_editor, own, lille
):
    above = lille.get_parent()
    name, arguments = "wagtailadmin_pages:move_confirm", [own.pk, above.pk]
    answers = []
    for slug in ("lille", "no-such-one"):
        Page.objects.filter(pk=own.pk).update(slug=slug)
        answer = as_editor.get(reverse(name, args=arguments))
        answers.append((answer.status_code, answer.headers.get("Location")))

    assert answers[0] == answers[1] == (302, reverse("wagtailadmin_home"))


def test_whose_place_it_is_goes_there_and_is_told_what_is_taken(as_editor, own, metz):
    cases = cases_of(metz)

    refused = ask(as_editor, "copy", own, cases.pk, "ours")
    ask(as_editor, "copy", own, cases.pk, "ours-too")
    chosen = ask(as_editor, "choose a parent", own, cases.pk)

    assert list(refused.context["form"].errors) == ["new_slug"]
    assert cases.get_children().filter(slug="ours-too").exists()
    assert chosen.headers["Location"] == reverse(
        "wagtailadmin_pages:add", args=["cities", "casepage", cases.pk]
    )


def test_who_may_move_pages_moves_them_everywhere(client, own, lille):
    client.force_login(person(Role.Kind.TEAM))
    cases = cases_of(lille)

    chosen = ask(client, "move", own, cases.pk)
    ask(client, "move in bulk", own, cases.pk)

    own.refresh_from_db()
    assert chosen.headers["Location"] == reverse(
        "wagtailadmin_pages:move_confirm", args=[own.pk, cases.pk]
    )
    assert own.get_parent() == cases.page_ptr
