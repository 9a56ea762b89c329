"""Where moderation shows up in Wagtail's own menus and screens."""

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
    UnpublishMenuItem,
    WorkflowMenuItem,
)
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from network.access.roles import may_approve

from .models import Submission
from .review import waiting_state


class QueueMenuItem(MenuItem):
    """The way to the queue, with how many wait in it."""

    def is_shown(self, request):
        return may_approve(request.user)

    def render_component(self, request):
        component = super().render_component(request)
        count = Submission.objects.waiting().count()
        if count:
            component.label = f"{self.label} ({count})"
        return component


class ReviewMenuItem(ActionMenuItem):
    """Leads from the form of a page that waits to where it is decided upon."""

    name = "action-review"
    label = gettext_lazy("Read and decide")
    icon_name = "clipboard-list"

    def is_shown(self, context):
        return True

    def get_url(self, parent_context):
        return reverse("moderation_review", args=[parent_context["page"].pk])


class SubmitMenuItem(SubmitForModerationMenuItem):
    """Wagtail's names the workflow, which has one name for all languages."""

    def get_context_data(self, parent_context):
        label = gettext("Submit for approval")
        return super().get_context_data(parent_context) | {"label": label}


class TakeBackMenuItem(CancelWorkflowMenuItem):
    """Wagtail's cancels a workflow, which nobody here has heard of."""

    label = gettext_lazy("Take it back to go on writing")
    icon_name = "rotate"


class RetractMenuItem(UnpublishMenuItem):
    """Wagtail's leads to the screen that takes all languages offline."""

    label = gettext_lazy("Retract everywhere")
    icon_name = "no-view"


OURS: dict[type[ActionMenuItem], type[ActionMenuItem]] = {
    SubmitForModerationMenuItem: SubmitMenuItem,
    CancelWorkflowMenuItem: TakeBackMenuItem,
    UnpublishMenuItem: RetractMenuItem,
}


def lead_to_review(items: list, page: Page | None, user) -> None:
    """Have those who approve do so where they see what changes, and nowhere else."""
    kept = [item for item in items if not isinstance(item, WorkflowMenuItem)]
    if page and page.pk and may_approve(user) and waiting_state(page):
        kept.insert(0, ReviewMenuItem())
    items[:] = kept


def say_what_they_do(items: list, page: Page | None) -> None:
    """Have the menu of a form speak of approval, and offer nothing twice."""
    items[:] = [in_our_words(item) for item in items if is_needed(item, page)]


def is_needed(item: ActionMenuItem, page: Page | None) -> bool:
    if isinstance(item, CancelWorkflowMenuItem):
        # What was sent back waits for nobody.
        return page is not None and waiting_state(page) is not None
    # To restart is to submit.
    return not isinstance(item, RestartWorkflowMenuItem)


def in_our_words(item: ActionMenuItem) -> ActionMenuItem:
    for theirs, ours in OURS.items():
        if isinstance(item, theirs):
            return ours(order=item.order)
    return item
