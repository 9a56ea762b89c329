from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag(takes_context=True)
def approvals(context, page) -> list[tuple[str, str, bool]]:
    """What the reader may decide on a page that waits: (label, address, says why)."""
    state = page.current_workflow_task_state
    if state is None:
        return []
    actions = state.task.specific.get_actions(page, context["request"].user)
    # Wagtail offers to approve with a comment, too: here there is one way.
    labels = {name: label for name, label, _ in reversed(actions)}
    return [
        (label, decision(page, name, state), name == "reject")
        for name, label in labels.items()
    ]


def decision(page, name: str, state) -> str:
    view = "wagtailadmin_pages:workflow_action"
    return reverse(view, args=[page.pk, name, state.pk])
