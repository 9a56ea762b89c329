"""One approval for everything that goes public."""

import pytest
from django.urls import reverse
from wagtail.models import (
    Page,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cities.models import CaseIndexPage, CasePage
from network.moderation.models import Approval
from network.moderation.models.approval import SelfApproval
from network.moderation.workflow import WORKFLOW, require_approval
from tests.factories import CasePageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(metz, editor, network_roles):
    """What an editor of Metz has begun to write."""
    index = CaseIndexPage.objects.child_of(metz).get()
    draft = CasePageFactory(parent=index, title="Draft", live=False, owner=editor)
    draft.save_revision(user=editor)
    return draft


def submit(draft, user):
    return draft.get_workflow().start(draft, user)


def test_every_page_of_every_language_waits_for_the_same_approval(
    network_roles, metz, english, home
):
    """D5: a workflow on the French home page does not cover the English tree."""
    pages = [home, metz, home.get_translation(english), metz.get_translation(english)]

    assert {page.get_workflow().name for page in pages} == {WORKFLOW}
    assert home.get_translation(english).get_workflow() == home.get_workflow()


def test_the_approval_is_asked_of_moderators_and_team_alone(network_roles):
    task = Approval.objects.get(workflow_tasks__workflow__name=WORKFLOW)

    assert set(task.groups.all()) == set(network_roles)


def test_no_other_approval_hangs_on_the_tree(network_roles, home):
    pages = WorkflowPage.objects.values_list("page", "workflow__name")

    versions = home.get_translations(inclusive=True)
    assert set(pages) == {(page.pk, WORKFLOW) for page in versions}


def test_an_approval_that_is_required_twice_is_required_once(network_roles, home):
    before = [kind.objects.count() for kind in (Workflow, WorkflowTask, WorkflowPage)]

    require_approval(network_roles, home)

    after = [kind.objects.count() for kind in (Workflow, WorkflowTask, WorkflowPage)]
    assert after == before


def test_what_an_editor_submits_is_not_public_until_a_moderator_approves(
    draft, editor, moderator
):
    state = submit(draft, editor)
    assert Page.objects.get(pk=draft.pk).live is False

    task = state.current_task_state
    task.task.specific.on_action(task, moderator, "approve")

    draft.refresh_from_db()
    assert (draft.live, draft.live_revision.user) == (True, editor)
    assert TaskState.objects.get().finished_by == moderator


def test_what_a_moderator_sends_back_stays_a_draft_and_says_why(
    draft, editor, moderator
):
    state = submit(draft, editor)

    task = state.current_task_state
    task.task.specific.on_action(task, moderator, "reject", comment="More limits?")

    draft.refresh_from_db()
    task.refresh_from_db()
    assert (draft.live, task.status, task.comment) == (
        False,
        "rejected",
        "More limits?",
    )


def test_an_editor_cannot_approve_her_own_page(draft, editor):
    task = submit(draft, editor).current_task_state.task.specific

    assert task.get_actions(draft, editor) == []
    assert task.user_can_access_editor(draft, editor) is False


def test_a_moderator_may_approve_or_send_back(draft, editor, moderator):
    task = submit(draft, editor).current_task_state.task.specific

    names = {name for name, label, has_form in task.get_actions(draft, moderator)}
    assert names == {"approve", "reject"}


def test_an_editor_submits_in_the_admin_and_cannot_publish_there(client, draft, editor):
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])

    page = client.get(address).content.decode()

    assert 'name="action-submit"' in page
    assert 'name="action-publish"' not in page


def test_what_becomes_public_is_what_was_submitted_and_not_a_later_draft(
    draft, editor, moderator
):
    state = submit(draft, editor)
    draft.title = "Something else"
    draft.save_revision(user=editor)

    task = state.current_task_state
    task.task.specific.on_action(task, moderator, "approve")

    draft.refresh_from_db()
    assert (draft.live, draft.title) == (True, "Draft")
    assert draft.get_latest_revision_as_object().title == "Something else"


# --- Nobody approves their own words ---------------------------------------


def approve(state, user):
    task = state.current_task_state
    task.task.specific.on_action(task, user, "approve")


def choices(draft, user):
    task = draft.current_workflow_task.specific
    return {name for name, label, has_form in task.get_actions(draft, user)}


def test_a_moderator_cannot_approve_what_she_edited_last_if_another_could(
    draft, moderator, team_member
):
    draft.save_revision(user=moderator)
    state = submit(draft, moderator)

    with pytest.raises(SelfApproval):
        approve(state, moderator)

    draft.refresh_from_db()
    assert (draft.live, choices(draft, moderator)) == (False, {"reject"})
    assert choices(draft, team_member) == {"approve", "reject"}
    approve(state, team_member)
    draft.refresh_from_db()
    assert draft.live


def test_a_moderator_who_is_alone_approves_her_own_words(draft, moderator):
    draft.save_revision(user=moderator)

    approve(submit(draft, moderator), moderator)

    draft.refresh_from_db()
    assert draft.live


def test_somebody_who_left_is_not_another_who_could_approve(
    draft, moderator, team_member
):
    team_member.is_active = False
    team_member.save()
    draft.save_revision(user=moderator)

    approve(submit(draft, moderator), moderator)

    draft.refresh_from_db()
    assert draft.live


def test_what_waits_for_approval_is_not_published_past_it(draft, editor, moderator):
    before = draft.permissions_for_user(moderator).can_publish()
    submit(draft, editor)

    after = CasePage.objects.get(pk=draft.pk).permissions_for_user(moderator)
    assert (before, after.can_publish()) == (True, False)
