from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "network.access"
    verbose_name = _("roles and rights")

    def ready(self):
        from . import checks  # noqa: F401
        from .overrides import replace_all
        from .public_media import register_policies

        replace_all()
        register_policies()
