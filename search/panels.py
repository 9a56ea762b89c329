"""What search has to say on the first screen of those who write."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from network.media.models import Document
from network.moderation.desk import Some, first_of

from .models import FileText


class FilesPanel(Component):
    """The files that somebody looks after, and that search could not read."""

    name = "unread_files"
    order = 60
    template_name = "search/files_panel.html"

    def __init__(self, user):
        self.user = user

    @cached_property
    def files(self) -> Some:
        policy = policy_registry.get_by_type(Document)
        own = policy.instances_user_has_permission_for(self.user, "change")
        texts = FileText.objects.unreadable().filter(document__in=own)
        latest = texts.select_related("document").order_by("-read_at", "-pk")
        return first_of(latest.defer("text"))

    def get_context_data(self, parent_context) -> dict[str, Any]:
        return {"files": self.files.things, "others": self.files.others}
