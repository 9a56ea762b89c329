"""What is done after the answer, when no reader waits for it any more.

These mails carry links that open an account. None is kept anywhere: each try makes the
link anew, from what the database has and the site's key.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task
from wagtail.users.models import UserProfile

from . import mails
from .models import Invitation, User

logger = logging.getLogger(__name__)

# Minutes to wait before each new try, while a mail server does not answer.
PATIENCE = [1, 5, 30, 120, 360]


@contextmanager
def patience(job: Task, *args, tries: int) -> Iterator[None]:
    """Try a mail again later if the mail server fails; the last failure is shown."""
    try:
        yield
    except OSError:
        later = timezone.now() + timedelta(minutes=PATIENCE[min(tries, 4)])
        if tries >= len(PATIENCE) or not job.get_backend().supports_defer:
            raise
        logger.warning("A mail was not sent; the next try is at %s", later)
        job.using(run_after=later).enqueue(*args, tries=tries + 1)


def full(path: str) -> str:
    """An address for a mail; never one that a forged request could name."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def send_later(template: str, to: str, context: dict, language: str) -> None:
    """Send a message once all is saved, and not while somebody waits.

    What is in `context` is kept until then: no secret belongs there.
    """
    transaction.on_commit(lambda: send_now.enqueue(template, to, context, language))


@task()
def send_now(
    template: str, to: str, context: dict, language: str, tries: int = 0
) -> None:
    with patience(send_now, template, to, context, language, tries=tries):
        mails.send(template, to, context, language)


@task()
def offer_new_password(email: str, language: str, tries: int = 0) -> None:
    """Write to whoever has this address, if anybody has."""
    person = User.objects.filter(email=email, is_active=True).first()
    if person is None:
        return
    token = default_token_generator.make_token(person)
    key = {"uidb36": user_pk_to_url_str(person), "key": token}
    link = full(reverse("account_reset_password_from_key", kwargs=key))
    with patience(offer_new_password, email, language, tries=tries):
        mails.send("new_password", person.email, {"link": link}, language)


@task()
def mail_invitation(pk: int, tries: int = 0) -> None:
    """Write to somebody who was invited, unless she has come or was told not to.

    Only she learns whether there is an account, and what became of it.
    """
    invitation = Invitation.objects.good().filter(pk=pk).first()
    if invitation is None:
        return
    person = User.objects.filter(email=invitation.email).first()
    language = language_of(person) if person else invitation.language
    template = "closed" if person and not person.is_active else "invitation"
    context = told(invitation) | {"has_account": person is not None}
    with patience(mail_invitation, pk, tries=tries):
        mails.send(template, invitation.email, context, language)
        Invitation.objects.filter(pk=pk).update(mailed=timezone.now())


def told(invitation: Invitation) -> dict:
    """What the mail says: who invites to what, and the link to answer by."""
    return {
        "by": str(invitation.invited_by or ""),
        "expires": invitation.expires,
        "link": full(reverse("accept_invitation", args=[invitation.token])),
        "roles": sorted(group.name for group in invitation.groups.all()),
    }


def language_of(person: User) -> str:
    """The language that somebody chose for her work here."""
    profile = UserProfile.get_for_user(person)
    return profile.preferred_language or settings.LANGUAGE_CODE
