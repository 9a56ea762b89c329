from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .panels import DoorPanel

ACTIONS = {
    "invite": (_("Invite"), _("Invited")),
    "invite_again": (_("Invite again"), _("Sent the invitation again")),
    "revoke": (_("Take back"), _("Took back the invitation")),
    "accept": (_("Accept"), _("Accepted the invitation")),
    "deactivate": (_("Close the account"), _("Closed the account")),
    "reactivate": (_("Open the account again"), _("Opened the account again")),
    "change_roles": (_("Change the roles"), _("Changed the roles")),
    "forget_second_factor": (
        _("Remove the second factor"),
        _("Removed the second factor"),
    ),
}


@hooks.register("register_log_actions")
def register_what_happens_to_people(actions):
    for name, (label, message) in ACTIONS.items():
        actions.register_action(f"network.{name}", label, message)


@hooks.register("register_account_settings_panel")
def register_the_door(request, user, profile):
    return DoorPanel(request, user, profile)
