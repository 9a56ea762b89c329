"""Which language an address speaks, and where a first visit is sent."""

import gzip

import pytest
from wagtail.contrib.redirects.models import Redirect

from tests.factories import StandardPageFactory

FIREFOX = "fr,fr-FR;q=0.8,en-US;q=0.5,en;q=0.3"


@pytest.mark.parametrize(
    ("asked", "home"),
    [
        (FIREFOX, "/fr/"),
        ("en-GB,en;q=0.9", "/en/"),
        ("de,en;q=0.5,fr;q=0.4", "/en/"),
        ("de", "/fr/"),
        ("*", "/fr/"),
        ("not a language at all;;", "/fr/"),
    ],
)
def test_a_first_visit_is_sent_to_the_language_its_browser_asks_for(
    client, asked, home
):
    answer = client.get("/", headers={"accept-language": asked})

    assert (answer.status_code, answer["Location"]) == (303, home)


def test_a_crawler_asks_for_no_language_and_is_sent_to_french(client):
    answer = client.get("/", headers={"user-agent": "Googlebot/2.1"})

    assert (answer.status_code, answer["Location"]) == (303, "/fr/")


def test_a_crawler_that_asks_for_a_language_is_sent_there_like_anybody(client):
    asked = {"user-agent": "bingbot/2.0", "accept-language": "en"}

    answer = client.get("/", headers=asked)

    assert (answer.status_code, answer["Location"]) == (303, "/en/")


@pytest.mark.parametrize("address", ["/", "/de/"])
def test_a_language_cookie_of_another_site_changes_nothing(client, home, address):
    asked = {"accept-language": "fr"}
    without = client.get(address, headers=asked)

    client.cookies["django_language"] = "en"
    answer = client.get(address, headers=asked)

    assert answer.get("Location") == without.get("Location")
    assert answer.content == without.content
    assert answer["Content-Language"] == "fr"


def test_a_cache_is_told_that_the_first_answer_depends_on_the_browser(client):
    assert client.get("/")["Vary"] == "Accept-Language"


def test_a_first_visit_keeps_what_was_asked_behind_the_address(client):
    assert client.get("/?from=mail&x=%C3%A9")["Location"] == "/fr/?from=mail&x=%C3%A9"


def test_a_page_speaks_the_language_of_its_address_not_of_the_browser(client, english):
    answer = client.get("/en/", headers={"accept-language": "fr"})

    assert answer["Content-Language"] == "en"
    assert '<html lang="en">' in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [*("/de/", "/about/", "/favicon.ico", "/media/missing.png", "/FR/")],
)
def test_an_unknown_address_without_a_language_is_unknown_and_not_sent_elsewhere(
    client, home, address
):
    answer = client.get(address)

    assert (answer.status_code, answer.get("Location")) == (404, None)


def test_a_page_is_not_found_without_its_language(client, home):
    about = StandardPageFactory(slug="about")

    assert client.get(about.url).status_code == 200
    assert client.get("/about/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "title"), [("fr", '<html lang="fr">'), ("en", '<html lang="en">')]
)
def test_a_lost_reader_is_told_so_in_her_own_language(client, home, asked, title):
    answer = client.get("/de/", headers={"accept-language": asked})

    assert title in answer.content.decode()
    assert answer["Content-Language"] == asked
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_that_is_missing_in_a_language_is_missing_in_that_language(
    client, english, language
):
    answer = client.get(f"/{language}/missing/")

    assert answer.status_code == 404
    assert f'<html lang="{language}">' in answer.content.decode()


@pytest.mark.parametrize("address", ["/old", "/fr/old"])
def test_an_editor_may_still_redirect_an_old_address(client, home, address):
    Redirect.add_redirect(address, home)

    answer = client.get(address)

    assert (answer.status_code, answer["Location"]) == (301, home.url)


def test_a_page_is_sent_compressed_to_who_takes_it(client, home):
    plain = client.get("/fr/")
    small = client.get("/fr/", headers={"accept-encoding": "gzip"})

    assert gzip.decompress(small.content) == plain.content
    assert small["Content-Encoding"] == "gzip"
    assert len(small.content) < len(plain.content) / 2
