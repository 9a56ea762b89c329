"""The one door: an address and a password, tried a few times and no more."""

import re
import time

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.core.checks import run_checks
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.users.models import UserProfile

from network.users.models import User
from tests.accounts import PASSWORD, person, sign_in, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def grace(home):
    return person("grace@example.org", is_superuser=True)


def said(answer):
    """What a form says is wrong, and nothing else."""
    found = BeautifulSoup(answer.content, "html.parser").select(".errorlist li")
    return [" ".join(error.text.split()) for error in found]


# --- Coming in -------------------------------------------------------------


@pytest.mark.parametrize("typed", ["grace@example.org", "GRACE@example.org"])
def test_somebody_comes_in_with_her_address_and_her_password(client, grace, typed):
    answer = sign_in(client, typed)

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert who(client) == grace.pk


def test_she_lands_where_she_was_going(client, grace):
    there = reverse("wagtailadmin_explore_root")

    door = client.get(there)["Location"]
    data = {"login": grace.email, "password": PASSWORD, "next": there}
    answer = client.post(door, data)

    assert door == f"/account/login/?next={there}"
    assert answer["Location"] == there


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https:evil.example", "https://evil.example/x"]
)
def test_nobody_can_be_sent_to_another_site_by_the_door(client, grace, elsewhere):
    data = {"login": grace.email, "password": PASSWORD, "next": elsewhere}

    answer = client.post(reverse("account_login"), data)

    assert answer["Location"] == "/admin/"


def test_the_session_is_a_new_one_after_coming_in(client, grace):
    client.get(reverse("account_login") + "?language=fr")
    session = client.session
    session["before"] = "yes"
    session.save()
    client.cookies["sessionid"] = before = session.session_key

    sign_in(client, grace.email)

    assert client.cookies["sessionid"].value != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_session_ends_eight_hours_after_the_last_click_and_a_day_after_the_first(
    client, grace, monkeypatch
):
    sign_in(client, grace.email)
    cookie = client.cookies["sessionid"]
    client.get(reverse("wagtailadmin_home"))
    now = time.time()

    def status_after(hours):
        monkeypatch.setattr(time, "time", lambda: now + hours * 3600)
        return client.get(reverse("wagtailadmin_home")).status_code

    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (
        8 * 3600,
        True,
        "Lax",
    )
    assert [status_after(hours) for hours in (1, 12, 23.9)] == [200] * 3
    assert status_after(24.1) == 302


def test_a_click_now_and_then_prolongs_the_session_and_costs_little(
    client, grace, monkeypatch
):
    sign_in(client, grace.email)
    client.get(reverse("wagtailadmin_home"))
    now = time.time()
    renewed = []

    for minutes in (1, 9, 11, 12):
        monkeypatch.setattr(time, "time", lambda m=minutes: now + m * 60)
        renewed.append("sessionid" in client.get(reverse("wagtailadmin_home")).cookies)

    assert renewed == [False, False, True, False]


def test_a_reader_has_no_session(client, home):
    assert client.get(home.url).cookies == {}
    assert Session.objects.count() == 0


def test_who_has_no_role_any_more_is_told_so_and_not_sent_round_and_round(client, home):
    left = person("left@example.org")

    sign_in(client, left.email)
    answer = client.get("/admin/", follow=True)

    assert (answer.status_code, len(answer.redirect_chain)) == (403, 1)
    assert "vous n’avez plus de rôle" in answer.content.decode()


# --- Not coming in ---------------------------------------------------------


def test_the_answer_is_the_same_whoever_has_an_account(client, grace):
    person("left@example.org", is_active=False)
    tries = [(grace.email, "wrong"), ("nobody@example.org", "wrong")]
    tries += [("left@example.org", PASSWORD), ("left@example.org", "wrong")]

    answers = [sign_in(Client(), *one) for one in tries]

    mismatch = (
        "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux."
    )
    assert [said(answer) for answer in answers] == [[mismatch]] * 4
    assert {answer.status_code for answer in answers} == {200}


