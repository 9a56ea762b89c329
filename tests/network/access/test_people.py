"""The screens about people: who works here, who is invited, and who may leave."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from network.access.people.reach import Reach
from network.access.roles import close_city_roles
from network.users import invitations
from network.users.models import Invitation, User
from tests.accounts import PASSWORD, person, second_factor, sign_in, who

pytestmark = pytest.mark.django_db

LIST = "/admin/people/"
METZ = ["Metz : rédaction", "Metz : responsables"]
TRANSLATION = ["Metz : traduction en anglais", "Metz : traduction en français"]


@pytest.fixture
def as_manager(client, manager):
    """The browser of whoever answers for Metz."""
    client.force_login(manager)
    return client


@pytest.fixture
def as_team(team_member):
    browser = Client()
    browser.force_login(team_member)
    return browser


@pytest.fixture
def neighbour(lille):
    """Somebody who writes for Lille."""
    return member("nora@example.org", "Lille : rédaction")


@pytest.fixture
def both(metz, lille):
    """Somebody who writes for Metz and for Lille."""
    return member("bea@example.org", "Metz : rédaction", "Lille : rédaction")


def member(email, *names):
    somebody = person(email)
    somebody.groups.set(Group.objects.filter(name__in=names))
    assert somebody.groups.count() == len(names)
    return somebody


def roles(owner):
    return sorted(owner.groups.values_list("name", flat=True))


def pk_of(name):
    return Group.objects.get(name=name).pk


def page(answer):
    return BeautifulSoup(answer.content, "html.parser")


def listed(answer):
    return {user.email for user in answer.context["object_list"]}


def invite(browser, capture, role="Metz : rédaction", email="ada@example.org"):
    data = {"email": email, "role": pk_of(role), "language": "fr"}
    with capture(execute=True):
        return browser.post(reverse("people:invite"), data)


def at(name, somebody):
    return reverse(f"people:{name}", args=[somebody.pk])


# --- Who sees whom ---------------------------------------------------------


def test_a_manager_sees_the_people_of_her_city_and_nobody_else(
    as_manager, manager, editor, both, neighbour
):
    root = person("root@example.org", is_superuser=True)

    answer = as_manager.get(LIST)

    assert listed(answer) == {manager.email, editor.email, both.email}
    for secret in (neighbour.email, root.email, "Lille"):
        assert secret not in answer.content.decode()


def test_the_team_sees_everybody(as_team, manager, neighbour, moderator, ada):
    assert listed(as_team.get(LIST)) == set(
        User.objects.values_list("email", flat=True)
    )


@pytest.mark.parametrize("who_asks", ["editor", "translator", "moderator"])
@pytest.mark.parametrize("name", ["index", "index_results", "invite"])
def test_nobody_else_has_these_screens(client, request, who_asks, name):
    client.force_login(request.getfixturevalue(who_asks))

    answer = client.get(reverse(f"people:{name}"))
    menu = client.get("/admin/").content.decode()

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert LIST not in menu


def test_a_manager_finds_them_in_the_menu(as_manager):
    assert LIST in as_manager.get("/admin/").content.decode()


def test_a_manager_whose_city_is_closed_has_no_screen_any_more(as_manager, metz):
    close_city_roles(metz)

    assert as_manager.get(LIST).status_code == 302


def test_the_list_says_what_each_may_do_here_and_only_that_there_is_an_elsewhere(
    as_manager, both, editor
):
    second_factor(editor)

    rows = {
        [cell.get_text(" ", strip=True) for cell in row.select("td")][1]: [
            cell.get_text(" ", strip=True) for cell in row.select("td")
        ]
        for row in page(as_manager.get(LIST)).select("table.listing tbody tr")
    }

    assert rows[both.email][2] == "Metz · Rédaction, et ailleurs"
    assert rows[editor.email][2] == "Metz · Rédaction"
    assert (rows[both.email][4], rows[editor.email][4]) == ("", "activé")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many_people_there_are(
    as_manager, manager, count, django_assert_max_num_queries
):
    for number in range(count):
        member(f"p{number}@example.org", *METZ, *TRANSLATION)
        groups = Group.objects.filter(name__in=METZ)
        invitations.invite(f"i{number}@example.org", groups, manager, "fr")

    with django_assert_max_num_queries(24):
        as_manager.get(LIST)


def test_somebody_is_found_by_her_name_or_address(as_manager, editor, both):
    answer = as_manager.get(reverse("people:index_results"), {"q": "BEA"})

    assert listed(answer) == {both.email}


@pytest.mark.parametrize("name", ["person", "close", "open", "free"])
def test_of_somebody_else_s_people_a_manager_learns_nothing_not_even_the_number(
    as_manager, neighbour, ada, name
):
    numbers = [neighbour.pk, ada.pk, 10**6]
    addresses = [reverse(f"people:{name}", args=[number]) for number in numbers]

    answers = [as_manager.get(address) for address in addresses]
    answers += [as_manager.post(address, {}) for address in addresses]

    assert {answer.url for answer in answers} == {reverse("wagtailadmin_home")}
    assert roles(neighbour) == ["Lille : rédaction"]


# --- Inviting --------------------------------------------------------------


def test_a_manager_invites_an_editor_of_her_city(
    as_manager, manager, django_capture_on_commit_callbacks
):
    answer = invite(as_manager, django_capture_on_commit_callbacks)

    invitation = Invitation.objects.get()
    assert answer["Location"] == LIST
    assert (invitation.email, invitation.invited_by) == ("ada@example.org", manager)
    assert roles(invitation) == ["Metz : rédaction"]
    assert [message.to for message in mail.outbox] == [["ada@example.org"]]
    shown = page(as_manager.get(LIST)).find("section").get_text(" ", strip=True)
    assert "ada@example.org Metz · Rédaction" in shown


def test_a_manager_offers_the_roles_of_her_city_and_no_others(
    as_manager, lille, network_roles
):
    form = as_manager.get(reverse("people:invite")).context["form"]

    labels = [label for _pk, label in form.fields["role"].choices]
    assert labels == [
        "Rédaction",
        "Responsable",
        "Traduction en français",
        "Traduction en anglais",
    ]


@pytest.mark.parametrize(
    "role", ["Lille : rédaction", "Modération", "Équipe du réseau"]
)
def test_s1_14_a_role_of_another_city_or_of_the_network_is_a_fault_of_the_form(
    as_manager, lille, network_roles, role, django_capture_on_commit_callbacks
):
    answer = invite(as_manager, django_capture_on_commit_callbacks, role)

    assert list(answer.context["form"].errors) == ["role"]
    assert not Invitation.objects.exists()
    assert mail.outbox == []


def test_the_answer_is_the_same_for_who_has_an_account_and_who_has_none(
    as_manager, neighbour, django_capture_on_commit_callbacks
):
    person("left@example.org", is_active=False)
    emails = ["ada@example.org", neighbour.email, "left@example.org"]

    answers = [
        invite(as_manager, django_capture_on_commit_callbacks, email=email)
        for email in emails
    ]

    messages = [message_of(as_manager, email) for email in emails]
    assert {(a.status_code, a["Location"]) for a in answers} == {(302, LIST)}
    assert messages == [f"L’invitation est en route vers {email}." for email in emails]
    assert roles(neighbour) == ["Lille : rédaction"]
    answer = as_manager.get(LIST)
    assert neighbour.email not in listed(answer)
    assert len({without_address(row) for row in rows_of(answer)}) == 1
    assert len(rows_of(answer)) == 3


def rows_of(answer):
    """The invitations that wait for an answer, as the manager reads them."""
    return page(answer).select("section[aria-labelledby=waiting] tbody tr")


def without_address(row):
    row.th.decompose()
    return row.get_text(" ", strip=True)


def message_of(browser, email):
    """The message that was shown about this address."""
    if not hasattr(browser, "shown"):
        answer = browser.get(LIST)
        browser.shown = [str(message).strip() for message in answer.context["messages"]]
    return next(message for message in browser.shown if email in message)


def test_the_team_invites_anybody_to_anything(
    as_team, metz, lille, django_capture_on_commit_callbacks
):
    form = as_team.get(reverse("people:invite")).context["form"]
    invite(as_team, django_capture_on_commit_callbacks, "Modération")

    places = [place for place, _roles in form.fields["role"].choices]
    assert places == ["", "Tout le réseau", "Metz", "Lille"]
    assert roles(Invitation.objects.get()) == ["Modération"]


def test_a_manager_who_sends_very_many_invitations_is_stopped(
    as_manager, django_capture_on_commit_callbacks
):
    answers = [
        invite(
            as_manager, django_capture_on_commit_callbacks, email=f"p{n}@example.org"
        )
        for n in range(31)
    ]

    assert [answer.status_code for answer in answers] == [302] * 30 + [200]
    assert Invitation.objects.count() == 30


def test_a_manager_sends_again_and_takes_back_the_invitations_of_her_city(
    as_manager, django_capture_on_commit_callbacks
):
    invite(as_manager, django_capture_on_commit_callbacks)
    invitation = Invitation.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        as_manager.post(at("send_again", invitation))
    sent = len(mail.outbox)
    as_manager.post(at("revoke", invitation))

    assert sent == 2
    assert not Invitation.objects.open().exists()


@pytest.mark.parametrize("name", ["send_again", "revoke"])
def test_of_another_city_s_invitation_she_learns_nothing(
    as_manager, lille, manager, name
):
    groups = Group.objects.filter(name="Lille : rédaction")
    invitations.invite("ada@example.org", groups, None, "fr")
    theirs = Invitation.objects.get()

    answers = [
        getattr(as_manager, method)(reverse(f"people:{name}", args=[number]))
        for method in ("get", "post")
        for number in (theirs.pk, 10**6)
    ]

    assert {answer.url for answer in answers} == {reverse("wagtailadmin_home")}
    assert "ada@example.org" not in as_manager.get(LIST).content.decode()
    assert Invitation.objects.open().get() == theirs


def test_of_an_invitation_to_two_cities_each_sees_and_takes_back_its_own(
    as_manager, lille, as_team, django_capture_on_commit_callbacks
):
    invite(as_team, django_capture_on_commit_callbacks, "Lille : rédaction")
    invite(as_manager, django_capture_on_commit_callbacks)
    shared = Invitation.objects.get()

    seen = as_manager.get(LIST).content.decode()
    as_manager.post(at("revoke", shared))

    assert "ada@example.org" in seen
    assert "Lille" not in seen
    assert roles(Invitation.objects.open().get()) == ["Lille : rédaction"]


def test_a_look_at_the_question_does_nothing_yet(
    as_manager, editor, django_capture_on_commit_callbacks
):
    invite(as_manager, django_capture_on_commit_callbacks)
    invitation = Invitation.objects.get()

    for name, about in [
        ("close", editor),
        ("send_again", invitation),
        ("revoke", invitation),
    ]:
        assert as_manager.get(at(name, about)).status_code == 200

    editor.refresh_from_db()
    assert editor.is_active
    assert Invitation.objects.open().get().token == invitation.token


# --- Changing and closing --------------------------------------------------


def test_a_manager_changes_what_somebody_does_in_her_city(as_manager, editor):
    chosen = [pk_of(name) for name in (METZ[1], TRANSLATION[0])]

    as_manager.post(at("person", editor), {"roles": chosen})

    assert roles(editor) == [METZ[1], TRANSLATION[0]]


def test_s1_14_she_cannot_give_a_role_of_another_city(as_manager, editor, lille):
    chosen = [pk_of(METZ[0]), pk_of("Lille : rédaction")]

    answer = as_manager.post(at("person", editor), {"roles": chosen})

    assert list(answer.context["form"].errors) == ["roles"]
    assert roles(editor) == [METZ[0]]


def test_somebody_who_works_for_one_city_only_keeps_a_role_or_her_account_is_closed(
    as_manager, editor
):
    answer = as_manager.post(at("person", editor), {"roles": []})

    assert "fermez le compte" in answer.context["form"].errors["roles"][0]
    assert roles(editor) == [METZ[0]]


def test_of_somebody_who_works_elsewhere_too_a_manager_takes_only_her_own_roles(
    as_manager, both
):
    shown = as_manager.get(at("person", both)).content.decode()
    refused = as_manager.post(at("close", both))
    as_manager.post(at("person", both), {"roles": []})

    both.refresh_from_db()
    assert "travaille aussi hors de votre collectivité" in shown
    assert at("close", both) not in shown
    assert refused.status_code == 302
    assert both.is_active
    assert roles(both) == ["Lille : rédaction"]


def test_a_manager_closes_an_account_and_opens_it_again(as_manager, editor):
    editor.set_password(PASSWORD)
    editor.save()
    hers = Client()
    sign_in(hers, editor.email)
    assert who(hers) == editor.pk

    as_manager.post(at("close", editor))
    closed = [hers.get("/admin/").status_code, sign_in(Client(), editor.email)]
    as_manager.post(at("open", editor))

    assert (closed[0], closed[1].status_code) == (302, 200)
    assert sign_in(Client(), editor.email).status_code == 302
    assert roles(editor) == [METZ[0]]


def test_a_manager_does_not_open_what_the_team_has_closed(
    as_manager, as_team, manager, editor
):
    as_team.post(at("close", editor))

    shown = as_manager.get(at("person", editor)).content.decode()
    as_manager.post(at("open", editor))
    editor.refresh_from_db()
    opened = [editor.is_active]
    as_team.post(at("open", editor))
    editor.refresh_from_db()
    opened.append(editor.is_active)

    assert at("open", editor) not in shown
    assert opened == [False, True]


@pytest.mark.parametrize("name", ["close", "person"])
def test_nobody_closes_her_own_account_or_changes_her_own_roles(
    as_manager, manager, as_team, team_member, name
):
    answers = [
        as_manager.post(at(name, manager), {"roles": []}),
        as_team.post(at(name, team_member), {"roles": []}),
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert roles(manager) == [METZ[1]]
    assert roles(team_member) == ["Équipe du réseau"]
    assert User.objects.filter(is_active=False).count() == 0


def test_a_superuser_is_beyond_the_reach_of_managers_and_of_the_team(
    as_manager, as_team, metz
):
    root = member("root@example.org", METZ[0])
    root.is_superuser = True
    root.save()

    answers = [
        (as_manager.get(at("person", root)), as_manager.post(at("close", root))),
        (as_team.get(at("person", root)), as_team.post(at("close", root))),
    ]

    root.refresh_from_db()
    assert {answer.url for answer in answers[0]} == {reverse("wagtailadmin_home")}
    assert [answer.status_code for answer in answers[1]] == [200, 302]
    assert root.is_active


def test_the_team_changes_roles_of_several_cities(as_team, both, network_roles):
    chosen = [pk_of("Lille : rédaction"), pk_of("Modération")]

    as_team.post(at("person", both), {"roles": chosen})

    assert roles(both) == ["Lille : rédaction", "Modération"]


def test_the_log_says_who_did_what_to_an_account(as_manager, manager, editor):
    as_manager.post(at("person", editor), {"roles": [pk_of(METZ[1])]})
    as_manager.post(at("close", editor))
    as_manager.post(at("open", editor))

    entries = ModelLogEntry.objects.for_instance(editor).order_by("pk")
    assert [(entry.action, entry.user) for entry in entries] == [
        ("network.change_roles", manager),
        ("network.deactivate", manager),
        ("network.reactivate", manager),
    ]
    shown = page(as_manager.get(at("person", editor))).main.get_text(" ", strip=True)
    for said in ("Rôles changés", "Compte fermé", "Compte rouvert", manager.email):
        assert said in shown


def test_what_was_done_elsewhere_to_somebody_stays_there(as_manager, as_team, both):
    as_team.post(at("close", both))

    assert "Compte fermé" not in as_manager.get(at("person", both)).content.decode()
    assert "Compte fermé" in as_team.get(at("person", both)).content.decode()


def test_nobody_who_stands_in_a_history_is_deleted_not_even_by_the_team(
    as_team, editor
):
    bulk = reverse("wagtail_bulk_action", args=["users", "user", "delete"])

    as_team.post(reverse("wagtailusers_users:delete", args=[editor.pk]))
    as_team.post(f"{bulk}?id={editor.pk}")

    assert User.objects.filter(pk=editor.pk).exists()


# --- D16 -------------------------------------------------------------------


def test_d16_nobody_but_the_team_may_touch_accounts_by_django_s_own_permissions(
    metz, network_roles
):
    """Whoever may change users gives herself a superuser's address and password."""
    guarded = Permission.objects.filter(
        content_type__app_label__in=["auth", "users", "account", "mfa", "wagtailusers"]
    )

    holders = Group.objects.filter(permissions__in=guarded).distinct()

    assert [group.name for group in holders] == ["Équipe du réseau"]


