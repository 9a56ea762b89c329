"""To submit a page, take it back, approve it or send it back: the same for every page.

Wagtail offers these in its page editor alone, which a translation does not have.
"""

from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail_localize.models import Translation

from .faults import faults_of
from .models import Submission
from .models.approval import CannotBePublic, hold
from .models.retraction import why_retracted


class NotReady(Exception):
    """A page cannot be submitted yet; its message says what is missing."""


# What else must be right before a page is submitted: functions of the page, which raise
# NotReady. Apps above this one add theirs.
REQUIREMENTS: list[Callable[[Page], None]] = []


def require_ready(page: Page) -> None:
    for requirement in REQUIREMENTS:
        requirement(page)


def require_not_retracted(page: Page) -> None:
    """Have nothing wait for approval that can only be restored."""
    if reason := why_retracted(page):
        raise NotReady(reason)


def require_valid(draft: Page) -> None:
    """Have nothing wait for approval that could not be published."""
    if faults := faults_of(draft):
        raise NotReady(_("Not submitted. %(faults)s") % {"faults": faults})


def waiting_state(page: Page) -> TaskState | None:
    """What is to be decided upon this page; None if it does not wait."""
    workflow = page.current_workflow_state
    if workflow and workflow.status == WorkflowState.STATUS_IN_PROGRESS:
        return workflow.current_task_state
    return None


def last_submission(page: Page) -> Submission | None:
    return Submission.objects.filter(page=page).with_all().order_by("-pk").first()


# --- By those who approve --------------------------------------------------


@transaction.atomic
def approve(state: TaskState, user, comment: str, checked: Iterable[str]) -> None:
    """Make public what was submitted; NotWaiting if it no longer waits."""
    decide(state, user, "approve", comment, checked)


@transaction.atomic
def send_back(state: TaskState, user, comment: str, checked: Iterable[str]) -> None:
    """Ask for changes; NotWaiting if it no longer waits."""
    decide(state, user, "reject", comment, checked)


def decide(state, user, action: str, comment: str, checked: Iterable[str]) -> None:
    hold(state)
    if action not in actions_for(state, user):
        raise PermissionDenied
    if action == "approve" and (reason := why_retracted(state.revision.content_object)):
        # By Wagtail's own door the gate says so.
        raise CannotBePublic(reason)
    Submission.objects.filter(state=state).update(checked=list(checked))
    state.task.specific.on_action(state, user, action, comment=comment)


def actions_for(state: TaskState, user) -> set[str]:
    """What `user` may do with what waits, "approve" and "reject"."""
    page = state.revision.as_object()
    # What counts is who edited this, not who edited a later draft.
    page.latest_revision = state.revision
    return {name for name, *_rest in state.task.specific.get_actions(page, user)}


@transaction.atomic
def read_latest(state: TaskState, user) -> None:
    """Have the latest draft wait in place of the one that was submitted."""
    hold(state)
    set_apart(state.revision.content_object)
    state.cancel(user=user, resume=True)


def set_apart(page: Page) -> None:
    """Give what is submitted a revision of its own, by whoever wrote it.

    Wagtail writes over the latest one while its author types: what is approved would
    be something else than what was read.
    """
    latest = page.get_latest_revision()
    latest.as_object().save_revision(user=latest.user, clean=False)


# --- By those who write ----------------------------------------------------


@transaction.atomic
def submit(page: Page, user) -> None:
    """Ask for the latest draft to be made public.

    PermissionDenied if they may not ask, NotReady if something is missing.
    """
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    require_not_retracted(page)
    if not may_submit(page, user):
        raise PermissionDenied
    require_ready(page)
    draft = draft_of(page)
    require_valid(draft)
    if translation_of(page):
        draft.save_revision(user=user)
    elif page.latest_revision:
        set_apart(page)
    else:
        page.save_revision(user=user)
    workflow = page.current_workflow_state
    if workflow:
        workflow.resume(user)
    else:
        page.get_workflow().start(page, user)


def may_submit(page: Page, user) -> bool:
    rights = page.permissions_for_user(user)
    # An alias says what its source says, and becomes public with it.
    if page.alias_of_id or not rights.can_edit():
        return False
    return bool(rights.can_submit_for_moderation()) and not why_retracted(page)


def translation_of(page: Page) -> Translation | None:
    """What wagtail-localize knows of a page that is translated in its own editor."""
    return Translation.objects.filter(
        source__object_id=page.translation_key,
        target_locale_id=page.locale_id,
        enabled=True,
    ).first()


def draft_of(page: Page) -> Page:
    """The page as it would be submitted now: of a translation, all that is translated.

    Not by `save_target`: of a page that is live, it writes what readers see.
    """
    translation = translation_of(page)
    if translation is None:
        return page.get_latest_revision_as_object()
    source = translation.source
    return source.get_ephemeral_translated_instance(page.locale, fallback=True)


@transaction.atomic
def take_back(state: TaskState, user) -> None:
    """Go on writing: nobody needs to read it now; NotWaiting if it no longer waits."""
    hold(state)
    if not state.workflow_state.user_can_cancel(user):
        raise PermissionDenied
    state.workflow_state.cancel(user=user)


# --- What happened ---------------------------------------------------------


def what_happened(page: Page) -> str:
    """Why a page no longer waits, for somebody who thought it did."""
    submission = last_submission(page)
    if submission is None:
        return _("“%(title)s” is not waiting.") % {"title": page.title}
    state = submission.state
    said = {
        TaskState.STATUS_APPROVED: _("%(who)s has approved “%(title)s” already."),
        TaskState.STATUS_REJECTED: _("%(who)s has sent “%(title)s” back already."),
        TaskState.STATUS_CANCELLED: _("%(who)s has taken “%(title)s” back."),
    }
    sentence = said.get(state.status, _("“%(title)s” is not waiting."))
    who = state.finished_by or _("Somebody")
    return sentence % {"who": who, "title": submission.title}


def last_decision(submission: Submission | None) -> str:
    """What became of the last submission, for those who wrote the page."""
    if submission is None:
        return ""
    state = submission.state
    said = {
        TaskState.STATUS_APPROVED: _("Approved by %(who)s on %(day)s."),
        TaskState.STATUS_REJECTED: _("Sent back by %(who)s on %(day)s."),
        TaskState.STATUS_CANCELLED: _("Taken back by %(who)s on %(day)s."),
    }
    who = state.finished_by or _("somebody")
    day = date_format(localtime(state.finished_at)) if state.finished_at else ""
    return said.get(state.status, "") % {"who": who, "day": day}
