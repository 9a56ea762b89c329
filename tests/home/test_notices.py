"""A reader knows what she reads: in which language, and what a translation lacks."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import Page

from home.models import StandardPage
from network.translation.drafts import begin
from network.translation.models import PublicText
from network.translation.verbs import translate
from tests.factories import CasePageFactory, StandardPageFactory, UserFactory
from tests.networks import mirrored

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
# Still the day before, in UTC.
FIRST_OF_MARCH = datetime(2026, 3, 1, 0, 30, tzinfo=ZoneInfo("Europe/Paris"))
OUTDATED = (
    "The French original was changed on 1 March 2026; "
    "this translation may not say everything."
)


@pytest.fixture
def about(english):
    """A page in both languages."""
    about = mirrored(StandardPageFactory, title="À propos", slug="a-propos")
    translate(about, english, {"À propos": "About", "a-propos": "about"})
    return about


@pytest.fixture
def untranslated(english):
    return mirrored(StandardPageFactory, title="Mentions", slug="mentions")


def told(page) -> list[str]:
    """The sentences of the notice, and the text of its links."""
    return [p.get_text(strip=True) for p in page.select("main > .notice p")]


def say_of(page, english, **facts) -> None:
    translation = page.get_translation(english)
    PublicText.objects.update_or_create(page=translation, defaults=facts)


def test_a_page_in_its_original_language_says_so_before_it_begins(untranslated, read):
    page = read("/en/mentions/")

    (notice,) = page.select(".notice")
    assert notice.find_next_sibling() == page.article
    assert told(page) == [
        "This page is shown in French, its original language: it is not translated yet."
    ]


def test_a_translation_of_what_was_changed_says_so_with_the_day(about, english, read):
    say_of(about, english, outdated_since=FIRST_OF_MARCH)

    page = read("/en/about/")

    assert told(page) == [OUTDATED, "Read the original in French"]
    link = page.select_one(".notice a")
    assert (link["href"], link["hreflang"]) == ("/fr/a-propos/", "fr")
    assert told(read("/fr/a-propos/")) == []


def test_a_french_translation_of_an_english_page_says_so_in_french(
    home, french, english, read
):
    page = StandardPageFactory(locale=english, parent=home.get_translation(english))
    translation = page.copy_for_translation(french)
    translation.save_revision().publish()
    say_of(page, french, made_from={}, outdated_since=FIRST_OF_MARCH)

    said, link = told(read(translation.url))
    assert link == "Lire l’original en anglais"
    assert said == (
        f"L’original en anglais a été modifié le 1er mars 2026{NBSP}; "
        "il se peut que cette traduction ne dise pas tout."
    )


def test_an_edit_of_the_source_is_told_until_it_is_translated(about, english, read):
    about = StandardPage.objects.get(pk=about.pk)
    about.summary = "Tout a changé."
    about.save_revision().publish()
    after_edit = told(read("/en/about/"))

    translate(about, english, {"Tout a changé.": "All is changed."})

    assert "may not say everything" in after_edit[0]
    assert told(read("/en/about/")) == []


def test_what_a_machine_wrote_says_so_until_somebody_has_read_it(about, english, read):
    say_of(about, english, machine=True)

    said, link = told(read("/en/about/"))
    assert link == "Read the original in French"
    assert said == (
        "This translation was made by a machine, "
        "and nobody has read all of it over yet."
    )


def test_an_original_that_is_not_public_is_neither_told_of_nor_linked(
    about, english, read
):
    say_of(about, english, outdated_since=FIRST_OF_MARCH)
    StandardPage.objects.filter(pk=about.pk).update(live=False)

    assert told(read("/en/about/")) == []


def test_a_notice_is_a_part_of_the_page_and_interrupts_nobody(untranslated, read):
    page = read("/en/mentions/")

    assert page.find(class_="notice")["role"] == "note"
    assert not page.select("main [aria-live], main [role=alert], main [role=status]")


# --- To those who can translate --------------------------------------------


def doors(client, address) -> list[str]:
    return [a["href"] for a in read_as(client, address).select(".notice a")]


def read_as(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser")


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_who_may_translate_a_page_finds_the_door_on_it(untranslated, english, as_ada):
    copy = untranslated.get_translation(english)

    before = doors(as_ada, "/en/mentions/")
    begin(untranslated, english, None)
    after = doors(as_ada, "/en/mentions/")

    assert (before, after) == ([edit(copy)], [edit(copy)])


def test_who_may_not_translate_it_finds_none(untranslated, client):
    client.force_login(UserFactory())

    assert doors(client, "/en/mentions/") == []


def test_a_translation_that_lacks_something_leads_to_work_on_it(about, english, as_ada):
    say_of(about, english, outdated_since=FIRST_OF_MARCH)

    assert doors(as_ada, "/en/about/") == [
        "/fr/a-propos/",
        edit(about.get_translation(english)),
    ]


def test_the_front_door_that_is_shown_for_another_is_not_to_be_translated(
    english, home, as_ada
):
    Page.objects.filter(alias_of=home).update(live=False)

    assert doors(as_ada, "/en/") == []


@pytest.mark.parametrize("address", ["/en/mentions/", "/en/", "/fr/search/", "/fr/x/"])
def test_what_readers_get_depends_on_no_cookie(untranslated, client, address):
    answer = client.get(address)

    assert "Cookie" not in answer.get("Vary", "")


def test_what_those_who_work_here_get_does(untranslated, as_ada):
    assert "Cookie" in as_ada.get("/en/mentions/")["Vary"]


# --- What it costs ---------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_a_notice_costs_nothing(
    about, english, client, count, django_assert_num_queries
):
    for number in range(count):
        mirrored(CasePageFactory, title=f"Case {number}")
    client.get("/en/about/")
    cache.clear()
    client.get("/fr/")
    with django_assert_num_queries(4):
        client.get("/en/about/")
    say_of(about, english, outdated_since=FIRST_OF_MARCH, machine=True)

    with django_assert_num_queries(4):
        assert "may not say" in client.get("/en/about/").content.decode()