def test_s1_29_the_sixth_try_for_one_account_is_refused_even_if_it_is_right(
    client, grace
):
    def attempt(number, password):
        browser = Client(REMOTE_ADDR=f"192.0.2.{number}")
        return sign_in(browser, grace.email, password).status_code

    statuses = [attempt(number, "wrong") for number in range(5)]

    assert statuses == [200] * 5
    assert attempt(6, "wrong") == 429
    assert attempt(7, PASSWORD) == 429


def test_s1_29_the_eleventh_try_from_one_place_is_refused(grace):
    browser = Client(REMOTE_ADDR="192.0.2.1")

    statuses = [
        sign_in(browser, f"p{number}@example.org", "wrong").status_code
        for number in range(11)
    ]

    assert statuses == [200] * 10 + [429]
    assert sign_in(Client(REMOTE_ADDR="192.0.2.2"), grace.email).status_code == 302


def test_an_address_that_a_reader_claims_in_a_header_is_not_believed(grace):
    statuses = [
        sign_in(
            Client(),
            f"p{number}@example.org",
            "wrong",
            headers={"X-Forwarded-For": f"192.0.2.{number}"},
        ).status_code
        for number in range(11)
    ]

    assert statuses[-1] == 429


def test_tries_that_succeed_are_not_counted(grace):
    statuses = [sign_in(Client(), grace.email).status_code for _ in range(12)]

    assert statuses == [302] * 12


