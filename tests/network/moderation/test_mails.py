"""Mails leave after what they tell of, whatever the mail server does."""

import smtplib
from datetime import timedelta
from functools import partial
from io import StringIO

import pytest
from django.core import mail as outbox
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from network.moderation import mails, review
from network.moderation.models import Mail, MailChoice
from network.moderation.models.mails import PATIENCE
from tests.factories import UserFactory
from tests.submissions import draft_in, fresh, submitted

pytestmark = pytest.mark.django_db
QUEUED = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


class Dead(BaseEmailBackend):
    """A mail server that nobody answers from."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("Connection refused")


class HangingUp(BaseEmailBackend):
    """A mail server that hangs up in the middle of a sentence."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


class Silent(BaseEmailBackend):
    """A mail server that never says a word."""

    def send_messages(self, messages):
        raise TimeoutError("timed out")


WORKS = "django.core.mail.backends.locmem.EmailBackend"
BROKEN = [f"{__name__}.{kind.__name__}" for kind in (Dead, HangingUp, Silent)]


@pytest.fixture
def draft(metz, editor, network_roles):
    return draft_in(metz, editor)


def sent():
    return [(message.to[0], message.subject) for message in outbox.outbox]


def letter():
    return mails.Letter("News", ["Something happened."])


def wants(user, often):
    MailChoice.objects.create(user=user, often=often)


# --- When the mail server fails --------------------------------------------


@pytest.mark.parametrize("backend", BROKEN)
def test_a_mail_server_that_fails_keeps_nobody_from_deciding(
    committed, settings, draft, moderator, backend
):
    settings.EMAIL_BACKEND = backend
    state = submitted(draft, draft.owner)

    committed(review.approve, state, moderator, "Well told.", [])

    [_told, mail] = Mail.objects.order_by("pk")
    assert fresh(draft).live
    assert (mail.recipient, mail.sent_at, mail.attempts) == (draft.owner, None, 1)
    assert mail.not_before > timezone.now()
    assert mail.last_error


def test_a_mail_that_failed_is_sent_when_the_server_works_again_and_once(
    committed, settings, editor
):
    settings.EMAIL_BACKEND = BROKEN[1]
    committed(mails.write, [editor], letter)
    settings.EMAIL_BACKEND = WORKS

    call_command("send_mails", stdout=StringIO())
    assert sent() == []  # it is not time yet
    Mail.objects.update(not_before=timezone.now())
    call_command("send_mails", stdout=StringIO())
    call_command("send_mails", stdout=StringIO())

    assert sent() == [(editor.email, "News")]
    assert Mail.objects.get().last_error == ""


def test_each_failure_is_waited_after_longer_until_somebody_must_look(
    committed, settings, editor
):
    settings.EMAIL_BACKEND = BROKEN[0]
    committed(mails.write, [editor], letter)

    waits = []
    while not (mail := Mail.objects.get()).given_up:
        waits.append(round((mail.not_before - timezone.now()) / timedelta(minutes=1)))
        Mail.objects.update(not_before=timezone.now())
        mails.send_due()

    assert waits == [wait // timedelta(minutes=1) for wait in PATIENCE]
    assert mails.send_due() == []


def test_the_worker_is_asked_to_try_again_later(settings, committed, editor):
    settings.TASKS = QUEUED
    settings.EMAIL_BACKEND = BROKEN[0]
    committed(mails.write, [editor], letter)
    [first] = DBTaskResult.objects.all()

    mails.send_mail.call(*first.args_kwargs["args"])

    again = DBTaskResult.objects.exclude(pk=first.pk).get()
    assert again.run_after == Mail.objects.get().not_before


def test_an_action_that_is_undone_is_told_to_nobody(editor):
    def undone():
        with transaction.atomic():
            mails.write([editor], letter)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()

    assert (Mail.objects.count(), sent()) == (0, [])


def test_even_without_a_queue_the_mail_is_kept(monkeypatch, committed, editor):
    monkeypatch.setattr(mails.send_mail.__class__, "enqueue", broken_queue)

    committed(mails.write, [editor], letter)

    assert [mail.subject for mail in mails.send_due()] == ["News"]


def broken_queue(*args, **kwargs):
    raise ConnectionError("no queue")


def test_mails_sent_a_month_ago_are_forgotten(committed, editor):
    committed(mails.write, [editor, UserFactory()], letter)
    old = Mail.objects.first()
    Mail.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=31))

    call_command("send_mails", stdout=StringIO())

    assert Mail.objects.count() == 1


# --- Once a day, and always ------------------------------------------------


def test_who_wants_one_mail_a_day_gets_all_in_it(committed, editor, moderator):
    wants(editor, "daily")
    for subject in ("One", "Two"):
        committed(mails.write, [editor], partial(mails.Letter, subject, ["So."]))
    assert sent() == []

    committed(call_command, "send_digests")
    committed(call_command, "send_digests")

    [message] = outbox.outbox
    assert message.subject == "2 nouvelles sur Code Source"
    assert message.body.index("* One") < message.body.index("* Two")
    # One foot, not one of each mail.
    assert message.body.count("\n-- \n") == 1


def test_a_daily_mail_that_tells_of_a_page_is_not_sent_once_that_is_deleted(
    committed, settings, editor, draft
):
    """Whoever left the city would read of it: there is no page to ask any more."""
    wants(editor, "daily")
    about = partial(mails.Letter, "Of the page", ["So."])
    committed(partial(mails.write, [editor], about, page=draft))
    committed(mails.write, [editor], letter)
    settings.EMAIL_BACKEND = BROKEN[0]
    committed(call_command, "send_digests")
    settings.EMAIL_BACKEND = WORKS

    fresh(draft).delete()
    Mail.objects.update(not_before=timezone.now())
    call_command("send_mails", stdout=StringIO())
    assert sent() == []
    committed(call_command, "send_digests")

    [message] = outbox.outbox
    assert "* News" in message.body
    assert "Of the page" not in message.body


def test_a_mail_about_a_page_is_not_sent_once_that_is_deleted(
    committed, settings, editor, draft
):
    settings.EMAIL_BACKEND = BROKEN[0]
    committed(partial(mails.write, [editor], letter, page=draft))
    settings.EMAIL_BACKEND = WORKS

    fresh(draft).delete()
    Mail.objects.update(not_before=timezone.now())
    call_command("send_mails", stdout=StringIO())

    assert sent() == []


def test_an_invitation_is_sent_whatever_somebody_chose(committed, editor):
    wants(editor, "never")

    committed(partial(mails.write, [editor], letter, always=True))

    assert sent() == [(editor.email, "News")]
