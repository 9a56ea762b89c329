"""Moderators and the network team come in with a second factor, if it is required."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from .roles import may_approve


class SecondFactorMiddleware:
    """Leads who must have a second factor and has none to where it is switched on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if is_in_the_admin(request) and must_switch_it_on(request.user):
            messages.warning(request, _("Your role asks for a second factor."))
            return redirect("mfa_activate_totp")
        return self.get_response(request)


def is_in_the_admin(request) -> bool:
    # Signing out is open to all.
    return request.path.startswith(
        reverse("wagtailadmin_home")
    ) and request.path != reverse("wagtailadmin_logout")


def must_switch_it_on(user) -> bool:
    if not (settings.SECOND_FACTOR_REQUIRED and user.is_authenticated):
        return False
    return not is_mfa_enabled(user) and may_approve(user)