def test_d16_wagtail_s_own_screens_about_people_are_for_the_team(
    as_manager, as_team, editor
):
    places = [reverse("wagtailusers_users:index"), reverse("wagtailusers_groups:index")]
    places.append(reverse("wagtailusers_users:edit", args=[editor.pk]))

    assert [as_manager.get(place).status_code for place in places] == [302] * 3
    assert [as_team.get(place).status_code for place in places] == [200] * 3


# --- Wagtail's own list, for the team --------------------------------------


NAMES = {"email": "Murray@Example.org", "first_name": "Grace", "last_name": "H."}


def test_the_team_corrects_a_name_and_an_address_and_wagtail_notes_it(
    as_team, team_member, editor
):
    place = reverse("wagtailusers_users:edit", args=[editor.pk])

    links = page(as_team.get(at("person", editor))).main.select("p a")
    form = as_team.get(place).context["form"]
    as_team.post(place, NAMES)

    editor.refresh_from_db()
    entry = ModelLogEntry.objects.for_instance(editor).get()
    assert [link["href"] for link in links] == [place]
    assert set(form.fields) == {"email", "first_name", "last_name"}
    assert (editor.email, str(editor)) == ("murray@example.org", "Grace H.")
    assert (entry.action, entry.user) == ("wagtail.edit", team_member)


