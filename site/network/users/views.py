"""The account pages: allauth's views, with our words, our look and our precautions."""

import re

from allauth.account import views as account
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.decorators import rate_limit
from allauth.mfa.base import views as second_factor
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.contrib import messages
from django.forms import BaseForm
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from wagtail.admin.localization import get_localized_response

from . import forms, invitations, qr
from .models import User

LANGUAGE = "account_language"
LANGUAGES = dict(settings.LANGUAGES)
ENTRY = "wagtailadmin.access_admin"
TOO_OFTEN = {"too_many_login_attempts", "rate_limited"}


def private(view):
    """For the eyes of one person, in her language: no cache, no trace elsewhere."""

    def in_private(request, *args, **kwargs):
        response = in_her_language(view, request, *args, **kwargs)
        add_never_cache_headers(response)
        # Not "no-referrer": a browser would then hide its origin from the CSRF check.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return in_private


def in_her_language(view, request, *args, **kwargs):
    """The answer in the language that is chosen now, or hers, or was chosen before.

    These pages have no language in their address; only they know of this cookie.
    """
    asked, before = request.GET.get("language"), request.COOKIES.get(LANGUAGE)
    if asked not in LANGUAGES and (request.user.is_authenticated or not before):
        return get_localized_response(view, request, *args, **kwargs)
    known = [one for one in (asked, before) if one in LANGUAGES]
    chosen = known[0] if known else settings.LANGUAGE_CODE
    with override(chosen):
        response = view(request, *args, **kwargs)
        if hasattr(response, "render"):
            response.render()
    response.headers["Content-Language"] = chosen
    if chosen == asked:
        keep(chosen, response)
    return response


def keep(chosen: str, response) -> None:
    response.set_cookie(
        LANGUAGE,
        chosen,
        path=reverse("account"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


class LimitedMixin:
    """Says "too many requests" to machines too, when a form was tried too often."""

    def render_to_response(self, context, **options):
        if was_tried_too_often(context["form"]):
            options["status"] = 429
        return super().render_to_response(context, **options)  # type: ignore[misc]


def was_tried_too_often(form: BaseForm) -> bool:
    errors = [error for found in form.errors.as_data().values() for error in found]
    return any(error.code in TOO_OFTEN for error in errors)


class LoginView(LimitedMixin, account.LoginView):
    """The one door: an address and a password."""

    def dispatch(self, request, *args, **kwargs):
        # The admin would send back here who may not enter, and so round and round.
        if request.user.is_authenticated and not request.user.has_perm(ENTRY):
            return render(request, "account/no_role.html", status=403)
        return super().dispatch(request, *args, **kwargs)


class CodeView(LimitedMixin, second_factor.AuthenticateView):
    """The second factor, for who has one."""


class PasswordAgainView(LimitedMixin, account.ReauthenticateView):
    """The password again, before something that matters."""


class CodeAgainView(LimitedMixin, second_factor.ReauthenticateView):
    """A code again, before something that matters."""


class ActivateView(LimitedMixin, totp.ActivateTOTPView):
    """Binds an application on a phone to an account."""

    def get_context_data(self, **options):
        context = super().get_context_data(**options)
        secret = context["form"].secret
        return context | {
            "qr": qr.drawing(context["totp_url"]),
            "secret": " ".join(re.findall(".{1,4}", secret)),
        }


@method_decorator(rate_limit(action="invitation"), name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class InvitationView(FormView):
    """Where the link of an invitation leads: choose a password, and come in.

    Who has an account signs in with it, and says that she takes the roles.
    """

    form_class = forms.InvitationForm
    template_name = "users/invitation.html"

    def dispatch(self, request, token):
        try:
            self.invitation = invitations.good(token)
            person = invitations.account_of(self.invitation)
            if person:
                return self.answer_to(person)
            return super().dispatch(request, token=token)
        except invitations.Gone:
            return render(request, "users/invitation_gone.html", status=410)

    def answer_to(self, person: User):
        """The answer to whoever comes with the link of somebody who has an account."""
        request = self.request
        if request.method == "POST" and request.user == person:
            invitations.take(self.kwargs["token"], person)
            messages.success(request, _("You have a new role on Code Source"))
            return redirect("wagtailadmin_home")
        context = {"invitation": self.invitation, "person": person}
        return render(request, "users/invitation_known.html", context)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"email": self.invitation.email}

    def get_initial(self):
        return {"language": self.invitation.language}

    def get_context_data(self, **options):
        return super().get_context_data(**options) | {"invitation": self.invitation}

    def form_valid(self, form):
        said = form.cleaned_data
        names = ("language", "first_name", "last_name")
        try:
            person = invitations.accept(
                self.kwargs["token"],
                said["password1"],
                **{name: said[name] for name in names},
            )
        except invitations.Known:
            return redirect(self.request.path)
        return perform_password_login(self.request, {}, Login(user=person))
