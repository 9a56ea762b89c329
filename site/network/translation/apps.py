from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "network.translation"
    verbose_name = _("translation")

    def ready(self):
        from wagtail_localize import synctree

        from network.moderation.models.approval import WRITERS
        from network.moderation.review import REQUIREMENTS

        from .passages import require_complete
        from .public_texts import follow_publications
        from .verbs import mirror
        from .versions import follow_versions
        from .writers import wrote

        REQUIREMENTS.append(require_complete)
        WRITERS.append(wrote)
        # Its own mirrors what is new in the admin, and fails where that is done.
        synctree.create_aliases_for_new_page = mirror
        follow_publications()
        follow_versions()
