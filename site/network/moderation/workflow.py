"""One approval for everything that goes public, whatever its language."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from wagtail.models import Page, Workflow, WorkflowPage, WorkflowTask

from network.access.roles import make_network_roles

from .models import Approval

WORKFLOW = "Relecture par La 27e Région"


def set_up_approval(home: Page) -> tuple[Group, Group]:
    """Make the roles of the network, and have them approve everything below `home`."""
    groups = make_network_roles(home)
    require_approval(groups, home)
    return groups


def require_approval(approvers: Iterable[Group], home: Page) -> Workflow:
    """Have these groups approve every page below `home`, in every language."""
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    task, _ = Approval.objects.get_or_create(name=WORKFLOW)
    task.groups.set(approvers)
    WorkflowTask.objects.get_or_create(
        workflow=workflow, task=task, defaults={"sort_order": 0}
    )
    # Wagtail's own hangs on the root, and asks a group that nobody is in.
    WorkflowPage.objects.filter(page__depth=1).delete()
    for version in home.get_translations(inclusive=True):
        WorkflowPage.objects.update_or_create(
            page=version, defaults={"workflow": workflow}
        )
    return workflow
