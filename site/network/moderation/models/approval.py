from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    AbstractGroupApprovalTask,
    Page,
    Revision,
    TaskState,
    WorkflowState,
)

from network.access.roles import approvers

from ..faults import told


class SelfApproval(PermissionDenied):
    """Somebody approves what they edited last, though somebody else could."""


class NotWaiting(PermissionDenied):
    """It was decided upon, or taken back, in the meantime."""


class CannotBePublic(PermissionDenied):
    """What waits cannot be published as it is; its message says why."""


# Who wrote a page besides whoever saved it last: functions of a page and a user
# which say whether they did since it was last public. Apps above this one add theirs.
WRITERS: list[Callable[[Page, AbstractBaseUser], bool]] = []


def may_decide(revision: Revision | None, user) -> bool:
    """Whether `user` may approve this, which they did not edit last or must alone."""
    if revision is None or not is_own(revision, user):
        return True
    return is_only_approver(user)


def is_own(revision: Revision, user) -> bool:
    """Whether `user` edited this last, or wrote some of what it is made of."""
    if revision.user_id == user.pk:
        return True
    page = revision.content_object
    return any(wrote(page, user) for wrote in WRITERS)


def is_only_approver(user) -> bool:
    return not approvers().exclude(pk=user.pk).exists()


def hold(state: TaskState) -> None:
    """Have all others wait who would decide upon this; NotWaiting if one just did."""
    workflows = WorkflowState.objects.select_for_update()
    workflow = workflows.get(pk=state.workflow_state_id)
    TaskState.objects.select_for_update().get(pk=state.pk)
    state.refresh_from_db()
    waiting = [WorkflowState.STATUS_IN_PROGRESS, TaskState.STATUS_IN_PROGRESS]
    if [workflow.status, state.status] != waiting:
        raise NotWaiting


def unfinished(error: ValidationError, state: TaskState) -> str:
    faults = " ".join(told(error, state.revision.as_object()))
    reason = gettext("It cannot be public as it is: ask for changes. %(faults)s")
    return reason % {"faults": faults}


class Approval(AbstractGroupApprovalTask):
    """What the people of these groups are asked: may this become public?

    Nobody approves what they edited last, as long as there is somebody else to ask.
    What is approved is what was submitted: a later draft stays one.
    """

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")

    def get_actions(self, obj, user):
        actions = super().get_actions(obj, user)
        if may_decide(obj.get_latest_revision(), user):
            return actions
        return [action for action in actions if action[0] != "approve"]

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        hold(task_state)
        if action_name != "approve":
            return super().on_action(task_state, user, action_name, **kwargs)
        if not may_decide(task_state.revision, user):
            raise SelfApproval
        task_state.approve(user=user, update=False, **kwargs)
        # Not by Wagtail's `update`, which would ask again if there is a later draft.
        try:
            return task_state.workflow_state.finish(user=user)
        except ValidationError as error:
            raise CannotBePublic(unfinished(error, task_state)) from error

    @classmethod
    def get_description(cls):
        return _("The people of the chosen groups approve what others wrote.")