def test_wagtail_s_form_closes_no_account_and_changes_no_role_or_password(
    as_team, team_member, editor
):
    place = reverse("wagtailusers_users:edit", args=[editor.pk])
    before = roles(editor)
    team = pk_of("Équipe du réseau")
    password = {"password1": "une-longue-porte", "password2": "une-longue-porte"}

    as_team.post(place, NAMES | password | {"groups": team, "is_superuser": "on"})

    kept = User.objects.get(pk=editor.pk)
    assert (kept.is_active, kept.is_superuser, roles(kept)) == (True, False, before)
    assert kept.password == editor.password


def test_the_team_corrects_its_own_address_and_not_a_superuser_s(as_team, team_member):
    root = person("root@example.org", is_superuser=True)

    for somebody, email in ((root, "mine@example.org"), (team_member, "new@x.org")):
        place = reverse("wagtailusers_users:edit", args=[somebody.pk])
        as_team.post(place, NAMES | {"email": email})

    assert User.objects.get(pk=root.pk).email == "root@example.org"
    assert User.objects.get(pk=team_member.pk).email == "new@x.org"
    assert not page(as_team.get(at("person", root))).main.select("p a")


def test_nobody_is_added_as_a_copy_of_somebody_else(as_team, editor):
    """Its form made superusers, with a password that whoever typed it knows."""
    people = set(User.objects.values_list("email", flat=True))
    new = {**NAMES, "is_superuser": "on", "is_active": "on"}
    words = dict.fromkeys(["password1", "password2"], "not a long time ago")
    listed = reverse("wagtailusers_users:index")

    answer = as_team.post(f"{listed}copy/{editor.pk}/", new | words)

    assert answer.status_code == 404
    assert set(User.objects.values_list("email", flat=True)) == people


