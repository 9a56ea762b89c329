"""A code from a phone, asked after the password."""

from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from bs4 import BeautifulSoup
from cryptography.fernet import InvalidToken
from django.core import mail
from django.test import Client
from django.urls import reverse

from network.access.second_factor import must_switch_it_on
from network.users import qr, sealing
from tests.accounts import PASSWORD, code, person, recovery_codes, second_factor, who
from tests.accounts import sign_in as sign_in_with

pytestmark = pytest.mark.django_db

ADMIN = "/admin/"


@pytest.fixture
def grace(home):
    return person("grace@example.org", is_superuser=True)


@pytest.fixture
def secret(grace):
    return second_factor(grace)


def sign_in(client, somebody):
    return sign_in_with(client, somebody.email)


def type_code(client, typed, name="mfa_authenticate"):
    return client.post(reverse(name), {"code": typed})


def text(answer):
    return BeautifulSoup(answer.content, "html.parser").main.get_text(" ", strip=True)


# --- On the way in ---------------------------------------------------------


def test_the_password_alone_does_not_let_in_who_has_a_second_factor(
    client, grace, secret
):
    answer = sign_in(client, grace)

    assert answer["Location"] == reverse("mfa_authenticate")
    assert who(client) is None
    assert client.get(ADMIN).status_code == 302


def test_the_password_and_the_code_do(client, grace, secret):
    sign_in(client, grace)

    answer = type_code(client, code(secret))

    assert (answer["Location"], who(client)) == (ADMIN, grace.pk)


@pytest.mark.parametrize(("periods", "status"), [(-1, 302), (1, 302), (-3, 200)])
def test_a_code_is_good_for_half_a_minute_more_on_either_side(
    client, grace, secret, periods, status
):
    sign_in(client, grace)

    assert type_code(client, code(secret, periods)).status_code == status


def test_s1_28_a_code_that_was_used_is_used_up(grace, secret):
    first, second = Client(), Client()
    sign_in(first, grace)
    sign_in(second, grace)
    shown = code(secret)

    type_code(first, shown)
    answer = type_code(second, f" {shown[:3]} {shown[3:]}")

    assert (who(first), who(second)) == (grace.pk, None)
    assert "n’est pas le bon, ou il a déjà servi" in text(answer)


def test_s1_28_a_code_is_used_up_for_as_long_as_it_is_good(grace, secret, monkeypatch):
    """allauth's own memory of it is shorter than what it tolerates."""
    shown, browsers = code(secret, 1), [Client(), Client()]
    for browser in browsers:
        sign_in(browser, grace)
    type_code(browsers[0], shown)
    monkeypatch.setattr(TOTP, "_mark_code_used", lambda totp, code: bool(totp and code))

    type_code(browsers[1], shown)

    assert [who(browser) for browser in browsers] == [grace.pk, None]


def test_s1_28_after_five_wrong_codes_even_the_right_one_is_refused(
    client, grace, secret
):
    sign_in(client, grace)

    statuses = [type_code(client, "000000").status_code for _ in range(6)]

    assert statuses == [200] * 5 + [429]
    assert type_code(client, code(secret)).status_code == 429
    assert who(client) is None


def test_a_recovery_code_lets_in_once(grace, secret):
    [spare, *others] = recovery_codes(grace)
    browsers = [Client(), Client()]

    for browser in browsers:
        sign_in(browser, grace)
        type_code(browser, spare)

    assert [who(browser) for browser in browsers] == [grace.pk, None]
    assert recovery_codes(grace) == others
    assert len(others) == 9


def test_a_new_password_does_not_go_round_the_second_factor(client, grace, secret):
    client.post(reverse("account_reset_password"), {"email": grace.email})
    link = mail.outbox[0].body.split("http://testserver")[1].split()[0]
    form = client.get(link, follow=True).request["PATH_INFO"]
    client.post(form, {"password1": "une-autre-porte", "password2": "une-autre-porte"})

    answer = sign_in_with(client, grace.email, "une-autre-porte")

    assert answer["Location"] == reverse("mfa_authenticate")
    assert who(client) is None


# --- Switching it on and off -----------------------------------------------


