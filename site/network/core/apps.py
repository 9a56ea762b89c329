from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "network.core"
    verbose_name = _("shared by all")

    def ready(self):
        from .redirects import follow_addresses

        follow_addresses()
