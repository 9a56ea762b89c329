"""Letters to people: come and take these roles."""

import re
import smtplib
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from network.users import invitations, tasks
from network.users.models import Invitation, User
from tests.accounts import PASSWORD, person, sign_in, who
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ADDRESS = "ada@example.org"
NEW = {
    "first_name": "Ada",
    "last_name": "L.",
    "language": "en",
    "password1": "une-nouvelle-porte",
    "password2": "une-nouvelle-porte",
}


@pytest.fixture
def maria(home):
    """Somebody who invites."""
    return UserFactory(email="maria@example.org", first_name="Maria")


def group(name):
    return Group.objects.get_or_create(name=name)[0]


@pytest.fixture
def invite(maria, django_capture_on_commit_callbacks):
    """Invite somebody; gives the path of the link that was sent."""

    def invite(*names, email=ADDRESS, language="fr", **options):
        groups = [group(name) for name in names or ["Metz"]]
        with django_capture_on_commit_callbacks(execute=True):
            invitations.invite(email, groups, maria, language, **options)
        return link_in(mail.outbox[-1])

    return invite


def link_in(message):
    found = re.search(r"http://testserver(/account/invitation/\w+/)", message.body)
    return found and found[1]


def roles(owner):
    return sorted(owner.groups.values_list("name", flat=True))


def told(instance):
    """The log of somebody or something: what was done, and by whom."""
    entries = ModelLogEntry.objects.for_instance(instance).order_by("pk")
    return [(entry.action, entry.user and entry.user.email) for entry in entries]


# --- The mail --------------------------------------------------------------


def test_an_invitation_is_mailed_as_text_and_html_with_the_role_and_who_invites(invite):
    link = invite("Metz : rédaction", "L'atelier")

    [message] = mail.outbox
    [(html, kind)] = message.alternatives
    page = BeautifulSoup(html, "html.parser")
    assert (message.to, message.subject, kind) == (
        [ADDRESS],
        "Invitation à écrire sur Code Source",
        "text/html",
    )
    for text in (message.body, page.get_text(" ", strip=True)):
        assert "Maria vous invite" in text
        assert "Metz : rédaction" in text
        assert "L'atelier" in text
        assert link in text
    assert page.html["lang"] == "fr"
    assert page.select_one("a.button")["href"] == f"http://testserver{link}"


def test_it_speaks_the_language_of_whoever_is_invited(invite):
    invite(language="en")

    [message] = mail.outbox
    assert message.subject == "You are invited to Code Source"
    assert '<html lang="en">' in message.alternatives[0][0]


def test_it_leaves_when_all_is_saved_and_not_before(
    maria, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        invitations.invite(ADDRESS, [group("Metz")], maria, "fr")

    assert mail.outbox == []
    assert len(callbacks) == 1


def test_a_mail_server_that_fails_is_tried_again_later_and_nothing_is_lost(
    invite, settings, monkeypatch
):
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
    }
    backend = tasks.mail_invitation.get_backend()
    invitations.invite(ADDRESS, [group("Metz")], None, "fr")
    invitation = Invitation.objects.get()

    def fails(*args):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "send_messages", fails)
    tasks.mail_invitation.call(invitation.pk)
    invitation.refresh_from_db()

    [later] = backend.results
    minutes = (later.task.run_after - timezone.now()).total_seconds() / 60
    assert (later.args, later.kwargs) == ([invitation.pk], {"tries": 1})
    assert round(minutes) == 1
    assert invitation.mailed is None
    monkeypatch.undo()
    tasks.mail_invitation.call(*later.args, **later.kwargs)
    invitation.refresh_from_db()
    assert invitation.mailed
    assert link_in(mail.outbox[-1])


def test_in_the_end_the_failure_is_shown(invite, monkeypatch):
    invite()

    def fails(*args):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "send_messages", fails)

    with pytest.raises(smtplib.SMTPServerDisconnected):
        tasks.mail_invitation.call(Invitation.objects.get().pk, tries=5)


def test_nobody_who_reads_the_database_finds_the_link(invite, settings):
    token = invite().split("/")[-2]

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM users_invitation")
        kept = str(cursor.fetchall())
    invitation = Invitation.objects.get()
    settings.SECRET_KEY = "that of somebody who has stolen the database only"

    assert token not in kept
    assert invitation.token != token


# --- One invitation for each address ---------------------------------------


def test_a_second_invitation_replaces_the_first_whose_link_dies(invite):
    first = invite("Metz : rédaction")
    second = invite("Metz : responsables", email="ADA@example.org", language="en")

    invitation = Invitation.objects.get()
    assert roles(invitation) == ["Metz : responsables"]
    assert invitation.language == "en"
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200


