"""Search engines find each text once, at the address where it was really written."""

import pytest
from django.core.cache import cache
from django.utils.timezone import localdate
from wagtail.models import Page, PageViewRestriction

from home.sitemaps import LanguageSitemap
from network.moderation.retraction import retract
from network.translation.verbs import translate
from tests.factories import CityPageFactory, StandardPageFactory
from tests.networks import mirrored, translated
from tests.sitemaps import entries, maps

pytestmark = pytest.mark.django_db

SITE = "http://localhost"


@pytest.fixture
def sitemap(client):
    """The map of a language: each address with its alternates and its date."""

    def sitemap(language, **options):
        found = entries(client, f"/sitemap-{language}.xml", **options)
        return {address: (alternates, date) for address, alternates, date in found}

    return sitemap


@pytest.fixture
def about(english):
    about = mirrored(StandardPageFactory, title="À propos", slug="a-propos")
    translate(about, english, {"À propos": "About", "a-propos": "about"})
    about.save_revision().publish()
    return about


def test_each_language_has_a_map_of_its_own_under_one_index(client, english):
    assert maps(client) == [
        "http://testserver/sitemap-fr.xml",
        "http://testserver/sitemap-en.xml",
    ]
    assert client.get("/sitemap-de.xml").status_code == 404


def test_a_translated_page_is_on_both_maps_with_both_addresses(about, sitemap):
    """D15: the map of Wagtail knows the French tree only."""
    fr, en = f"{SITE}/fr/a-propos/", f"{SITE}/en/about/"
    alternates = {"fr": fr, "en": en, "x-default": fr}
    today = localdate().isoformat()

    assert sitemap("fr")[fr] == (alternates, today)
    assert sitemap("en")[en] == (alternates, today)


def test_a_page_that_is_not_translated_is_on_one_map_once(english, home, sitemap):
    mirrored(StandardPageFactory, title="Mentions", slug="mentions")

    found = {language: sitemap(language) for language in ("fr", "en")}

    alone = ({}, None)
    assert found["fr"] == {f"{SITE}/fr/": alone, f"{SITE}/fr/mentions/": alone}
    assert found["en"] == {}


def test_what_is_not_public_is_on_no_map(english, sitemap, ada):
    StandardPageFactory(title="Draft", live=False)
    secret = StandardPageFactory(title="Secret")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    retract(translated(CityPageFactory, "Metz in English"), ada, "Because")
    StandardPageFactory(title="Elsewhere", parent=Page.get_first_root_node())

    assert [len(sitemap(language)) for language in ("fr", "en")] == [2, 0]


def test_a_version_that_is_a_draft_is_no_alternate(about, english, sitemap):
    translation = about.get_translation(english)
    type(about).objects.filter(pk=translation.pk).update(live=False)

    assert sitemap("fr")[f"{SITE}/fr/a-propos/"][0] == {}
    assert sitemap("en") == {}


def test_a_large_site_has_maps_in_parts(about, client, sitemap, monkeypatch):
    monkeypatch.setattr(LanguageSitemap, "limit", 1)

    parts = [list(sitemap("fr", p=part)) for part in (1, 2)]

    assert parts == [[f"{SITE}/fr/"], [f"{SITE}/fr/a-propos/"]]
    assert "sitemap-fr.xml?p=2" in client.get("/sitemap.xml").content.decode()
    assert client.get("/sitemap-fr.xml?p=9").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_map_costs_the_same_however_much_is_on_it(
    english, client, count, django_assert_num_queries
):
    for number in range(count):
        translated(StandardPageFactory, f"Page {number}", title=f"Feuille {number}")
    cache.clear()
    client.get("/fr/")

    with django_assert_num_queries(3):
        answer = client.get("/sitemap-en.xml")

    assert answer.content.decode().count("<loc>") == count
