"""What the team sees of the mails, and what each person chooses about them."""

from functools import partial

import pytest
from django.core import mail as outbox
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from network.moderation import mails
from network.moderation.models import Mail, MailChoice
from network.users import tasks
from network.users.invitations import invite
from network.users.models import Invitation

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


# --- Mails about accounts --------------------------------------------------


QUEUED = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def queued(settings):
    settings.TASKS = QUEUED


@pytest.fixture
def dead(settings):
    """A mail server that nobody answers from; called, it works again."""
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.network.moderation.test_mails.Dead"

    def mend():
        settings.EMAIL_BACKEND = works

    return mend


@pytest.fixture
def as_team(client, team_member):
    client.force_login(team_member)


def work():
    """Do all jobs that are due, and say when it is time for those that wait."""
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    for job in DBTaskResult.objects.filter(status="READY"):
        try:
            value = job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
        except OSError as error:
            job.set_failed(error)
        else:
            job.set_successful(value)


JOBS = {
    "Invitation": lambda email: tasks.mail_invitation.enqueue(
        Invitation.objects.get(email=email).pk
    ),
    "A new password": lambda email: tasks.offer_new_password.enqueue(email, "fr"),
    "A change of the account": lambda email: tasks.send_now.enqueue(
        "password_changed", email, {}, "fr"
    ),
}


@pytest.mark.usefixtures("queued", "as_team")
@pytest.mark.parametrize("subject", JOBS)
def test_a_mail_about_an_account_is_tried_again_shown_and_sent_by_hand(
    client, committed, editor, dead, subject
):
    invite(editor.email, [], None, "fr")
    JOBS[subject](editor.email)
    shown = []

    for _ in range(6):
        work()
        answer = client.get(reverse("moderation_mails"))
        shown.append([(j.to, j.given_up) for j in answer.context["jobs"]])
    [job] = answer.context["jobs"]
    dead()
    sent_again = reverse("moderation_job_again", args=[job.pk])
    committed(client.post, sent_again)
    work()

    assert shown == [[(editor.email, False)]] * 5 + [[(editor.email, True)]]
    assert [message.to for message in outbox.outbox] == [[editor.email]]
    assert client.get(reverse("moderation_mails")).context["jobs"] == []
    assert client.post(sent_again).status_code == 404
