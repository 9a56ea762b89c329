from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Revision

from network.access.roles import approvers


class SelfApproval(PermissionDenied):
    """Somebody approves what they edited last, though somebody else could."""


def may_decide(revision: Revision | None, user) -> bool:
    """Whether `user` may approve this, which they did not edit last or must alone."""
    if revision is None or revision.user_id != user.pk:
        return True
    return not approvers().exclude(pk=user.pk).exists()


class Approval(AbstractGroupApprovalTask):
    """What the people of these groups are asked: may this become public?

    Nobody approves what they edited last, as long as there is somebody else to ask.
    """

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")

    def get_actions(self, obj, user):
        actions = super().get_actions(obj, user)
        if may_decide(obj.get_latest_revision(), user):
            return actions
        return [action for action in actions if action[0] != "approve"]

    def on_action(self, task_state, user, action_name, **kwargs):
        if action_name == "approve" and not may_decide(task_state.revision, user):
            raise SelfApproval
        return super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls):
        return _("The people of the chosen groups approve what others wrote.")
