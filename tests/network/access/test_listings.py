"""What lists, filters and reports tell one city of another (D11)."""

import pytest
from django.urls import reverse
from taggit.models import Tag
from wagtail_localize.models import Translation

from network.access.roles import SHARED_COLLECTION, city_collection, collection_named
from network.translation.sources import source_of
from network.translation.verbs import mirror
from tests.factories import (
    DocumentFactory,
    PictureFactory,
    TopicFactory,
    locale,
)
from tests.walled import (
    as_editor,
    case_of,
    draft,
    renamed,
    stranger,
    text,
)

__all__ = ["as_editor", "draft", "renamed", "stranger"]

pytestmark = pytest.mark.django_db


# --- Media, tags and people ------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "factory"), [("images", PictureFactory), ("documents", DocumentFactory)]
)
def test_the_admin_s_api_has_no_media_of_another_city(
    as_editor, metz, lille, kind, factory
):
    theirs = factory(title="Secret", collection=city_collection(lille))
    factory(title="Ours", collection=city_collection(metz))
    shared = factory(title="Shared", collection=collection_named(SHARED_COLLECTION))
    names = [f"wagtailadmin_api:{kind}:listing", f"wagtailadmin_api:{kind}:detail"]

    listed = as_editor.get(reverse(names[0])).json()["items"]
    statuses = [
        as_editor.get(reverse(names[1], args=[thing.pk])).status_code
        for thing in (theirs, shared)
    ]

    assert {item["title"] for item in listed} == {"Ours", "Shared"}
    assert statuses == [404, 200]


@pytest.fixture
def tagged(metz, lille):
    """A picture of each city, with a tag."""
    for city, tag in ((metz, "cards"), (lille, "cars-secret")):
        PictureFactory(collection=city_collection(city)).tags.add(tag)


def test_tags_are_completed_with_those_of_ones_own_media(as_editor, tagged):
    place = reverse("wagtailadmin_tag_autocomplete")

    assert as_editor.get(place, {"term": "ca"}).json() == ["cards"]
    assert as_editor.get(place).json() == []
    assert Tag.objects.count() == 2


@pytest.mark.parametrize(
    "name", ["wagtailimages:index", "wagtailimages_chooser:choose"]
)
def test_pictures_are_narrowed_to_tags_of_ones_own(as_editor, tagged, name):
    answer = text(as_editor.get(reverse(name)))

    assert "cards" in answer
    assert "cars-secret" not in answer


@pytest.fixture
def people(editor, stranger):
    return editor, stranger


@pytest.mark.parametrize(
    "name",
    [
        *("wagtailadmin_explore_root", "wagtailadmin_pages:search"),
        *("wagtailadmin_reports:site_history", "wagtailadmin_reports:workflow"),
    ],
)
def test_lists_are_not_narrowed_to_people_of_another_city(
    client, people, metz, draft, name
):
    editor, stranger = people
    client.force_login(editor)
    for person, page in ((stranger, draft), (editor, case_of(metz, "Ours"))):
        person.first_name = f"Name of {person.email.split('@')[0]}"
        person.save()
        page.owner = person
        page.save()
        page.save_revision(user=person, log_action=True)
        page.get_workflow().start(page, person)

    answer = text(client.get(reverse(name)))

    assert editor.first_name in answer
    assert stranger.first_name not in answer


def test_who_wrote_for_another_city_before_sees_none_of_it_any_more(
    as_editor, editor, lille
):
    then = case_of(lille, "Secret of Lille", live=False, owner=editor)
    then.locked, then.locked_by = True, editor
    then.save()
    then.save_revision(user=editor, log_action=True)
    then.get_workflow().start(then, editor)

    answer = text(as_editor.get(reverse("wagtailadmin_home")))

    assert "Secret" not in answer


# --- Reports ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status", "shown"), [("editor", 302, False), ("moderator", 200, True)]
)
def test_the_report_on_kinds_of_pages_is_for_the_network(
    client, request, who, status, shown
):
    client.force_login(request.getfixturevalue(who))
    place = reverse("wagtailadmin_reports:page_types_usage")

    assert client.get(place).status_code == status
    assert (place in text(client.get(reverse("wagtailadmin_home")))) is shown


@pytest.mark.parametrize("asked", [{}, {"export": "csv"}, {"source_title": "of"}])
def test_the_report_on_translations_tells_of_ones_own_pages(
    as_editor, metz, draft, asked
):
    """D11."""
    for page in (draft, case_of(metz, "Work of Metz")):
        mirror(page)
        Translation.objects.create(source=source_of(page), target_locale=locale("en"))

    answer = as_editor.get(reverse("wagtail_localize:translations_report"), asked)
    whole = b"".join(answer) if answer.streaming else answer.content

    assert b"Work of Metz" in whole or "export" in asked
    assert b"Secret" not in whole


def test_the_list_of_words_for_translators_has_no_drafts(as_editor):
    """D11."""
    TopicFactory(name="Water")
    TopicFactory(name="Secret", live=False)
    place = reverse("wagtail_localize:snippets_api_listing", args=["core", "topic"])

    assert [word["title"] for word in as_editor.get(place).json()] == ["Water"]
