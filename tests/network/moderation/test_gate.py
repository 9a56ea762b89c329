"""Nobody makes anything public who may not publish it, whatever way they try."""

import logging

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cities.models import CaseIndexPage
from network.core.models import Topic
from network.moderation.gate import ActorMiddleware, actor
from tests.factories import CasePageFactory, TopicFactory
from tests.networks import mirrored

pytestmark = pytest.mark.django_db


def during_request_of(user, act):
    """Do something as views do it, in the time of a request of this person."""
    request = RequestFactory().post("/")
    request.user = user
    return ActorMiddleware(lambda _: act())(request)


@pytest.fixture
def cases(metz, network_roles):
    return CaseIndexPage.objects.child_of(metz).get()


@pytest.fixture
def live(cases):
    page = mirrored(CasePageFactory, parent=cases, title="Public")
    page.save_revision().publish()
    return page


@pytest.fixture
def draft(cases, editor):
    return CasePageFactory(parent=cases, title="Draft", live=False, owner=editor)


def refused(user, act) -> bool:
    try:
        with transaction.atomic():
            during_request_of(user, act)
    except PermissionDenied:
        return True
    return False


def turn_live(page):
    page.live = True
    page.save()


def retitle(page):
    page.title = "Something else"
    page.save()


def test_a_request_is_somebodys_and_the_system_is_nobody(editor):
    assert during_request_of(editor, actor) == editor
    assert actor() is None


def test_an_editor_cannot_turn_a_draft_public(draft, editor):
    assert refused(editor, lambda: turn_live(draft))
    assert Page.objects.get(pk=draft.pk).live is False


def test_an_editor_cannot_write_into_what_is_public(live, editor):
    """D3: this is what saving a draft of a translation did."""
    assert refused(editor, lambda: retitle(live))
    assert Page.objects.get(pk=live.pk).title == "Public"


def test_an_editor_cannot_hide_what_is_public(live, editor):
    def hide():
        live.live = False
        live.save()

    assert refused(editor, hide)
    assert Page.objects.get(pk=live.pk).live is True


def test_an_editor_cannot_add_a_public_page(cases, editor):
    assert refused(editor, lambda: CasePageFactory(parent=cases, title="New"))


def test_an_editor_cannot_publish_a_revision(draft, editor):
    revision = draft.save_revision(user=editor)

    assert refused(editor, revision.publish)
    assert refused(editor, lambda: revision.publish(skip_permission_checks=True))


def test_an_editor_cannot_plan_to_publish(draft, editor):
    draft.go_live_at = timezone.now() + timezone.timedelta(days=1)
    revision = draft.save_revision(user=editor)

    assert refused(editor, lambda: revision.publish(skip_permission_checks=True))
    assert draft.revisions.exclude(approved_go_live_at=None).count() == 0


def test_an_editor_cannot_delete_what_is_public(live, editor):
    assert refused(editor, live.delete)
    assert Page.objects.filter(pk=live.pk).exists()


def test_an_editor_cannot_move_or_reorder_what_is_public(live, cases, editor):
    other = CasePageFactory(parent=cases, title="Other")

    assert refused(editor, lambda: live.move(cases.get_parent(), pos="last-child"))
    assert refused(editor, lambda: other.move(live, pos="left"))


def test_an_editor_cannot_change_the_address_of_what_is_below_a_draft(
    cases, live, editor
):
    cases.unpublish()
    turn_live(live)
    cases.refresh_from_db()
    cases.slug = "elsewhere"

    assert refused(editor, cases.save)


def test_an_editor_cannot_lift_a_restriction(live, editor):
    restriction = PageViewRestriction.objects.create(
        page=live, restriction_type="login"
    )

    assert refused(editor, restriction.delete)
    assert live.view_restrictions.exists()


def test_an_editor_cannot_rewrite_what_waits_for_approval(draft, editor):
    revision = draft.save_revision(user=editor)
    draft.get_workflow().start(draft, editor)
    revision.content = {**revision.content, "title": "Something else"}

    assert refused(editor, revision.save)


def test_an_editor_saves_drafts_of_what_is_public_and_deletes_her_own(
    live, draft, editor
):
    live.title = "Draft title"
    during_request_of(editor, lambda: live.save_revision(user=editor))
    during_request_of(editor, draft.delete)

    page = Page.objects.get(pk=live.pk)
    assert (page.title, page.draft_title) == ("Public", "Draft title")
    assert not Page.objects.filter(pk=draft.pk).exists()


def test_an_editor_cannot_touch_a_public_topic(editor):
    topic = TopicFactory(name="Libraries")

    assert refused(editor, lambda: Topic.objects.get(pk=topic.pk).save())
    assert refused(editor, lambda: Topic.objects.get(pk=topic.pk).delete())


def test_a_visitor_who_has_not_signed_in_is_refused_too(live):
    assert refused(AnonymousUser(), lambda: retitle(live))


@pytest.mark.parametrize("person", ["moderator", "team_member", "ada"])
def test_who_may_publish_is_let_through(person, live, request):
    user = request.getfixturevalue(person)

    during_request_of(user, lambda: retitle(live))

    assert Page.objects.get(pk=live.pk).title == "Something else"


def test_the_system_is_let_through(live):
    retitle(live)

    assert Page.objects.get(pk=live.pk).title == "Something else"


def test_a_refusal_is_logged(live, editor, caplog):
    with caplog.at_level(logging.WARNING, "network.moderation.gate"):
        refused(editor, lambda: retitle(live))

    assert [record.getMessage() for record in caplog.records] == [
        f"Refused: CasePage {live.pk}, for user {editor}"
    ]


def queries_of(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_the_gate_costs_one_query_where_something_is_published(live, moderator):
    def save():
        live.save(update_fields=["title"], clean=False)

    def save_in_request():
        during_request_of(moderator, save)

    save_in_request()
    assert queries_of(save_in_request) == queries_of(save)