def test_a_city_s_invitation_leaves_alone_what_another_city_offers(invite):
    invite("Lille")
    ours = [group("Metz"), group("Metz : responsables")]

    invite("Metz", among=ours)
    invite("Metz : responsables", among=ours)

    assert roles(Invitation.objects.get()) == ["Lille", "Metz : responsables"]


def test_an_invitation_is_sent_again_with_a_new_link(
    invite, maria, django_capture_on_commit_callbacks
):
    first = invite()
    Invitation.objects.update(expires=timezone.now() - timedelta(days=1))

    with django_capture_on_commit_callbacks(execute=True):
        invitations.send_again(Invitation.objects.get(), maria)

    second = link_in(mail.outbox[-1])
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200


def test_an_invitation_that_was_taken_back_is_no_longer_good(invite, maria):
    link = invite()

    invitations.revoke(Invitation.objects.get(), maria)

    assert Client().get(link).status_code == 410
    assert not Invitation.objects.open().exists()


def test_a_city_takes_back_only_what_it_offers(invite, maria):
    link = invite("Lille", "Metz")

    invitations.revoke(Invitation.objects.get(), maria, among=[group("Metz")])

    assert roles(Invitation.objects.get()) == ["Lille"]
    assert Client().get(link).status_code == 200


def test_nothing_can_be_taken_back_by_who_offers_nothing(invite, maria):
    invite("Lille")

    invitations.revoke(Invitation.objects.get(), maria, among=[])

    assert roles(Invitation.objects.get()) == ["Lille"]


def test_an_invitation_can_be_followed_by_another_once_it_is_answered(invite, maria):
    invite()
    invitations.revoke(Invitation.objects.get(), maria)

    link = invite()

    assert Client().get(link).status_code == 200
    assert Invitation.objects.count() == 2


# --- Somebody who has an account -------------------------------------------


def shown(answer):
    """What a page says and offers."""
    main = BeautifulSoup(answer.content, "html.parser").main
    return main.get_text(" ", strip=True), [a["href"] for a in main.select("a")]


def test_who_has_an_account_gets_no_role_before_she_takes_it(client, invite):
    ada = person(ADDRESS)
    ada.groups.add(group("Lille"))

    link = invite("Metz")
    before = roles(ada)
    sign_in(client, ADDRESS)
    asked = client.get(link)
    looked = roles(ada)
    answer = client.post(link)

    assert (before, looked) == (["Lille"], ["Lille"])
    assert "Metz" in shown(asked)[0]
    assert answer["Location"] == "/admin/"
    assert roles(ada) == ["Lille", "Metz"]
    assert not Invitation.objects.open().exists()
    assert told(ada) == [("network.accept", ADDRESS)]
    assert client.post(link).status_code == 410


def test_the_link_leads_her_to_sign_in_and_back(client, invite):
    ada = person(ADDRESS)
    link = invite("Metz")

    [door] = shown(client.get(link))[1]
    answer = client.post(door, {"login": ADDRESS, "password": PASSWORD})
    client.post(answer["Location"])

    assert (door, answer["Location"]) == (f"/account/login/?next={link}", link)
    assert roles(ada) == ["Metz"]


def test_nobody_else_takes_it_for_her_signed_in_or_not(client, invite):
    ada, other = person(ADDRESS), person("other@example.org")
    link = invite("Metz")

    Client().post(link, NEW)
    sign_in(client, other.email)
    client.post(link, NEW)
    [door] = shown(client.get(link))[1]

    assert door == f"/account/logout/?next={link}"
    assert (roles(ada), roles(other)) == ([], [])
    assert sign_in(Client(), ADDRESS, NEW["password1"]).status_code == 200
    assert Invitation.objects.open().exists()


def test_her_mail_says_to_sign_in_and_that_of_others_to_choose_a_password(invite):
    UserProfile.objects.create(user=person(ADDRESS), preferred_language="en")

    invite("Metz")
    invite("Metz", email="new@example.org", language="en")

    hers, new = [message.body for message in mail.outbox]
    assert ("as you always do" in hers, "choose a password" in hers) == (True, False)
    assert ("as you always do" in new, "choose a password" in new) == (False, True)


def test_she_is_told_in_the_language_of_her_tools(invite):
    UserProfile.objects.create(user=person(ADDRESS), preferred_language="en")

    invite("Metz", language="fr")

    assert mail.outbox[0].subject == "You are invited to Code Source"


