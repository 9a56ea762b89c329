"""What machines look for at addresses that everybody knows."""

import datetime as dt

import pytest

from home.models import NetworkSettings
from home.wellknown import expiry

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(home):
    return NetworkSettings.objects.create(
        site=home.get_site(),
        organisation="The network",
        contact_email="lab@net.example",
    )


def lines(client, address):
    answer = client.get(address)
    assert answer["Content-Type"] == "text/plain"
    return answer.content.decode().splitlines()


def test_crawlers_are_told_where_the_map_is(client):
    assert lines(client, "/robots.txt") == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /account/login/",
        "",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_whoever_finds_a_hole_is_told_where_to_say_so(client, said):
    found = dict(
        line.split(": ") for line in lines(client, "/.well-known/security.txt")
    )

    assert found.pop("Expires").endswith("-01T00:00:00Z")
    assert found == {
        "Contact": "mailto:lab@net.example",
        "Preferred-Languages": "fr, en",
        "Canonical": "http://testserver/.well-known/security.txt",
    }


def test_nobody_is_sent_to_an_address_that_there_is_not(client, home):
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize(
    ("today", "ends"),
    [("2026-01-31", "2026-07-01"), ("2026-07-01", "2027-01-01")],
)
def test_what_is_said_of_security_never_lapses(today, ends):
    assert expiry(dt.date.fromisoformat(today)) == dt.date.fromisoformat(ends)


def test_the_curious_are_told_who_makes_this(client, said):
    found = lines(client, "/humans.txt")

    assert found[1:3] == ["The network", "lab@net.example"]
    assert "Textes, texts: CC BY-SA 4.0" in found


def test_a_telephone_keeps_the_site_in_the_language_it_was_read_in(client, home):
    answers = [client.get(f"/{code}/manifest.webmanifest") for code in ("fr", "en")]

    assert [answer["Content-Type"] for answer in answers] == [
        "application/manifest+json"
    ] * 2
    said = [answer.json() for answer in answers]
    assert [(one["lang"], one["start_url"]) for one in said] == [
        ("fr", "/fr/"),
        ("en", "/en/"),
    ]
    assert {one["theme_color"] for one in said} == {"#f8f4ea"}
