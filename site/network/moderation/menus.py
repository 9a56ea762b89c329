"""Where moderation shows up in Wagtail's own menus and screens."""

from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.admin.action_menu import ActionMenuItem, WorkflowMenuItem
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


def lead_to_review(items: list, page: Page | None, user) -> None:
    """Have those who approve do so where they see what changes, and nowhere else."""
    kept = [item for item in items if not isinstance(item, WorkflowMenuItem)]
    if page and page.pk and may_approve(user) and waiting_state(page):
        kept.insert(0, ReviewMenuItem())
    items[:] = kept
