"""The forms of the account pages: plain words above each field, nothing inside it."""

from allauth.account import forms as account
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import tasks
from .models import User

OWN_PASSWORD = {"autocomplete": "current-password"}
NEW_PASSWORD = {"autocomplete": "new-password"}
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


def password(label, attributes, help_text="") -> forms.CharField:
    widget = forms.PasswordInput(attrs=attributes)
    return forms.CharField(label=label, widget=widget, strip=False, help_text=help_text)


def address() -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"})
    return forms.EmailField(label=_("E-mail address"), max_length=254, widget=widget)


def code(label, help_text="") -> forms.CharField:
    widget = forms.TextInput(attrs=CODE)
    return forms.CharField(
        label=label, max_length=20, widget=widget, help_text=help_text
    )


class LoginForm(account.LoginForm):
    """Who are you?"""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = address()
        self.fields["password"] = password(_("Password"), OWN_PASSWORD)
        self.order_fields(["login", "password"])


class PasswordAgainForm(account.ReauthenticateForm):
    password = password(_("Password"), OWN_PASSWORD)


class ResetPasswordForm(account.ResetPasswordForm):
    """Asks where to send a link, and answers the same whoever has an account.

    Nothing is looked up while the reader waits: even the time it takes is the same.
    """

    email = address()

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def save(self, request, **kwargs) -> str:
        tasks.offer_new_password.enqueue(self.cleaned_data["email"], get_language())
        return self.cleaned_data["email"]


class TwiceMixin(forms.Form):
    """A new password, typed twice so that a slip is noticed."""

    user: User

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        advice = password_validators_help_text_html()
        self.fields["password1"] = password(_("New password"), NEW_PASSWORD, advice)
        self.fields["password2"] = password(_("The same again"), NEW_PASSWORD)

    def owner(self) -> User:
        """Whose password it is going to be."""
        return self.user

    def clean_password1(self) -> str:
        validate_password(self.cleaned_data["password1"], self.owner())
        return self.cleaned_data["password1"]

    def clean_password2(self) -> str:
        first = self.cleaned_data.get("password1")
        if first and first != self.cleaned_data["password2"]:
            raise forms.ValidationError(_("This is not the same password as above."))
        return self.cleaned_data["password2"]


class NewPasswordForm(TwiceMixin, account.ResetPasswordKeyForm):
    """For who forgot the old one, and has the link that was mailed to her."""


class ChangePasswordForm(TwiceMixin, account.ChangePasswordForm):
    """For who knows the old one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = password(_("Current password"), OWN_PASSWORD)
        self.order_fields(["oldpassword", "password1", "password2"])


class InvitationForm(TwiceMixin):
    """What somebody says of herself when she comes for the first time."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=150,
        required=False,
        help_text=_("Others who work here see who wrote and approved what."),
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    language = forms.ChoiceField(
        label=_("Language of your tools and mails"),
        choices=settings.WAGTAILADMIN_PERMITTED_LANGUAGES,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def owner(self) -> User:
        said = self.cleaned_data
        return User(
            email=self.email,
            first_name=said.get("first_name", ""),
            last_name=said.get("last_name", ""),
        )


class OnceMixin(forms.Form):
    """A code that was used once is used up, for as long as it would be good.

    allauth forgets it after one period, and takes it for as many as it tolerates.
    """

    user: User
    authenticator: Authenticator
    code = code(_("Code"), _("Six digits of your application, or a recovery code."))

    def clean_code(self) -> str:
        typed = super().clean_code()  # type: ignore[misc]
        if not self.is_new(typed):
            raise get_adapter().validation_error("incorrect_code")
        return typed

    def is_new(self, typed: str) -> bool:
        if self.authenticator.type != Authenticator.Type.TOTP:
            return True
        key = f"second-factor:{self.user.pk}:{normalize_user_code(typed)}"
        periods = 2 * settings.MFA_TOTP_TOLERANCE + 1
        return cache.add(key, "used", timeout=30 * periods)


class CodeForm(OnceMixin, second_factor.AuthenticateForm):
    """The second factor, on the way in."""


class CodeAgainForm(OnceMixin, second_factor.ReauthenticateForm):
    """The second factor again, before something that matters."""


class ActivateForm(ActivateTOTPForm):
    code = code(_("The six digits that your application shows"))