def test_nobody_comes_in_without_an_invitation(as_team):
    place = reverse("wagtailusers_users:add")
    password = {"password1": "une-longue-porte", "password2": "une-longue-porte"}

    answers = [as_team.get(place), as_team.post(place, NAMES | password)]

    assert {answer["Location"] for answer in answers} == {reverse("people:invite")}
    assert not User.objects.filter(email="murray@example.org").exists()


@pytest.mark.parametrize(
    ("action", "data"),
    [("set_active_state", {"mark_as_active": "False"}), ("assign_role", {"role": ""})],
)
def test_many_accounts_are_not_closed_or_given_a_role_at_once(
    as_team, editor, action, data
):
    place = reverse("wagtail_bulk_action", args=["users", "user", action])
    before = roles(editor)
    data = {name: value or pk_of("Équipe du réseau") for name, value in data.items()}

    answer = as_team.post(f"{place}?id={editor.pk}", data)

    assert answer["Location"] == reverse("people:index")
    assert User.objects.get(pk=editor.pk).is_active
    assert roles(editor) == before


def test_the_menu_leads_to_our_screens_alone(as_team):
    menu = as_team.get("/admin/").content.decode()

    assert (LIST in menu, reverse("wagtailusers_users:index") in menu) == (True, False)


def test_reach_is_empty_for_who_answers_for_nobody(editor, moderator, manager, ada):
    reaches = [Reach(user).is_empty for user in (editor, moderator, manager, ada)]

    assert reaches == [True, True, False, False]
