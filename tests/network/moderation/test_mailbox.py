"""What the team sees of the mails, and what each person chooses about them."""

from functools import partial

import pytest
from django.core import mail as outbox
from django.urls import reverse

from network.moderation import mails
from network.moderation.models import Mail, MailChoice

pytestmark = pytest.mark.django_db


def sent():
    return [(message.to[0], message.subject) for message in outbox.outbox]


def test_everybody_chooses_on_their_account(client, editor):
    client.force_login(editor)
    account = reverse("wagtailadmin_account")

    screen = client.get(account).content.decode()
    form = {
        "name_email-first_name": "Ada",
        "name_email-last_name": "L",
        "name_email-email": editor.email,
        "mails-often": "daily",
        "locale-preferred_language": "fr",
        "locale-current_time_zone": "Europe/Paris",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    answer = client.post(account, form)

    assert answer.status_code == 302
    assert MailChoice.objects.get(user=editor).often == "daily"
    # Wagtail's own choices are about mails that it no longer sends.
    assert "rejected_notifications" not in screen


@pytest.fixture
def failed(committed, settings, editor):
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "nowhere.to.be.Found"
    committed(mails.write, [editor], partial(mails.Letter, "News", ["A secret."]))
    settings.EMAIL_BACKEND = works
    return Mail.objects.get()


def test_the_team_sees_what_failed_and_sends_it_again(
    client, committed, team_member, editor, failed
):
    client.force_login(team_member)

    screen = client.get(reverse("moderation_mails")).content.decode()
    address = reverse("moderation_send_again", args=[failed.pk])
    committed(client.post, address)

    assert "ModuleNotFoundError" in screen
    assert "A secret." not in screen
    assert sent() == [(editor.email, "News")]


@pytest.mark.parametrize("who", ["editor", "moderator"])
def test_nobody_else_sees_the_mails_or_sends_them(request, client, failed, who):
    client.force_login(request.getfixturevalue(who))

    answers = [
        client.get(reverse("moderation_mails")),
        client.post(reverse("moderation_send_again", args=[failed.pk])),
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Mail.objects.get().attempts == 1
