from django.apps import AppConfig
from django.contrib.auth import get_user_model
from django.db.models.signals import m2m_changed, post_save
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "network.moderation"
    verbose_name = _("moderation")

    def ready(self):
        # Models are all there by now, and the gate looks at each of them.
        from . import (
            comments,
            deletion,
            gate,
            mails,
            notices,
            retraction,
            used_media,
        )

        gate.keep_watch()
        used_media.keep_watch()
        retraction.keep_versions_together()
        deletion.delete_everywhere()
        mails.say_nothing_of_what_is_deleted()
        notices.replace_wagtails()
        person = get_user_model()
        people = person.groups.through
        m2m_changed.connect(comments.on_roles_lost, people, dispatch_uid="roles_lost")
        post_save.connect(comments.on_closed, person, dispatch_uid="account_closed")
