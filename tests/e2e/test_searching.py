"""Somebody looks for something: with a keyboard alone, on a phone, without scripts."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e

# What can be seen of a search, and must be without a fault: where, by a name for it.
STATES = {
    "results": "?q=usagers",
    "narrowed": "?q=usagers&kind=case&kind=method&city=metz&since=2015&until=2021",
    "catalogue": "",
    "last part": "?page=1000000000",
    "nothing": "?q=licorne&kind=case",
    "mended": "?q=observtion",
    "in other words": "?q=user+journey",
    "latest first": "?q=usagers&order=date",
}
A_FINGER = 44


@pytest.fixture
def box(page: Page, site):
    """The box on the page of the search, with the cursor in it."""
    page.goto(f"{site}/fr/search/")
    box = page.get_by_label("Chercher dans toutes")
    box.focus()
    return box


def options(page: Page):
    return page.get_by_role("listbox").get_by_role("option")


def active(box) -> str | None:
    """The suggestion that is pointed at."""
    place = box.get_attribute("aria-activedescendant")
    return place and box.page.locator(f"#{place} .suggestion-title").inner_text()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, name: str) -> None:
    """Go to the link of this name as a keyboard does: one after the other."""
    wanted = page.get_by_role("link", name=re.compile(f"^{name}")).first
    for _ in range(200):
        press(page, "Tab")
        if wanted.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError(name)


def test_a_reader_finds_a_case_with_the_keyboard_alone(page: Page, site, box):
    # What is suggested leads straight to a page.
    page.keyboard.type("mulh")
    expect(options(page)).to_have_count(1)
    press(page, "ArrowDown", "Enter")
    expect(page).to_have_url(f"{site}/fr/collectivites/mulhouse/")
    page.go_back()
    expect(page).to_have_url(f"{site}/fr/search/")

    # Without choosing one, Enter searches.
    box.focus()
    press(page, "Control+A")
    page.keyboard.type("usagers")
    press(page, "Enter")
    expect(page).to_have_url(f"{site}/fr/search/?q=usagers")

    for name, added in (("Cas", "kind=case"), ("Metz", "city=metz")):
        tab_to(page, name)
        press(page, "Enter")
        expect(page).to_have_url(re.compile(added))
    slips = page.locator(".search-chosen li")
    expect(slips).to_have_count(3)

    page.locator(".search-chosen a").first.focus()
    press(page, "Enter")
    expect(page).to_have_url(f"{site}/fr/search/?q=usagers&city=metz")

    tab_to(page, "Le retour des usagers")
    press(page, "Enter")
    expect(page).to_have_url(re.compile("/fr/collectivites/metz/cas/"))
    page.go_back()
    expect(page).to_have_url(f"{site}/fr/search/?q=usagers&city=metz")
    expect(box).to_have_value("usagers")


def test_the_list_of_suggestions_is_walked_through_by_arrows(page: Page, box):
    page.keyboard.type("mé")
    expect(options(page).first).to_be_visible()
    titles = page.locator(".suggestion-title").all_inner_texts()
    assert len(titles) > 2

    expect(box).to_have_attribute("aria-expanded", "true")
    # What is sent is a box to search; HTML allows only one of text to be a combobox.
    expect(box).to_have_attribute("type", "text")
    assert active(box) is None
    seen = []
    for key in ["ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown"]:
        press(page, key)
        seen.append(active(box))
    assert seen == [titles[0], titles[1], titles[0], None, titles[-1], None]

    # The arrows move in the list, these in the text; the focus stays in the box.
    for key in ("Home", "End", "ArrowLeft"):
        press(page, "ArrowDown")
        assert active(box) == titles[0]
        press(page, key)
        assert active(box) is None
    expect(box).to_be_focused()
    expect(box).to_have_value("mé")


def test_escape_closes_the_list_then_empties_the_box(page: Page, box):
    page.keyboard.type("mé")
    expect(options(page).first).to_be_visible()

    press(page, "ArrowDown", "Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("mé")
    assert active(box) is None

    press(page, "ArrowDown")
    expect(options(page).first).to_be_visible()
    press(page, "Escape", "Escape")
    expect(box).to_have_value("")


def test_the_number_of_suggestions_is_said_and_the_list_goes_with_the_focus(
    page: Page, box
):
    page.keyboard.type("mulh")
    said = page.locator("form.search [role=status]")
    expect(said).to_have_text("1 suggestion")

    page.keyboard.type("zzz")
    expect(said).not_to_have_text("1 suggestion")
    expect(page.get_by_role("listbox")).to_be_hidden()

    press(page, *["Backspace"] * 3)
    expect(options(page)).to_have_count(1)
    press(page, "Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_an_answer_that_comes_late_is_not_shown(page: Page, box):
    asked = []

    def hold(route):
        asked.append(route.request.url)
        if route.request.url.endswith("q=metz"):
            route.continue_()

    page.route("**/suggestions.json?*", hold)
    page.keyboard.type("mulh")
    page.wait_for_timeout(400)
    press(page, "Control+A")
    page.keyboard.type("metz")

    expect(options(page).first).to_contain_text("Metz")
    assert [address.partition("q=")[2] for address in asked] == ["mulh", "metz"]


def test_what_was_suggested_is_asked_again_unless_the_browser_keeps_it(page: Page, box):
    asked = []

    # The browser keeps nothing that goes through a route.
    def count(route):
        asked.append(route.request.url.partition("q=")[2])
        route.continue_()

    page.route("**/suggestions.json?*", count)
    for _turn in range(2):
        page.keyboard.type("mulh")
        expect(options(page)).to_have_count(1)
        press(page, "Escape", "Escape")

    assert asked == ["mulh"] * 2


def test_without_suggestions_the_form_still_searches(page: Page, site, box):
    page.route("**/suggestions.json?*", lambda route: route.abort())
    page.keyboard.type("usagers")
    page.wait_for_timeout(400)
    expect(page.get_by_role("listbox")).to_be_hidden()

    press(page, "Enter")

    expect(page).to_have_url(f"{site}/fr/search/?q=usagers")


def test_a_finger_chooses_a_suggestion_and_narrows_on_a_phone(
    playwright, browser, site
):
    phone = browser.new_context(**playwright.devices["Pixel 5"], locale="fr-FR")
    page = phone.new_page()
    page.goto(f"{site}/fr/search/?q=usagers")

    expect(page.locator(".facet-value").first).to_be_hidden()
    page.locator(".search-facets > summary").tap()
    small = page.locator(
        "main :is(a, button, input, select, summary):not(.visually-hidden):visible"
    )
    heights = small.evaluate_all(
        "all => all.map(it => [it.getBoundingClientRect().height, it.innerText])"
    )
    titles = set(page.locator(".card-title a").all_inner_texts())
    assert [one for one in heights if one[0] < A_FINGER and one[1] not in titles] == []

    page.get_by_label("Chercher dans toutes").tap()
    page.get_by_label("Chercher dans toutes").fill("mulh")
    options(page).first.tap()
    expect(page).to_have_url(f"{site}/fr/collectivites/mulhouse/")
    phone.close()


def test_the_other_language_shows_the_same_search(page: Page, site):
    page.goto(f"{site}/fr/search/?q=persona&kind=method&kind=case")
    page.get_by_role("link", name="English").first.click()

    expect(page).to_have_url(f"{site}/en/search/?q=persona&kind=method&kind=case")
    expect(page.locator(".search-chosen li")).to_have_count(3)
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_without_scripts_one_searches_narrows_and_turns_pages(browser, site):
    page = browser.new_page(locale="fr-FR", java_script_enabled=False)
    page.goto(f"{site}/fr/")
    page.get_by_role("searchbox").fill("usagers")
    page.get_by_role("search").get_by_role("button").click()
    expect(page).to_have_url(f"{site}/fr/search/?q=usagers")

    page.locator("#since").select_option("2017")
    page.locator(".facet-years button").click()
    expect(page).to_have_url(re.compile("since=2017"))
    page.locator(".search-chosen a").first.click()
    page.locator(".facet-value", has_text="Cas").first.click()
    expect(page).to_have_url(f"{site}/fr/search/?q=usagers&kind=case")
    page.goto(f"{site}/fr/search/?q=usagers")
    page.locator("[rel=next]").click()
    expect(page).to_have_url(f"{site}/fr/search/?q=usagers&page=2")
    page.close()


def test_a_word_of_the_glossary_leads_to_where_it_stands(page: Page, site):
    page.goto(f"{site}/fr/search/?q=persona&kind=term")
    page.locator(".result a").first.click()

    expect(page).to_have_url(re.compile(r"/fr/glossaire/#term-\d+$"))
    expect(page.locator(":target")).to_contain_text("persona")
    expect(page.locator(":target")).to_be_in_viewport()


def test_nothing_but_our_own_scripts_runs_here(page: Page, site):
    page.goto(f"{site}/fr/search/?q=usagers")

    scripts = page.locator("script").evaluate_all("all => all.map(it => it.src)")
    handlers = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(it => it.getAttributeNames())"
        ".filter(name => name.startsWith('on') || name === 'style')"
    )
    assert scripts == [f"{site}/static/js/suggestions.js"]
    assert handlers == []


@pytest.fixture(scope="module")
def reader(browser):
    reader = browser.new_page()
    yield reader
    reader.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("state", STATES)
def test_no_state_of_the_search_breaks_a_rule_or_scrolls(reader, site, state, width):
    reader.set_viewport_size({"width": width, "height": 900})
    broken = {}
    for language in ("fr", "en"):
        for scheme in ("light", "dark"):
            reader.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            reader.goto(f"{site}/{language}/search/{STATES[state]}")
            broken[language, scheme] = faults(reader)

    assert {key: found for key, found in broken.items() if found} == {}
    assert reader.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_open_list_and_open_facets_break_no_rule(reader, site, scheme):
    reader.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    reader.set_viewport_size({"width": 400, "height": 900})
    reader.goto(f"{site}/fr/search/?q=usagers")
    for summary in reader.locator("main summary").all():
        summary.click()
    box = reader.get_by_label("Chercher dans toutes")
    box.fill("mé")
    expect(options(reader).first).to_be_visible()
    box.press("ArrowDown")

    assert faults(reader) == []


def faults(page: Page) -> list:
    broken = Axe().run(page).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in broken]