def test_an_account_that_was_closed_stays_closed_and_gets_no_role(client, invite):
    ada = person(ADDRESS, is_active=False)

    link = invite("Metz")
    invitation = Invitation.objects.get()
    theirs = reverse("accept_invitation", args=[invitation.token])
    client.post(theirs, NEW)

    ada.refresh_from_db()
    assert (ada.is_active, roles(ada), link) == (False, [], None)
    assert mail.outbox[0].subject == "Une invitation sur Code Source"
    assert "fermé" in mail.outbox[0].body
    assert "fermé" in shown(client.get(theirs))[0]


def test_of_an_invitation_nothing_tells_whether_there_is_an_account(invite):
    person("here@example.org")
    person("left@example.org", is_active=False)

    for name in ("here", "left", "new"):
        invite("Metz", email=f"{name}@example.org")

    rows = Invitation.objects.all()
    assert [(bool(row.mailed), row.accepted, row.is_late) for row in rows] == [
        (True, None, False)
    ] * 3


@pytest.mark.parametrize("account", [None, True, False])
def test_to_invite_costs_the_same_whoever_has_an_account(
    maria, account, django_assert_num_queries
):
    if account is not None:
        person(ADDRESS, is_active=account)
    ours = [group("Metz")]

    with django_assert_num_queries(13):
        invitations.invite(ADDRESS, ours, maria, "fr", among=ours)


# --- Accepting -------------------------------------------------------------


def test_who_is_invited_chooses_a_password_and_comes_in(client, invite):
    link = invite("Metz")

    asked = client.get(link)
    answer = client.post(link, NEW)

    ada = User.objects.get(email=ADDRESS)
    assert asked.context["form"]["language"].value() == "fr"
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert who(client) == ada.pk
    assert (str(ada), roles(ada)) == ("Ada L.", ["Metz"])
    assert ada.wagtail_userprofile.preferred_language == "en"
    assert (ada.is_staff, ada.is_superuser) == (False, False)
    assert sign_in(Client(), ADDRESS, NEW["password1"]).status_code == 302


def test_who_is_invited_reads_what_for_before_choosing_a_password(client, invite):
    page = client.get(invite("Metz : rédaction")).content.decode()

    assert "Metz\u00a0: rédaction" in page


def test_the_link_works_once(client, invite):
    link = invite()
    client.post(link, NEW)

    again = [Client().get(link), Client().post(link, NEW)]

    assert [answer.status_code for answer in again] == [410, 410]
    assert User.objects.filter(email=ADDRESS).count() == 1


def test_to_look_at_the_link_does_not_use_it_up(invite):
    """Programs that protect mailboxes open links before people do."""
    link = invite()

    statuses = [Client().get(link).status_code for _ in range(3)]

    assert statuses == [200] * 3


def test_the_link_is_good_for_seven_days(invite, monkeypatch):
    link = invite()
    now = timezone.now()

    def status_after(days):
        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=days))
        return Client().get(link).status_code

    assert [status_after(days) for days in (6.9, 7.1)] == [200, 410]


