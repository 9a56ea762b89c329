"""The account pages; what allauth offers and is not here does not exist."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path, reverse_lazy
from django.views.generic import RedirectView
from wagtail.utils.urlpatterns import decorate_urlpatterns

from . import views

to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_reset = RedirectView.as_view(pattern_name="account_reset_password")

urlpatterns = decorate_urlpatterns(
    [
        path(
            "",
            RedirectView.as_view(url=reverse_lazy("wagtailadmin_account")),
            name="account",
        ),
        path("login/", views.LoginView.as_view(), name="account_login"),
        path("logout/", account.logout, name="account_logout"),
        path("closed/", to_login, name="account_inactive"),
        path(
            "again/", views.PasswordAgainView.as_view(), name="account_reauthenticate"
        ),
        path("password/", account.password_change, name="account_change_password"),
        path("password/none/", to_reset, name="account_set_password"),
        path("password/lost/", account.password_reset, name="account_reset_password"),
        path(
            "password/lost/sent/",
            account.password_reset_done,
            name="account_reset_password_done",
        ),
        path(
            "password/new/done/",
            account.password_reset_from_key_done,
            name="account_reset_password_from_key_done",
        ),
        re_path(
            "^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
            account.password_reset_from_key,
            name="account_reset_password_from_key",
        ),
        path(
            "invitation/<str:token>/",
            views.InvitationView.as_view(),
            name="accept_invitation",
        ),
        path("second-factor/", second_factor.index, name="mfa_index"),
        path("second-factor/code/", views.CodeView.as_view(), name="mfa_authenticate"),
        path(
            "second-factor/again/",
            views.CodeAgainView.as_view(),
            name="mfa_reauthenticate",
        ),
        path(
            "second-factor/on/", views.ActivateView.as_view(), name="mfa_activate_totp"
        ),
        path("second-factor/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
        path(
            "second-factor/spare-codes/",
            recovery_codes.view_recovery_codes,
            name="mfa_view_recovery_codes",
        ),
        path(
            "second-factor/spare-codes/new/",
            recovery_codes.generate_recovery_codes,
            name="mfa_generate_recovery_codes",
        ),
        path(
            "second-factor/spare-codes/file/",
            recovery_codes.download_recovery_codes,
            name="mfa_download_recovery_codes",
        ),
    ],
    views.private,
)
