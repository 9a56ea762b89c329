"""Nobody who asks for a page in the wrong language is left without it."""

import pytest
from django.core.cache import cache
from wagtail.models import Page, PageViewRestriction

from network.translation.verbs import translate
from tests.factories import CasePageFactory, StandardPageFactory
from tests.networks import mirrored, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def about(english):
    """A page in both languages, each with an address of its own."""
    page = mirrored(StandardPageFactory, title="À propos", slug="a-propos")
    translate(page, english, {"À propos": "About", "a-propos": "about"})
    return page


def offered(page) -> list[tuple]:
    """What a lost reader is offered: (title, address, its language, in words)."""
    links = page.select("main .links li")
    return [
        (li.a.text, li.a["href"], li.a["hreflang"], li.span.text, li.a.get("lang"))
        for li in links
    ]


FRENCH = ("À propos", "/fr/a-propos/", "fr", "Français")
ENGLISH = ("About", "/en/about/", "en", "English")


def test_the_french_words_of_an_address_below_en_lead_to_both_versions(about, read):
    assert offered(read("/en/a-propos/")) == [(*ENGLISH, None), (*FRENCH, "fr")]


def test_an_address_without_a_language_leads_to_both_versions(about, client, read):
    assert offered(read("/about/")) == [(*FRENCH, None), (*ENGLISH, "en")]
    assert client.get("/about/").status_code == 404


def test_a_page_that_left_one_language_is_offered_in_the_other(about, english, read):
    Page.objects.filter(title="About").update(live=False)

    page = read("/en/about/")

    assert offered(page) == [(*FRENCH, "fr")]
    assert page.select_one(".language-switch [lang=fr]")["href"] == "/fr/a-propos/"


def test_a_draft_leads_nowhere_for_its_address_is_nobody_s_to_guess(about, read):
    Page.objects.filter(title="About").update(live=False, first_published_at=None)

    assert offered(read("/en/about/")) == []


def test_a_page_that_is_not_public_is_not_offered(english, read):
    secret = mirrored(StandardPageFactory, title="Secret", slug="secret")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    draft = translated(StandardPageFactory, "Draft", title="Brouillon", slug="draft")
    Page.objects.filter(translation_key=draft.translation_key).update(live=False)

    assert [offered(read(f"/{path}/")) for path in ("secret", "draft")] == [[], []]


def test_a_page_that_is_not_translated_is_offered_with_its_language(english, read):
    mirrored(StandardPageFactory, title="Mentions légales", slug="mentions")

    assert offered(read("/mentions/")) == [
        ("Mentions légales", "/fr/mentions/", "fr", "Français", None),
        ("Mentions légales", "/en/mentions/", "en", "English", None),
    ]


def test_the_front_door_is_not_what_was_meant(english, read):
    assert [offered(read(address)) for address in ("/de/", "/en/x/")] == [[], []]


@pytest.mark.parametrize("address", ["/en/%00/", "/%00a-propos/", "/en/%2e%2e/"])
def test_whatever_is_asked_for_there_is_an_answer(about, client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_to_look_elsewhere_costs_the_same_however_much_there_is(
    english, client, count, django_assert_max_num_queries
):
    for number in range(count):
        mirrored(CasePageFactory, title=f"Case {number}")
    client.get("/cities-and-regions/")
    cache.clear()

    with django_assert_max_num_queries(12):
        page = client.get("/cities-and-regions/lyon/cases/case-0/")

    assert page.content.decode().count("hreflang") == 4