def switch_on(client):
    """Read the secret as a phone would, and type the code it shows."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    return secret, type_code(client, code(secret), "mfa_activate_totp")


def test_somebody_switches_it_on_with_her_phone(
    client, grace, django_capture_on_commit_callbacks
):
    sign_in(client, grace)

    with django_capture_on_commit_callbacks(execute=True):
        secret, answer = switch_on(client)

    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    codes = text(client.get(answer["Location"]))
    assert [spare for spare in recovery_codes(grace) if spare not in codes] == []
    assert [message.subject for message in mail.outbox] == [
        "Votre second facteur pour Code Source est activé"
    ]
    later = Client()
    assert sign_in(later, grace)["Location"] == reverse("mfa_authenticate")
    type_code(later, code(secret, 1))
    assert who(later) == grace.pk


def test_the_page_has_the_secret_as_a_drawing_as_a_link_and_in_letters(client, grace):
    sign_in(client, grace)

    answer = client.get(reverse("mfa_activate_totp"))

    page = BeautifulSoup(answer.content, "html.parser").main
    secret = answer.context["form"].secret
    link = page.find("a", href=lambda address: address.startswith("otpauth:"))["href"]
    assert f"secret={secret}" in link
    assert "issuer=Code%20Source" in link
    assert page.select_one(".secret").text.replace(" ", "") == secret
    assert page.select("svg.qr path")[1]["d"] == qr.drawing(link)["path"]
    assert page.find("img") is page.find("script") is None


def test_a_wrong_code_does_not_switch_it_on(client, grace):
    sign_in(client, grace)
    client.get(reverse("mfa_activate_totp"))

    answer = type_code(client, "000000", "mfa_activate_totp")

    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_who_has_not_just_come_in_says_her_password_again(client, grace, monkeypatch):
    sign_in(client, grace)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 301
    session.save()
    there = reverse("mfa_activate_totp")

    asked = client.get(there)["Location"]
    wrong = client.post(asked, {"password": "wrong"})
    right = client.post(asked, {"password": PASSWORD})

    assert asked == f"{reverse('account_reauthenticate')}?next={quote(there, '')}"
    assert "Ce n’est pas votre mot de passe." in text(wrong)
    assert right["Location"] == there
    assert client.get(there).status_code == 200


def test_it_is_switched_off_and_somebody_is_told(
    client, grace, secret, django_capture_on_commit_callbacks
):
    sign_in(client, grace)
    type_code(client, code(secret))

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_deactivate_totp"))

    assert answer["Location"] == reverse("mfa_index")
    assert not Authenticator.objects.exists()
    assert [message.subject for message in mail.outbox] == [
        "Votre second facteur pour Code Source est désactivé"
    ]


def test_new_recovery_codes_replace_the_old_ones(client, grace, secret):
    before = recovery_codes(grace)
    sign_in(client, grace)
    type_code(client, code(secret))

    client.post(reverse("mfa_generate_recovery_codes"))

    assert set(before).isdisjoint(recovery_codes(grace))
    saved = client.get(reverse("mfa_download_recovery_codes")).content.decode()
    assert [spare for spare in recovery_codes(grace) if spare not in saved] == []


# --- Where it is required --------------------------------------------------


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.mark.parametrize("who_asks", ["moderator", "team_member", "ada"])
def test_s1_27_who_may_approve_switches_it_on_before_anything_else(
    client, request, who_asks, required
):
    client.force_login(request.getfixturevalue(who_asks))
    places = [ADMIN, reverse("wagtailadmin_explore_root"), "/admin/api/main/pages/"]

    answers = [client.get(place) for place in places]
    posted = client.post(reverse("wagtailadmin_account"), {})

    there = reverse("mfa_activate_totp")
    assert [answer["Location"] for answer in [*answers, posted]] == [there] * 4


@pytest.mark.parametrize("who_asks", ["editor", "manager", "translator"])
def test_s1_27_it_is_offered_to_city_people_and_not_required_of_them(
    client, request, who_asks, required
):
    client.force_login(request.getfixturevalue(who_asks))

    assert client.get(ADMIN).status_code == 200
    assert reverse("mfa_index") in client.get("/admin/account/").content.decode()


def test_a_moderator_who_has_one_works_as_usual(client, moderator, required):
    second_factor(moderator)
    client.force_login(moderator)

    assert client.get(ADMIN).status_code == 200


def test_a_moderator_without_one_may_sign_out(client, moderator, required):
    client.force_login(moderator)

    client.post(reverse("wagtailadmin_logout"))

    assert who(client) is None


def test_readers_are_asked_for_nothing(client, home, required):
    assert client.get(home.url).status_code == 200


def test_nobody_is_led_away_where_it_is_not_required(client, moderator):
    client.force_login(moderator)

    assert client.get(ADMIN).status_code == 200


def test_it_costs_one_question_to_who_has_one(
    client, moderator, required, django_assert_num_queries
):

    second_factor(moderator)

    with django_assert_num_queries(1):
        assert must_switch_it_on(moderator) is False


# --- Secrets ---------------------------------------------------------------


def test_the_secret_cannot_be_read_in_the_database(grace, secret):
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert secret not in kept


def test_what_was_sealed_is_opened_by_the_key_of_yesterday_too(settings):
    sealed = sealing.seal("JBSWY3DP")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "new"

    assert sealing.unseal(sealed) == "JBSWY3DP"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        sealing.unseal(sealed)


# --- Lost phones -----------------------------------------------------------


def test_the_team_frees_who_lost_her_phone_and_a_manager_cannot(
    client, team_member, manager, editor
):
    second_factor(editor)
    free = reverse("people:free", args=[editor.pk])

    client.force_login(manager)
    refused = client.post(free).status_code
    still = Authenticator.objects.filter(user=editor).count()
    client.force_login(team_member)
    client.post(free)

    assert (refused, still) == (302, 2)
    assert not Authenticator.objects.filter(user=editor).exists()
