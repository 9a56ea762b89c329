"""Secrets that we must be able to read again, kept unreadable in the database."""

import base64
from hashlib import sha256

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


def seal(text: str) -> str:
    return box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    return box().decrypt(sealed.encode()).decode()


def box() -> MultiFernet:
    """Locks with today's key of the site, and opens with yesterday's too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(fernet_key(key)) for key in keys])


def fernet_key(key: str | bytes) -> bytes:
    digest = sha256(b"network.users.sealing:" + force_bytes(key)).digest()
    return base64.urlsafe_b64encode(digest)
