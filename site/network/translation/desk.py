"""What is due in translation, on the desk of those who write and translate."""

from typing import Any

from wagtail.admin.ui.components import Component

from network.access.models import Role
from network.access.roles import roles_of
from network.moderation.desk import DeskPanel, Some, first_of

from .coverage import DUE, due_pages, most_urgent_first
from .states import State

TRANSLATING = [Role.Kind.EDITOR, Role.Kind.MANAGER, Role.Kind.TRANSLATOR]


class DuePanel(Component):
    """The translations that are due, on the first screen."""

    name = "translations"
    template_name = "translation/due_panel.html"

    def __init__(self, due: Some, first: bool):
        self.due = due
        self.order = DeskPanel.order - 1 if first else DeskPanel.order + 1

    def get_context_data(self, parent_context) -> dict[str, Any]:
        rows = [(page, State(page.translation_state)) for page in self.due.things]
        return {"rows": rows, "others": self.due.others, "State": State}


def panel_for(user) -> DuePanel | None:
    """What is due; before all else for those who do nothing but translate."""
    kinds = set(roles_of(user).values_list("kind", flat=True))
    if kinds.isdisjoint(TRANSLATING):
        return None
    due = due_for(user)
    return DuePanel(due, kinds == {Role.Kind.TRANSLATOR}) if due.things else None


def due_for(user) -> Some:
    """The translations that somebody has to look at, the most urgent first."""
    due = due_pages(user).filter(translation_state__in=DUE)
    due = due.select_related(
        "locale", "content_type", "public_text", "alias_of__locale"
    )
    return first_of(most_urgent_first(due))
