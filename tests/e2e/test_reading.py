"""A reader finds a case, in both languages, whatever the browser."""

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.kinds import KINDS
from tests.e2e.markup import faults_of
from tests.e2e.measures import TEXT_SPACING, too_wide

pytestmark = pytest.mark.e2e

# What the guidelines for accessibility ask for; phones are a little wider.
SMALL_PHONE = {"width": 320, "height": 640}
# Of the page and all that it loads, pictures apart.
MOST_REQUESTS = 10


@pytest.fixture(scope="module")
def phone(browser):
    """A small phone that goes from page to page, and keeps what it has loaded."""
    phone = browser.new_page(viewport=SMALL_PHONE, locale="fr-FR")
    yield phone
    phone.close()


def find_a_case(page: Page, site: str) -> None:
    """From the home page to a case of Mulhouse, by links alone."""
    page.goto(site)
    page.get_by_role("link", name="Mulhouse").first.click()
    page.get_by_role(
        "link", name="La carte Max : repenser un dispositif jeunesse"
    ).click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_reader_finds_a_case_and_reads_it_in_english(browser, site, scripts):
    page = browser.new_page(locale="fr-FR", java_script_enabled=scripts)

    find_a_case(page, site)

    name = page.locator("hgroup p")
    expect(page).to_have_url(f"{site}/fr/collectivites/mulhouse/cas/carte-max/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(name).to_have_text("La carte Max : repenser un dispositif jeunesse")

    page.get_by_role("link", name="English", exact=True).click()

    expect(page).to_have_url(re.compile(r"/en/cities/mulhouse/cases/the-max-card-"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(name).to_have_text("The Max card: rethinking a youth scheme")
    page.close()


def test_what_is_not_translated_says_so_and_carries_its_language(page, site):
    page.goto(f"{site}/en/cities/mulhouse/cases/megotiers/")

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("main article.sheet")).to_have_attribute("lang", "fr")
    notice = "This page is shown in French, its original language"
    expect(page.get_by_text(notice)).to_be_visible()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways_on_a_small_phone(phone, addresses, kind):
    phone.goto(addresses[kind]["fr"])

    assert too_wide(phone) == 0
    phone.add_style_tag(content=TEXT_SPACING)
    assert too_wide(phone) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_no_word_is_too_long_for_a_small_phone(phone, addresses, kind):
    phone.goto(addresses[kind]["fr"])

    phone.evaluate(
        """document.querySelectorAll("main :is(h1, h2, h3, p, dd, a:not(.button))")
        .forEach(one => one.append("Hyperbureaucratisation".repeat(5)))"""
    )

    assert too_wide(phone) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_the_markup_of_a_page_is_what_the_standard_asks_for(phone, addresses, kind):
    found = {
        language: faults_of(phone.request.get(address).text())
        for language, address in addresses[kind].items()
    }

    assert found == {language: [] for language in found}


@pytest.mark.parametrize("path", ["collectivites/mulhouse/cas/carte-max", "methodes"])
def test_a_page_without_pictures_is_made_of_few_pieces(page, site, path):
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))

    page.goto(f"{site}/fr/{path}/")
    page.wait_for_load_state("networkidle")

    assert page.locator("main img").count() == 0
    assert len(asked) < MOST_REQUESTS, asked


def test_the_layers_of_the_styles_are_in_their_order(page, site):
    page.goto(f"{site}/fr/")

    # A class of the last layer overrules all that the others say of an element.
    for_print = page.locator(".on-paper").first
    expect(for_print).to_have_css("display", "none")


def test_reading_asks_nobody_else_and_leaves_no_cookie(page, site, addresses):
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))

    for languages in addresses.values():
        for address in languages.values():
            page.goto(address)

    assert hosts == {urlsplit(site).netloc}
    assert page.context.cookies() == []


@pytest.mark.parametrize("width", [320, 1280])
def test_a_journey_is_a_table_for_those_who_hear_it(page, addresses, width):
    """However its rows are laid out: no attribute says so, the browser knows."""
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(addresses["JourneyPage"]["fr"])
    rows = page.locator("table.journey tr").count()
    cells = page.locator("table.journey td").count()

    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    heard = Counter(node["role"]["value"] for node in tree["nodes"])

    assert (heard["table"], heard["row"], heard["cell"]) == (1, rows, cells)
