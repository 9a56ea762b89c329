"""Mails: written with what they tell of, sent afterwards, tried again until they are.

A mail is a row, saved in the transaction of the action itself. Nothing is sent before
that ends, so neither a slow mail server nor a dead one can keep anybody from working.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.db.models.signals import pre_delete
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django_tasks import task
from wagtail.models import Page

from network.access.roles import may_approve
from network.users.models import User

from .models import Mail, MailChoice

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """What is said to somebody: some paragraphs, others' words, and where to go."""

    subject: str
    paragraphs: list[str]
    quote: str = ""
    link: str = ""
    link_text: str = ""
    parts: list["Letter"] = field(default_factory=list)

    @property
    def text(self) -> str:
        quoted = "\n".join(f"> {line}" for line in self.quote.splitlines())
        link = _("%(what)s: %(address)s") % {
            "what": self.link_text,
            "address": self.link,
        }
        parts = [f"* {part.subject}\n\n{part.text}" for part in self.parts]
        told = [*self.paragraphs, quoted, self.link and link, *parts]
        return "\n\n".join(filter(None, told))


def admin_address(name: str, *args) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse(name, args=args)}"


def language_of(user: User) -> str:
    """The language that somebody chose, or the network's own."""
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile and profile.preferred_language) or settings.LANGUAGE_CODE


def write(
    people: list[User], compose: Callable[[], Letter], always=False, **about
) -> list[Mail]:
    """Write to each of these people in their language, unless they want no mail.

    With `always` they get it at once, whatever they chose: an invitation, say. What it
    is `about`, a page say, decides whether they may still read it when it is sent.
    """
    choices = dict(
        MailChoice.objects.filter(user__in=people).values_list("user", "often")
    )
    mails = []
    for person in people:
        often = choices.get(person.pk, MailChoice.Often.AT_ONCE)
        if always or often != MailChoice.Often.NEVER:
            in_digest = not always and often == MailChoice.Often.DAILY
            mails.append(write_to(person, compose, in_digest, **about))
    return mails


def write_to(
    person: User, compose: Callable[[], Letter], in_digest=False, **about
) -> Mail:
    language = language_of(person)
    with override(language):
        letter = compose()
        html = render_to_string(
            "moderation/mail.html",
            {"letter": letter, "language": language, "account": account_address()},
        )
        text = f"{letter.text}\n\n-- \n{signature()}\n"
    mail = Mail.objects.create(
        recipient=person,
        language=language,
        # A line break in a title would end the line of the subject.
        subject=" ".join(letter.subject.splitlines())[:255],
        text=text,
        html=html,
        in_digest=in_digest,
        **about,
    )
    if not in_digest:
        send_soon(mail)
    return mail


def signature() -> str:
    return _("%(site)s. How often you get mails: %(address)s") % {
        "site": settings.WAGTAIL_SITE_NAME,
        "address": account_address(),
    }


def account_address() -> str:
    return admin_address("wagtailadmin_account")


# --- Sending ---------------------------------------------------------------


def send_soon(mail: Mail) -> None:
    """Have a worker send it, once what it tells of is really saved."""
    # The outbox keeps it, should even this fail: `send_mails` would send it.
    transaction.on_commit(lambda: send_mail.enqueue(mail.pk), robust=True)


@task()
def send_mail(pk: int) -> None:
    """Send one mail, unless it is not due; ask for another try if that fails."""
    mail = send(pk)
    if mail and not (mail.sent_at or mail.dropped_at or mail.given_up):
        later = send_mail.using(run_after=mail.not_before)
        # Without a backend that can wait, `send_mails` tries again.
        if later.get_backend().supports_defer:
            later.enqueue(pk)


@transaction.atomic
def send(pk: int) -> Mail | None:
    """Try to send a mail; None if it is not due, or another worker is at it."""
    mail = Mail.objects.due().select_for_update(skip_locked=True).filter(pk=pk).first()
    if mail is None:
        return None
    if not may_be_sent(mail):
        mail.drop()
        return mail
    try:
        mail.as_message().send()
    except Exception as error:  # noqa: BLE001 - each mail backend has its own errors
        logger.warning("Mail %s was not sent: %s", mail.pk, error)
        mail.note_failure(error)
    else:
        mail.note_success()
    return mail


def may_be_sent(mail: Mail) -> bool:
    """Whether the recipient may still know of all that is in it."""
    told = [mail, *mail.parts.select_related("page")]
    return all(may_know_still(mail.recipient, one) for one in told)


def may_know_still(person: User, mail: Mail) -> bool:
    if not person.is_active or (mail.to_approve and not may_approve(person)):
        return False
    page = mail.page
    return page is None or page.specific.permissions_for_user(person).can_edit()


def drop_what_tells_of(instance: Page, **kwargs) -> None:
    """Drop the daily mails that tell of a page which is deleted.

    Its own mails go with it; nobody could say any more who may read the others.
    """
    for digest in Mail.objects.unsent().filter(parts__page=instance).distinct():
        digest.drop()


def say_nothing_of_what_is_deleted() -> None:
    pre_delete.connect(drop_what_tells_of, sender=Page)


def send_due() -> list[Mail]:
    """Try to send all that is due; gives those that were tried."""
    tried = [send(pk) for pk in Mail.objects.due().values_list("pk", flat=True)]
    return [mail for mail in tried if mail]


def send_again(mail: Mail) -> None:
    """Have a mail that failed tried once more, at once."""
    mail.start_again()
    send_soon(mail)


# --- Once a day ------------------------------------------------------------


@transaction.atomic
def write_digests() -> list[Mail]:
    """Put all that waits for the daily mail in one mail for each person."""
    waiting = (
        Mail.objects.unsent()
        .filter(in_digest=True)
        .select_for_update(of=["self"])
        .select_related("recipient__wagtail_userprofile")
        .order_by("recipient_id", "pk")
    )
    digests = [
        write_digest(person, list(mails))
        for person, mails in groupby(waiting, lambda mail: mail.recipient)
    ]
    return [digest for digest in digests if digest]


def write_digest(person: User, mails: list[Mail]) -> Mail | None:
    """Write one mail of these, but for what somebody may no longer know of."""
    good = [mail for mail in mails if may_know_still(person, mail)]
    for mail in mails:
        if mail not in good:
            mail.drop()
    if not good:
        return None
    digest = write_to(person, partial(digest_of, good))
    Mail.objects.filter(pk__in=[mail.pk for mail in good]).update(
        sent_at=timezone.now(), digest=digest
    )
    return digest


def digest_of(mails: list[Mail]) -> Letter:
    return Letter(
        subject=ngettext(
            "%(count)s piece of news on Code Source",
            "%(count)s pieces of news on Code Source",
            len(mails),
        )
        % {"count": len(mails)},
        paragraphs=[_("Since the last mail:")],
        parts=[
            # Without its foot: the digest has one of its own.
            Letter(mail.subject, mail.text.rpartition("\n\n-- \n")[0].split("\n\n"))
            for mail in mails
        ],
    )
