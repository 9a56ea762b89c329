"""Wagtail's own screens about people: ours take the place of what they may do.

They open and close accounts, and give roles, without a word in the history of a person
and without our rules. What stays is to read the list, and to correct a name or an
address, which Wagtail itself notes.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.users.forms import UserEditForm
from wagtail.users.views.users import UserViewSet

from network.users.models import User

from .reach import Reach

ELSEWHERE = ("is_active", "is_superuser", "groups")
# Wagtail's bulk actions that do what only our screens do.
BULK_ACTIONS = {"assign_role", "set_active_state"}


class NameForm(UserEditForm):
    """What somebody is called, and her address; her password is her own."""

    password_enabled = False

    def __init__(self, *args, editing_self=False, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ELSEWHERE:
            del self.fields[name]


class NamesViewSet(UserViewSet):
    """Wagtail's list of users, reached from our screens and not from the menu."""

    add_to_settings_menu = False
    # It would add somebody by a form that gives every right, a superuser's too.
    copy_view_enabled = False
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update=False):
        return NameForm if for_update else super().get_form_class(for_update)


def invite_instead(request):
    """Whoever comes in chooses her own password."""
    return redirect("people:invite")


def check_correction(request, user: User) -> None:
    """Whoever may set the address of a superuser takes over the site."""
    if not Reach(request.user).may_correct(user):
        raise PermissionDenied


def one_by_one(request, action_type, objects, action):
    if action_type not in BULK_ACTIONS or User not in action.models:
        return None
    text = _("Open and close accounts, and change roles, one person at a time here.")
    messages.error(request, text)
    return redirect("people:index")
