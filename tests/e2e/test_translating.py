"""A source changes one sentence, and its translation follows by hand; in French."""

import pytest
from playwright.sync_api import Page, expect

from cities.models import CasePage
from network.translation.states import State, state_of
from tests.e2e.doors import sign_in
from tests.screens import address_of

pytestmark = pytest.mark.e2e


@pytest.fixture(params=[True, False], ids=["with a script", "without"])
def person(request, browser, browser_context_args, site):
    """Somebody's own browser, once they have signed in."""
    contexts = []
    options = {**browser_context_args, "java_script_enabled": request.param}

    def arrive(email: str) -> Page:
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        sign_in(page, site, email)
        return page

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture
def version(site):
    """A translation that is public, and says what its source does."""
    pages = CasePage.objects.filter(locale__language_code="en", alias_of=None)
    return next(page for page in pages if state_of(page) == State.UP_TO_DATE)


def change_source(version: CasePage) -> str:
    source = CasePage.objects.get(
        translation_key=version.translation_key, locale__language_code="fr"
    )
    source.summary = f"{source.summary} Encore une phrase."
    source.save_revision().publish()
    return source.summary


def test_one_sentence_changes_in_the_source_and_then_in_its_translation(
    person, page, site, version
):
    summary = change_source(version)
    assert state_of(version) == State.OUTDATED

    page.goto(f"{site}{version.url}")
    notice = page.get_by_role("note", name="Language of this page")
    expect(notice).to_contain_text("The French original was changed on")

    translator = person("traduction@example.org")
    translator.goto(f"{site}/admin/")
    due = translator.locator("#translations-due-section").get_by_role("listitem")
    expect(due.filter(has_text="Périmée")).to_have_count(1)
    due.filter(has_text="Périmée").get_by_role("link", name=version.title).click()
    changed = translator.get_by_role("region", name="Modifié dans l’original")
    expect(changed.locator("ins")).to_contain_text("Encore une phrase.")
    field = changed.get_by_label(summary)
    expect(field).to_have_value(version.summary)
    submit = translator.get_by_role("button", name="Soumettre à l’approbation")
    submit.click()
    expect(translator.get_by_text("Pas encore soumis")).to_be_visible()
    changed.get_by_label(summary).fill(f"{version.summary} One more.")
    submit.click()
    expect(
        translator.get_by_text("La traduction a été soumise pour approbation.")
    ).to_be_visible()
    assert state_of(version) == State.WAITING

    moderator = person("moderation@example.org")
    moderator.goto(f"{site}{address_of(version)}")
    moderator.get_by_role("button", name="Approuver").click()
    expect(moderator.get_by_text("est approuvé.")).to_be_visible()

    page.goto(f"{site}{version.url}")
    expect(page.get_by_text("One more.").first).to_be_visible()
    expect(notice).to_have_count(0)
    assert state_of(version) == State.UP_TO_DATE


def test_nothing_scrolls_sideways_on_the_screen_of_a_phone(person, site, version):
    page = person("traduction@example.org")
    page.set_viewport_size({"width": 320, "height": 740})

    page.goto(f"{site}{address_of(version)}")

    expect(page.locator(".translate-row").first).to_be_visible()
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) == 320