def test_a_bad_link_is_answered_the_same_whatever_is_bad_about_it(invite, maria):
    used, late, revoked = (invite(email=f"{name}@x.org") for name in "abc")
    Client().post(used, NEW)
    Invitation.objects.filter(email="b@x.org").update(expires=timezone.now())
    invitations.revoke(Invitation.objects.get(email="c@x.org"), maria)
    links = [used, late, revoked, reverse("accept_invitation", args=["0" * 64])]

    answers = [Client().get(link) for link in links]

    assert [answer.status_code for answer in answers] == [410] * 4
    pages = {
        BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True)
        for answer in answers
    }
    assert len(pages) == 1
    assert "Cette invitation n’est plus valable" in pages.pop()


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"password1": "metz", "password2": "metz"}, "password1", "trop court"),
        (
            {"password1": "ada@example", "password2": "ada@example"},
            "password1",
            "trop semblable",
        ),
        ({"password2": "une-autre"}, "password2", "pas le même mot de passe"),
        ({"language": "de"}, "language", "Sélectionnez un choix valide"),
        ({"password1": ""}, "password1", "Champ requis"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(client, invite, typed, field, said):
    link = invite()

    answer = client.post(link, NEW | typed)

    assert said in " ".join(answer.context["form"].errors[field])
    assert not User.objects.filter(email=ADDRESS).exists()
    assert Client().get(link).status_code == 200


def test_the_link_is_kept_by_no_cache_and_told_to_no_other_site(client, invite):
    answer = client.get(invite())

    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Robots-Tag"] == "noindex"


def test_the_invitation_does_not_open_an_account_that_was_made_meanwhile(
    client, invite, monkeypatch
):
    link = invite("Metz")
    ada = person(ADDRESS)
    # Made after the form was asked for: only then it is found.
    unknown = iter([None])
    real = invitations.account_of
    monkeypatch.setattr(invitations, "account_of", lambda one: next(unknown, real(one)))

    answer = client.post(link, NEW)

    assert (answer.status_code, answer["Location"]) == (302, link)
    assert who(client) is None
    assert roles(ada) == []
    assert sign_in(Client(), ADDRESS, PASSWORD).status_code == 302


def test_who_is_signed_in_already_is_told_whom_the_invitation_is_for(client, invite):
    link = invite()
    before = client.get(link).content.decode()
    client.force_login(UserFactory(email="maria-luisa@example.org"))

    after = client.get(link).content.decode()

    assert "maria-luisa@example.org" not in before
    assert f"maria-luisa@example.org, et cette invitation est pour {ADDRESS}" in after


def test_who_accepts_in_a_browser_of_somebody_else_comes_in_as_herself(client, invite):
    other = person("other@example.org")
    sign_in(client, other.email)

    client.post(invite(), NEW)

    assert who(client) == User.objects.get(email=ADDRESS).pk


def test_a_machine_that_tries_many_passwords_is_stopped(client, invite):
    link = invite()

    statuses = [client.post(link, NEW | {"password2": "x"}) for _ in range(21)]

    assert [answer.status_code for answer in statuses] == [200] * 20 + [429]


# --- The log ---------------------------------------------------------------


def test_the_log_says_who_invited_sent_again_and_took_back(invite, maria):
    invite()
    invitation = Invitation.objects.get()
    invitations.send_again(invitation, maria)
    invitations.revoke(invitation, maria)

    assert told(invitation) == [
        ("network.invite", maria.email),
        ("network.invite_again", maria.email),
        ("network.revoke", maria.email),
    ]


def test_the_log_says_who_accepted(client, invite):
    client.post(invite(), NEW)

    assert told(User.objects.get(email=ADDRESS)) == [("network.accept", ADDRESS)]


# --- At the same time ------------------------------------------------------


def at_once(*jobs):
    """Do these in threads that begin together; gives what went wrong."""
    gate, faults = Barrier(len(jobs)), []

    def run(job):
        try:
            gate.wait(10)
            job()
        except Exception as fault:  # noqa: BLE001 - whatever it is, the test says so
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return faults


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_invite_the_same_person_at_once_make_one_invitation():
    """Without a lock one of them would get an error, or there would be two."""
    metz, lille = group("Metz"), group("Lille")
    managers = [UserFactory(), UserFactory()]

    def invites(manager, ours):
        return lambda: invitations.invite(ADDRESS, [ours], manager, "fr", among=[ours])

    for _ in range(10):
        faults = at_once(invites(managers[0], metz), invites(managers[1], lille))
        assert faults == []
        assert roles(Invitation.objects.get()) == ["Lille", "Metz"]
        assert Client().get(link_in(mail.outbox[-1])).status_code == 200
        Invitation.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_a_link_that_is_used_twice_at_once_makes_one_account():
    invitations.invite(ADDRESS, [group("Metz")], None, "fr")
    token = link_in(mail.outbox[0]).split("/")[-2]

    def accepts():
        invitations.accept(token, "une-nouvelle-porte", "fr")

    faults = at_once(accepts, accepts, accepts)

    assert [type(fault) for fault in faults] == [invitations.Gone] * 2
    assert roles(User.objects.get()) == ["Metz"]


@pytest.mark.django_db(transaction=True)
def test_an_invitation_while_the_first_is_being_accepted_offers_the_role_all_the_same():
    invitations.invite(ADDRESS, [group("Metz")], None, "fr")
    token = link_in(mail.outbox[0]).split("/")[-2]
    lille = group("Lille")

    faults = at_once(
        lambda: invitations.accept(token, "une-nouvelle-porte", "fr"),
        lambda: invitations.invite(ADDRESS, [lille], None, "fr", among=[lille]),
    )

    if faults:  # the second was quicker, and its link has replaced the first
        assert [type(fault) for fault in faults] == [invitations.Gone]
        invitations.accept(link_in(mail.outbox[-1]).split("/")[-2], "une-porte", "fr")
    else:
        invitations.take(Invitation.objects.open().get().token, User.objects.get())
    assert roles(User.objects.get()) == ["Lille", "Metz"]
