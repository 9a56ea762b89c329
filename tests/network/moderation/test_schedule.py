"""A date at which a page shall be public takes effect once it was approved."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision

from cities.models import CaseIndexPage
from tests.factories import CasePageFactory
from tests.networks import mirrored

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(metz, network_roles, editor):
    """What an editor wants to be public tomorrow."""
    index = CaseIndexPage.objects.child_of(metz).get()
    page = mirrored(CasePageFactory, parent=index, title="Tomorrow", live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=editor)
    return page


def approve(page, moderator, editor):
    task = page.get_workflow().start(page, editor).current_task_state
    task.task.specific.on_action(task, moderator, "approve")


def let_the_day_come():
    a_while_ago = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(content__title="Tomorrow"):
        revision.content["go_live_at"] = a_while_ago.isoformat()
        planned = revision.approved_go_live_at and a_while_ago
        Revision.objects.filter(pk=revision.pk).update(
            content=revision.content, approved_go_live_at=planned
        )
    call_command("publish_scheduled")


def public(page):
    versions = Page.objects.filter(translation_key=page.translation_key, live=True)
    return sorted(versions.values_list("locale__language_code", flat=True))


def test_what_nobody_approved_does_not_become_public_on_its_day(planned):
    let_the_day_come()

    assert public(planned) == []


def test_what_waits_for_approval_does_not_become_public_on_its_day(planned, editor):
    planned.get_workflow().start(planned, editor)

    let_the_day_come()

    assert public(planned) == []


def test_what_was_approved_becomes_public_on_its_day_and_not_before(
    planned, editor, moderator
):
    """Wagtail shows its copy in the other language as soon as it is approved."""
    approve(planned, moderator, editor)
    assert public(planned) == []

    let_the_day_come()

    assert public(planned) == ["en", "fr"]
