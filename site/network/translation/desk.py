"""What is due in translation, on the desk of those who write and translate."""

from typing import Any

from wagtail.admin.ui.components import Component

from network.access.models import Role
from network.access.roles import roles_of
from network.moderation.desk import Some, first_of

from .coverage import DUE, due_pages, most_urgent_first
from .states import State

TRANSLATING = [Role.Kind.EDITOR, Role.Kind.MANAGER, Role.Kind.TRANSLATOR]


def due_for(user) -> Some:
    """The translations that somebody has to look at, the most urgent first."""
    if not roles_of(user).filter(kind__in=TRANSLATING).exists():
        return Some([], 0)
    due = due_pages(user).filter(translation_state__in=DUE)
    due = due.select_related("locale", "content_type", "public_text")
    return first_of(most_urgent_first(due))


class DuePanel(Component):
    """The translations that are due, on the first screen."""

    name = "translations"
    order = 60
    template_name = "translation/due_panel.html"

    def __init__(self, due: Some):
        self.due = due

    def get_context_data(self, parent_context) -> dict[str, Any]:
        rows = [(page, State(page.translation_state)) for page in self.due.things]
        return {"rows": rows, "others": self.due.others, "State": State}
