from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "network.translation"
    verbose_name = _("translation")

    def ready(self):
        from network.moderation.review import REQUIREMENTS

        from .passages import require_complete
        from .public_texts import follow_publications
        from .versions import follow_versions

        REQUIREMENTS.append(require_complete)
        follow_publications()
        follow_versions()
