from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "network.moderation"
    verbose_name = _("moderation")

    def ready(self):
        # Models are all there by now, and the gate looks at each of them.
        from . import deletion, gate, notices, retraction

        gate.keep_watch()
        retraction.keep_versions_together()
        deletion.delete_everywhere()
        notices.replace_wagtails()
