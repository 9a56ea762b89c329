"""The people of the demonstration, each at work in the admin."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cities.models import CityPage
from home.demo import PASSWORD, logins
from network.users.models import User
from tests.accounts import sign_in

TEAM = {"equipe@example.org", "moderation@example.org"}
EDITORS, MANAGERS, TRANSLATORS = (
    {login.email for login in logins() if login.role == role}
    for role in ("editor", "manager", "translator")
)
CITY_OF = {login.email: login.city for login in logins()}


@pytest.fixture
def people(demo):
    """The browsers of all the people, who came in by the front door."""
    browsers = {email: Client() for email, *role in logins()}
    for email, browser in browsers.items():
        answer = sign_in(browser, email, PASSWORD)
        assert answer["Location"] == reverse("wagtailadmin_home")
    return browsers


def city_of(email, language="fr"):
    french = CityPage.objects.get(slug=CITY_OF[email], locale__language_code="fr")
    return french.get_translations(inclusive=True).get(locale__language_code=language)


def test_everybody_sees_the_front_page_of_the_admin(people):
    home = reverse("wagtailadmin_home")

    titles = {
        email: BeautifulSoup(browser.get(home).content, "html.parser").h1.text.split()
        for email, browser in people.items()
    }

    assert set(titles) == set(CITY_OF)
    assert {" ".join(title) for title in titles.values()} == {"Code Source"}


def test_everybody_has_a_name_that_says_what_they_do(demo):
    emails = ["moderation@example.org", "responsable.metz@example.org"]
    names = [str(User.objects.get(email=email)) for email in emails]

    assert names == ["Modération du réseau", "Responsable Metz"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_editor_finds_her_city_and_its_three_lists_in_the_explorer(people, language):
    found = {}
    for email in EDITORS:
        city = city_of(email, language)
        explorer = reverse("wagtailadmin_explore", args=[city.pk])
        listed = people[email].get(explorer).context["pages"]
        found[email] = {page.specific_class.__name__ for page in listed}

    lists = {"CaseIndexPage", "JourneyIndexPage", "FeedbackIndexPage"}
    assert found == dict.fromkeys(EDITORS, lists)


def test_the_team_finds_all_cities_in_the_explorer(people):
    index = CityPage.objects.filter(locale__language_code="fr").first().get_parent()
    explorer = reverse("wagtailadmin_explore", args=[index.pk])

    found = {email: len(people[email].get(explorer).context["pages"]) for email in TEAM}

    assert found == dict.fromkeys(TEAM, 7)


def test_a_manager_opens_the_form_of_her_city_in_both_languages(people):
    statuses = {
        people[email].get(form_of(city_of(email, language))).status_code
        for email in MANAGERS
        for language in ("fr", "en")
    }

    assert statuses == {200}


def test_a_manager_is_sent_away_from_the_city_of_somebody_else(people):
    neighbours = zip(sorted(MANAGERS), sorted(MANAGERS)[1:], strict=False)

    statuses = [
        people[email].get(form_of(city_of(other))).status_code
        for email, other in neighbours
    ]

    assert statuses == [302] * 6


def form_of(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_everybody_edits_what_is_hers_and_nothing_else(demo):
    pages = [page.specific for page in Page.objects.filter(depth__gt=1, depth__lte=5)]

    edited = {
        user.email: {
            page for page in pages if page.permissions_for_user(user).can_edit()
        }
        for user in User.objects.all()
    }

    cities = {
        email: [city_of(email, language) for language in ("fr", "en")]
        for email in EDITORS | MANAGERS
    }
    lists = {
        email: {page for page in pages for city in both if page.is_child_of(city)}
        for email, both in cities.items()
    }
    themselves = {
        email: {page for page in pages if page in cities[email]} for email in MANAGERS
    }
    english = {page for page in pages if page.locale.language_code == "en"}
    assert edited == (
        {email: set(pages) for email in TEAM}
        | {email: lists[email] for email in EDITORS}
        | {email: lists[email] | themselves[email] for email in MANAGERS}
        | dict.fromkeys(TRANSLATORS, english)
    )
    assert {len(edited[email]) for email in EDITORS} == {6}
    assert {len(edited[email]) for email in MANAGERS} == {8}
