"""The gate of the admin, where another city's things are as if they were not."""

import re

import pytest
from django.urls import reverse
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from network.access.roles import city_collection
from network.media.models import Picture
from tests.factories import PictureFactory, UserFactory
from tests.walled import (
    as_editor,
    case_of,
    cases_of,
    draft,
    edit,
    renamed,
    stranger,
    text,
)

__all__ = ["as_editor", "draft", "renamed", "stranger"]

pytestmark = pytest.mark.django_db


# --- The gate --------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["wagtailadmin_explore", "wagtailadmin_explore_results"]
)
def test_the_explorer_does_not_open_on_another_city(as_editor, draft, name):
    answer = as_editor.get(reverse(name, args=[draft.pk]))

    assert (answer.status_code, answer.url) == (302, reverse("wagtailadmin_home"))


def test_what_is_above_ones_city_can_be_explored(as_editor, metz):
    places = [*metz.get_ancestors(), metz, *metz.get_children()]

    answers = {
        as_editor.get(reverse("wagtailadmin_explore", args=[page.pk])).status_code
        for page in places
    }

    assert answers == {200}


def test_to_approve_or_move_a_page_of_another_city_does_not_tell_its_title(
    as_editor, draft, metz, stranger
):
    draft.save_revision()
    state = draft.get_workflow().start(draft, stranger)
    task = state.current_task_state.pk
    cases = cases_of(metz).pk
    places = [
        reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", task]),
        reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, cases]),
        reverse("wagtailadmin_pages:move_confirm", args=[cases, draft.pk]),
    ]

    answers = [text(as_editor.get(place, follow=True)) for place in places]

    assert [answer for answer in answers if "Secret" in answer] == []


def test_a_page_of_another_city_is_as_missing_as_one_that_is_not_there(
    as_editor, draft
):
    hidden, missing = (as_editor.get(edit(page)) for page in (draft, Page(pk=999_999)))

    assert (hidden.status_code, hidden.url) == (missing.status_code, missing.url)
    assert sorted(hidden.headers) == sorted(missing.headers)


def test_a_moderator_is_told_that_a_page_is_not_there(client, moderator):
    client.force_login(moderator)

    assert client.get(edit(Page(pk=999_999))).status_code == 404


# --- Bulk actions ----------------------------------------------------------


def bulk(model, action):
    names = [model._meta.app_label, model._meta.model_name, action]
    return reverse("wagtail_bulk_action", args=names)


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_a_bulk_action_does_not_list_pages_of_another_city(
    as_editor, metz, draft, action
):
    own = case_of(metz, "Ours")

    answer = text(as_editor.get(bulk(Page, action), {"id": [own.pk, draft.pk]}))
    alone = as_editor.get(bulk(Page, action), {"id": draft.pk})
    nothing = as_editor.get(bulk(Page, action), {"id": 999_999})

    assert "Ours" in answer
    assert "Secret" not in answer
    assert (alone.status_code, alone.url) == (nothing.status_code, nothing.url)


def test_a_bulk_action_on_all_pages_lists_those_that_one_may_open(as_editor, draft):
    parent = draft.get_parent().pk

    answer = as_editor.get(bulk(Page, "publish"), {"id": "all", "childOf": parent})

    assert "Secret" not in text(answer)


def test_a_bulk_action_does_not_list_media_of_another_city(as_editor, lille):
    picture = PictureFactory(title="Secret", collection=city_collection(lille))

    answer = as_editor.get(bulk(Picture, "add_tags"), {"id": picture.pk}, follow=True)

    assert "Secret" not in text(answer)


# --- Private things --------------------------------------------------------


def test_nothing_can_be_private_to_whoever_has_signed_in(client, metz, lille):
    client.force_login(UserFactory(is_superuser=True))
    collection = city_collection(lille).pk
    places = [
        reverse("wagtailadmin_pages:set_privacy", args=[metz.pk]),
        reverse("wagtailadmin_collections:set_privacy", args=[collection]),
    ]

    forms = [text(client.get(place)).replace("\\", "") for place in places]

    choice = r'name="restriction_type" value="(\w+)"'
    offered = [re.findall(choice, form) for form in forms]
    assert offered == [["none", "groups"]] * 2


@pytest.mark.parametrize("restriction", [1, 987_654])
def test_a_form_for_a_shared_password_is_nowhere(client, lille, restriction):
    collection = city_collection(lille)
    CollectionViewRestriction.objects.create(pk=1, collection=collection)
    PageViewRestriction.objects.create(pk=1, page=lille)
    places = [
        reverse("wagtaildocs_authenticate_with_password", args=[restriction]),
        reverse("wagtailcore_authenticate_with_password", args=[restriction, lille.pk]),
    ]

    assert [client.get(place).status_code for place in places] == [404, 404]