@pytest.fixture
def shared_cache(settings):
    """The cache of production, whose table `migrate` has made."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
        }
    }
    return caches["default"]


def test_tries_are_counted_by_the_cache_that_all_processes_share(shared_cache, grace):
    browser = Client(REMOTE_ADDR="192.0.2.1")

    statuses = [sign_in(browser, grace.email, "wrong").status_code for _ in range(6)]

    assert statuses == [200] * 5 + [429]


def test_s1_29_when_tries_cannot_be_counted_nobody_comes_in(
    shared_cache, grace, monkeypatch
):
    def fails(*args, **options):
        raise DatabaseError("The cache is away.")

    monkeypatch.setattr(type(shared_cache), "add", fails)
    browser = Client(raise_request_exception=False)

    assert sign_in(browser, grace.email).status_code == 500
    assert who(browser) is None


@pytest.mark.parametrize(
    ("backend", "faults"),
    [
        ("django.core.cache.backends.locmem.LocMemCache", ["network.E001"]),
        ("django.core.cache.backends.dummy.DummyCache", ["network.E001"]),
        ("django.core.cache.backends.db.DatabaseCache", []),
    ],
)
def test_a_site_whose_processes_count_apart_does_not_pass_its_checks(
    settings, backend, faults
):
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "cache"}}

    found = run_checks(tags=["security"], include_deployment_checks=True)

    assert [fault.id for fault in found if fault.id.startswith("network")] == faults


# --- Other doors -----------------------------------------------------------


@pytest.mark.parametrize(
    ("door", "leads_to"),
    [
        ("/admin/login/", "/account/login/"),
        ("/fr/_util/login/", "/account/login/"),
        ("/en/_util/login/", "/account/login/"),
        ("/admin/password_reset/", "/account/password/lost/"),
    ],
)
def test_s1_26_other_doors_lead_to_this_one(client, grace, door, leads_to):
    data = {"username": grace.email, "password": PASSWORD, "login": grace.email}

    answers = [client.get(door), client.post(door, data)]

    assert [answer["Location"] for answer in answers] == [leads_to] * 2
    assert who(client) is None


def test_s1_26_no_address_of_the_site_lets_in_with_a_password_alone():
    """Whatever asks for a password is one of ours, or is not reached (trap §5)."""
    views = {
        f"{view.__module__}.{view.__qualname__}"
        for view in map(view_of, patterns(get_resolver()))
        if "login" in view.__qualname__.lower()
    }

    assert views == {
        "network.users.views.LoginView",
        # Behind ours, which come first.
        "django.contrib.auth.views.LoginView",
        "wagtail.admin.views.account.LoginView",
    }


def view_of(pattern):
    return getattr(pattern.callback, "view_class", pattern.callback)


def patterns(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from patterns(pattern)
        else:
            yield pattern


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "mfa_login_webauthn", "mfa_trust"]
)
def test_nobody_signs_up_by_herself_and_no_other_way_in_is_open(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


# --- A new password --------------------------------------------------------


def ask_for_a_new_password(client, email, **headers):
    return client.post(reverse("account_reset_password"), {"email": email}, **headers)


def test_who_forgot_her_password_is_sent_a_link_that_works_once(client, grace):
    ask_for_a_new_password(client, "Grace@example.org")
    [message] = mail.outbox
    link = re.search(r"http://testserver(/account/password/new/\S+)", message.body)[1]

    shown = client.get(link, follow=True)
    form = shown.request["PATH_INFO"]
    new = {"password1": "une-nouvelle-porte", "password2": "une-nouvelle-porte"}
    client.post(form, new)

    assert message.to == [grace.email]
    assert message.subject == "Un nouveau mot de passe pour Code Source"
    assert who(client) is None
    assert sign_in(Client(), grace.email, "une-nouvelle-porte").status_code == 302
    assert "n’est plus valable" in Client().get(link).content.decode()


def test_the_answer_is_the_same_for_an_address_that_nobody_has(grace):
    person("left@example.org", is_active=False)
    answers = [
        ask_for_a_new_password(Client(), email)
        for email in (grace.email, "nobody@example.org", "left@example.org")
    ]

    assert {answer["Location"] for answer in answers} == {
        reverse("account_reset_password_done")
    }
    assert [message.to for message in mail.outbox] == [[grace.email]]


def test_a_link_that_was_forged_or_is_too_old_is_not_good(client, grace, settings):
    token = default_token_generator.make_token(grace)
    name = "account_reset_password_from_key"
    settings.PASSWORD_RESET_TIMEOUT = -1

    answers = [
        client.get(reverse(name, kwargs={"uidb36": uid, "key": key}))
        for uid, key in [("1", token), ("zzzz", "set-password"), ("zz", "a-b")]
    ]

    assert ["n’est plus valable" in answer.content.decode() for answer in answers] == [
        True
    ] * 3


def test_nobody_is_looked_up_while_the_reader_waits(grace, settings):
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
    }
    with CaptureQueriesContext(connection) as queries:
        ask_for_a_new_password(Client(), grace.email)

    assert not [query for query in queries if "users_user" in query["sql"]]


def test_the_link_leads_to_the_site_and_not_where_a_forged_request_says(
    client, grace, settings
):
    settings.ALLOWED_HOSTS = ["*"]

    ask_for_a_new_password(client, grace.email, headers={"host": "evil.example"})

    assert "evil.example" not in mail.outbox[0].body
    assert "http://testserver/account/password/new/" in mail.outbox[0].body


def test_the_fourth_link_within_an_hour_is_refused_the_same_for_everybody(grace):
    def statuses(email, last):
        address = reverse("account_reset_password")
        browser = Client(REMOTE_ADDR=f"192.0.2.{last}")
        return [browser.post(address, {"email": email}).status_code for _ in range(4)]

    assert statuses(grace.email, 1) == [302, 302, 302, 429]
    assert statuses("nobody@example.org", 2) == [302, 302, 302, 429]


def test_who_has_changed_her_address_is_not_known_by_the_old_one(client, grace):
    """allauth keeps a table of addresses, which would still have known her."""
    ask_for_a_new_password(client, grace.email)
    User.objects.filter(pk=grace.pk).update(email="hopper@example.org")
    mail.outbox.clear()

    ask_for_a_new_password(Client(), "grace@example.org")

    assert mail.outbox == []
    assert sign_in(Client(), "grace@example.org").status_code == 200
    assert sign_in(Client(), "hopper@example.org").status_code == 302


def test_somebody_changes_her_password_and_is_told(
    client, grace, django_capture_on_commit_callbacks
):
    elsewhere = Client()
    for browser in (client, elsewhere):
        sign_in(browser, grace.email)
    new = {"password1": "une-nouvelle-porte", "password2": "une-nouvelle-porte"}

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            reverse("account_change_password"), {"oldpassword": PASSWORD} | new
        )

    assert answer["Location"] == reverse("wagtailadmin_account")
    assert [message.subject for message in mail.outbox] == [
        "Votre mot de passe pour Code Source a changé"
    ]
    home = reverse("wagtailadmin_home")
    assert [browser.get(home).status_code for browser in (client, elsewhere)] == [
        200,
        302,
    ]


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (
            {"oldpassword": "wrong"},
            ["Ce n’est pas votre mot de passe actuel."],
        ),
        (
            {"password2": "une-autre-porte"},
            ["Ce n’est pas le même mot de passe que ci-dessus."],
        ),
        (
            {"password1": "12345678", "password2": "12345678"},
            [
                "Ce mot de passe est trop courant.",
                "Ce mot de passe est entièrement numérique.",
            ],
        ),
    ],
)
def test_a_bad_new_password_is_refused_in_words_that_help(client, grace, typed, errors):
    sign_in(client, grace.email)
    good = {
        "oldpassword": PASSWORD,
        "password1": "une-nouvelle-porte",
        "password2": "une-nouvelle-porte",
    }

    answer = client.post(reverse("account_change_password"), good | typed)

    assert said(answer) == errors


def test_wagtail_s_own_forms_change_neither_password_nor_address(client, grace):
    sign_in(client, grace.email)

    page = client.get(reverse("wagtailadmin_account")).content.decode()

    assert "password" not in page.replace(reverse("account_change_password"), "")
    assert 'name="name_email-email"' not in page
    assert reverse("account_change_password") in page
    assert reverse("mfa_index") in page


# --- Who left --------------------------------------------------------------


def test_s1_13_who_is_sent_away_is_signed_out_of_every_browser(grace):
    browsers = [Client(), Client()]
    for browser in browsers:
        sign_in(browser, grace.email)
    other = Client()
    sign_in(other, person("ada@example.org", is_superuser=True).email)

    grace.is_active = False
    grace.save()

    home = reverse("wagtailadmin_home")
    answers = [browser.get(home) for browser in [*browsers, other]]
    assert [answer.status_code for answer in answers] == [302, 302, 200]
    assert Session.objects.count() == 1


# --- How the pages behave --------------------------------------------------

PAGES = ["account_login", "account_reset_password", "account_reset_password_done"]


@pytest.mark.parametrize("name", PAGES)
def test_account_pages_are_kept_by_no_cache_and_known_to_no_search_engine(
    client, home, name
):
    answer = client.get(reverse(name))

    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("asked", "chosen", "spoken"),
    [
        ("fr", "", "fr"),
        ("en", "", "en"),
        ("de", "", "fr"),
        ("fr", "?language=en", "en"),
        ("en", "?language=de", "en"),
    ],
)
def test_they_speak_the_language_of_the_browser_unless_another_is_chosen(
    client, asked, chosen, spoken
):
    door = reverse("account_login") + chosen

    answer = client.get(door, headers={"accept-language": asked})

    assert f'<html lang="{spoken}">' in answer.content.decode()


def test_the_language_that_was_chosen_at_the_door_is_kept_there(client, home):
    client.get(reverse("account_login") + "?language=en")

    answers = [
        client.get(address, headers={"accept-language": "fr"})
        for address in (reverse("account_reset_password"), home.url)
    ]

    languages = [re.search('<html lang="(..)"', a.content.decode())[1] for a in answers]
    assert languages == ["en", "fr"]
    assert client.cookies["account_language"]["path"] == "/account/"


def test_who_is_signed_in_reads_them_in_the_language_of_her_tools(client, grace):
    UserProfile.objects.create(user=grace, preferred_language="en")
    sign_in(client, grace.email)

    answer = client.get(
        reverse("account_change_password"), headers={"accept-language": "fr"}
    )

    assert '<html lang="en">' in answer.content.decode()


def test_signing_out_asks_first_and_ends_the_session(client, grace):
    sign_in(client, grace.email)
    address = reverse("account_logout")

    asked, still = client.get(address).status_code, who(client)
    answer = client.post(address)

    assert (asked, still) == (200, grace.pk)
    assert answer["Location"] == reverse("account_login")
    assert who(client) is None


def test_a_form_without_its_token_is_refused(grace):
    browser = Client(enforce_csrf_checks=True)

    assert sign_in(browser, grace.email).status_code == 403
