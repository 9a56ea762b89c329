from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "network.media"
    verbose_name = _("pictures and documents")

    def ready(self):
        from .renditions import watch

        watch()
