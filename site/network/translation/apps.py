from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "network.translation"
    verbose_name = _("translation")

    def ready(self):
        from .versions import follow_versions

        follow_versions()
