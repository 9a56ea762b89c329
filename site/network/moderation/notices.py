"""Who is told what: of a page that was submitted, approved or sent back.

It takes the place of Wagtail's own mails, which leave the comment of an approval out,
write to none of those who edited the page, and know no digest.
"""

from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.admin.forms.account import NotificationPreferencesForm
from wagtail.admin.views.account import NotificationsSettingsPanel
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import (
    task_approved,
    task_rejected,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from network.access.models import Role
from network.access.roles import people_in
from network.users.models import User

from .changes import changes
from .mails import Letter, admin_address, write
from .models import Submission

# Wagtail connects its own under these names, unless somebody has already.
WAGTAILS = [
    (
        task_submitted,
        TaskState,
        "group_approval_task_submitted_email_notification",
    ),
    (
        workflow_submitted,
        WorkflowState,
        "workflow_state_submitted_email_notification",
    ),
    (
        workflow_rejected,
        WorkflowState,
        "workflow_state_rejected_email_notification",
    ),
    (
        workflow_approved,
        WorkflowState,
        "workflow_state_approved_email_notification",
    ),
]


def replace_wagtails() -> None:
    """Tell people of pages our way, and keep Wagtail from telling them too."""
    for signal, sender, name in WAGTAILS:
        # Whichever app is ready first: what is connected goes, what comes is refused.
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(say_nothing, sender=sender, dispatch_uid=name)
    task_submitted.connect(on_submitted, dispatch_uid="page_submitted")
    task_approved.connect(on_approved, dispatch_uid="page_approved")
    task_rejected.connect(on_sent_back, dispatch_uid="page_sent_back")
    # Nobody is offered to choose among mails that are not sent.
    NotificationsSettingsPanel.form_class = CommentNotificationsForm


def say_nothing(**kwargs) -> None:
    """Stands where Wagtail would connect its own."""


class CommentNotificationsForm(NotificationPreferencesForm):
    """Wagtail's own, for the mails about comments: the others are chosen elsewhere."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("submitted", "approved", "rejected"):
            self.fields.pop(f"{name}_notifications", None)


@transaction.atomic
def on_submitted(instance: TaskState, user=None, **kwargs) -> None:
    page = instance.revision.content_object
    if not isinstance(page, Page):
        return
    submission = remember(instance, page.specific)
    asked = readers(but=user)
    write(asked, partial(submitted, submission, user), page=page, to_approve=True)


def remember(state: TaskState, page: Page) -> Submission:
    """Count what a page changes, once: it is shown in many lists."""
    before = page if page.live else None
    found = changes(before, state.revision.as_object())
    return Submission.objects.create(
        state=state,
        page=page,
        is_new=not page.live,
        public_revision=page.live_revision_id,
        words_added=found.words_added,
        words_removed=found.words_removed,
    )


def on_approved(instance: TaskState, user=None, **kwargs) -> None:
    tell_writers(instance, user, approved)


def on_sent_back(instance: TaskState, user=None, **kwargs) -> None:
    tell_writers(instance, user, sent_back)


def tell_writers(state: TaskState, user, compose) -> None:
    submission = Submission.objects.filter(state=state).with_all().first()
    if submission:
        told = writers(submission, but=user)
        write(told, partial(compose, submission, user), page=submission.page)


# --- Who -------------------------------------------------------------------


def readers(but) -> list[User]:
    """Who is asked to read: the other moderators, or the team where there are none."""
    for kind in (Role.Kind.MODERATOR, Role.Kind.TEAM):
        people = people_in(kind).select_related("wagtail_userprofile")
        if others := [person for person in people if person != but]:
            return others
    return []


def writers(submission: Submission, but) -> list[User]:
    """Who wrote this: its author, who submitted it, who edited it since it was public.

    Somebody who may no longer work on the page is told nothing of it.
    """
    page, state = submission.page.specific, submission.state
    edits = page.revisions.filter(
        pk__gt=submission.public_revision or 0, pk__lte=state.revision_id
    )
    people = User.objects.filter(
        Q(pk__in=edits.order_by().values("user"))
        | Q(pk__in=[page.owner_id, state.workflow_state.requested_by_id])
    )
    active = people.filter(is_active=True).select_related("wagtail_userprofile")
    return [
        person
        for person in active.order_by("pk")
        if person != but and page.permissions_for_user(person).can_edit()
    ]


# --- What ------------------------------------------------------------------


def submitted(submission: Submission, user) -> Letter:
    title = submission.title
    who = str(user) if user else _("the system")
    return Letter(
        subject=_("To read: “%(title)s”") % {"title": title},
        paragraphs=[
            _("%(who)s asks you to approve “%(title)s”.")
            % {"who": who, "title": title},
            amount(submission),
        ],
        link=admin_address("moderation_review", submission.page_id),
        link_text=_("Read it and decide"),
    )


def amount(submission: Submission) -> str:
    """How much there is to read."""
    counts = {
        "added": submission.words_added,
        "removed": submission.words_removed,
    }
    if submission.is_new:
        return _("It is new: %(added)s words.") % counts
    return _("Words added: %(added)s; removed: %(removed)s.") % counts


def approved(submission: Submission, user) -> Letter:
    title = submission.title
    return Letter(
        subject=_("Approved: “%(title)s”") % {"title": title},
        paragraphs=[
            _("%(who)s has approved “%(title)s”.") % {"who": user, "title": title},
            _("What you submitted is public, or will be on the day you chose."),
        ],
        quote=submission.state.comment,
        link=submission.page.full_url or "",
        link_text=_("See it"),
    )


def sent_back(submission: Submission, user) -> Letter:
    title = submission.title
    return Letter(
        subject=_("To change: “%(title)s”") % {"title": title},
        paragraphs=[
            _("%(who)s asks for changes in “%(title)s” before it is public.")
            % {"who": user, "title": title},
        ],
        quote=submission.state.comment,
        link=admin_address("wagtailadmin_pages:edit", submission.page_id),
        link_text=_("Change it and submit it again"),
    )
