"""The panels of the admin's first screen, for somebody who wrote elsewhere before.

Wagtail 8.0's go by who owns, edited, submitted or locked a page, and not by who may
still open it.
"""

from wagtail.admin.views.home import (
    LockedPagesPanel,
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
)

from .walls import may_know


class OwnInModerationPanel(UserObjectsInWorkflowModerationPanel):
    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["workflow_states"] = [
            state
            for state in context["workflow_states"]
            if may_know(user, state.content_object)
        ]
        return context


class OwnRecentEditsPanel(RecentEditsPanel):
    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["last_edits"] = [
            (when, page) for when, page in context["last_edits"] if may_know(user, page)
        ]
        return context


class OwnLockedPagesPanel(LockedPagesPanel):
    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["locked_pages"] = [
            page for page in context["locked_pages"] if may_know(user, page)
        ]
        return context


OWN: dict[type, type] = {
    UserObjectsInWorkflowModerationPanel: OwnInModerationPanel,
    RecentEditsPanel: OwnRecentEditsPanel,
    LockedPagesPanel: OwnLockedPagesPanel,
}


def show_what_may_be_opened(request, panels: list) -> None:
    panels[:] = [
        OWN[type(panel)]() if type(panel) in OWN else panel for panel in panels
    ]
