from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UsersConfig(AppConfig):
    name = "network.users"
    verbose_name = _("people")

    def ready(self):
        from . import checks, sessions  # noqa: F401 - they register
