"""The network team says what people call things, and reads what they look for."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.doors import sign_in

pytestmark = pytest.mark.e2e

# Nobody says so in the demonstration; everybody says what it means there.
WORDS = "bidulotron"
# A browser that nobody sits in front of says so, and is not counted.
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "user_agent": FIREFOX}


@pytest.fixture
def team(browser, browser_context_args, site):
    """The browser of the network team."""
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    sign_in(page, site, "equipe@example.org")
    yield page
    context.close()


@pytest.fixture
def look_for(page: Page, site):
    """What a reader finds, as she is shown it."""

    def look_for(words: str) -> None:
        page.goto(f"{site}/fr/search/")
        page.get_by_label("Chercher dans toutes").fill(words)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("q="))

    return look_for


def open_screen(team: Page, name: str) -> None:
    team.get_by_role("button", name="Recherche", exact=True).click()
    team.get_by_role("link", name=name, exact=True).click()
    expect(team.get_by_role("heading", name=name)).to_be_visible()


def add(team: Page, name: str) -> None:
    open_screen(team, name)
    team.get_by_role("link", name="Ajouter", exact=True).click()


def save(team: Page) -> None:
    team.get_by_role("button", name="Créer", exact=True).click()
    expect(team.locator(".messages")).to_contain_text("créé")


def test_a_synonym_counts_at_once(team, page: Page, look_for):
    look_for(WORDS)
    expect(page.locator(".search-said")).to_contain_text("Rien n’a été trouvé")

    add(team, "Synonymes")
    team.get_by_role("textbox", name="Mots").fill(WORDS)
    team.get_by_role("textbox", name="Se trouvent comme").fill("médiathèque")
    save(team)

    look_for(WORDS)
    expect(page.locator(".search-also")).to_contain_text("médiathèque")
    expect(page.locator(".result mark").first).to_have_text(re.compile("édiathèque"))


def test_a_promoted_page_stands_before_the_results_and_only_at_first(
    team, page: Page, site, look_for
):
    add(team, "Résultats mis en avant")
    team.get_by_role("textbox", name="Mots").fill("usagers")
    team.get_by_role("button", name="Choisissez une page").click()
    window = team.locator(".modal-content")
    window.get_by_role("textbox").first.fill("mulhouse")
    chosen = window.get_by_role("link", name=re.compile("^Mulhouse")).first
    chosen.click()
    expect(window).to_be_hidden()
    save(team)

    look_for("usagers")
    headings = page.locator(".search-results .search-heading")
    expect(headings).to_have_text(["Pour commencer", "Résultats"])
    expect(page.locator(".search-results .card").first).to_contain_text("Mulhouse")
    page.goto(f"{site}/fr/search/?q=usagers&kind=case")
    expect(headings).to_have_text(["Résultats"])


def test_what_was_looked_for_in_vain_comes_first_in_the_report(
    team, page: Page, look_for
):
    for words in ("usagers", "licornes bleues"):
        look_for(words)

    open_screen(team, "Ce que les gens cherchent")

    rows = team.locator("#listing-results tbody tr")
    in_vain = rows.filter(has_text="licornes bleues")
    expect(in_vain.locator("td")).to_contain_text(
        ["licornes bleues", "Français", "1", "0"]
    )
    expect(rows.last).to_contain_text("usagers")
    in_vain.get_by_role("link").click()
    expect(team).to_have_url(re.compile(r"/fr/search/\?q=licornes"))
