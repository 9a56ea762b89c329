from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Revision, TaskState, WorkflowState

from network.access.roles import approvers


class SelfApproval(PermissionDenied):
    """Somebody approves what they edited last, though somebody else could."""


class NotWaiting(PermissionDenied):
    """It was decided upon, or taken back, in the meantime."""


def may_decide(revision: Revision | None, user) -> bool:
    """Whether `user` may approve this, which they did not edit last or must alone."""
    if revision is None or revision.user_id != user.pk:
        return True
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
        return task_state.workflow_state.finish(user=user)

    @classmethod
    def get_description(cls):
        return _("The people of the chosen groups approve what others wrote.")
