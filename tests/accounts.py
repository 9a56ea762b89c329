"""How somebody comes in with a password and, if she has one, a second factor."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from network.users.models import User

from .factories import UserFactory

PASSWORD = "labo-ouvert"


def person(email: str = "ada@example.org", **fields) -> User:
    """Somebody with a password, and what it takes to see the admin's front page."""
    somebody = UserFactory(email=email, **fields)
    somebody.set_password(PASSWORD)
    somebody.save()
    return somebody


def sign_in(
    client: Client, email: str, password: str = PASSWORD, **headers
) -> HttpResponse:
    data = {"login": email, "password": password}
    return client.post(reverse("account_login"), data, **headers)


def who(client: Client) -> int | None:
    """Who is signed in with this browser."""
    key = client.session.get("_auth_user_id")
    return int(key) if key else None


def second_factor(somebody: User) -> str:
    """Give somebody a second factor; gives its secret."""
    secret = generate_totp_secret()
    TOTP.activate(somebody, secret)
    RecoveryCodes.activate(somebody)
    return secret


def code(secret: str, periods: int = 0) -> str:
    """What the application shows now, or showed some periods ago."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods))


def recovery_codes(somebody: User) -> list[str]:
    kind = Authenticator.Type.RECOVERY_CODES
    return Authenticator.objects.get(user=somebody, type=kind).wrap().get_unused_codes()
