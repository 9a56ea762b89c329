"""A case on its way to readers: written, sent back, mended, approved; in French."""

import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from cities.models import CasePage
from tests.e2e.test_editing import says, sign_in, write

pytestmark = pytest.mark.e2e

TITLE = "La laverie du quartier"
COMMENT = "Merci !\nQui avez-vous rencontré, et combien de personnes ?"


@pytest.fixture
def person(browser, browser_context_args, site):
    """Somebody's own browser, once they have signed in."""
    contexts = []

    def arrive(email: str) -> Page:
        contexts.append(browser.new_context(**browser_context_args))
        page = contexts[-1].new_page()
        page.add_init_script(
            "addEventListener('w-unsaved:watch-edits', () => { compared = true })"
        )
        sign_in(page, site, email)
        return page

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture
def photograph(tmp_path):
    path = tmp_path / "laverie.png"
    Image.new("RGB", (800, 600), "teal").save(path)
    return path


def choose_a_picture(page: Page, photograph) -> None:
    """Take a new picture from one's computer, and say what it shows."""
    page.get_by_role("button", name="Choisir une image").first.click()
    page.get_by_role("tab", name="Transférer").click()
    window = page.locator(".modal-content")
    window.locator("input[type=file]").set_input_files(photograph)
    fields = {
        "title": "La laverie",
        "description": "Trois machines",
        "credit": "Ville de Mulhouse",
    }
    for name, text in fields.items():
        window.locator(f"[name=image-chooser-upload-{name}]").fill(text)
    window.get_by_role("tabpanel").locator("form[enctype] [type=submit]").click()
    expect(window).to_be_hidden()


def submit(page: Page) -> None:
    # What was typed is saved by itself, half a second later.
    expect(page).to_have_url(re.compile("/edit/"))
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name=re.compile("^(Res|S)oumettre")).click()
    says(page, f"La page « {TITLE} » a été soumise pour modération")


def test_a_case_is_written_sent_back_mended_approved_and_read(
    person, page, site, photograph
):
    editor = person("mulhouse@example.org")
    editor.get_by_role("link", name="Cas", exact=True).click()
    # What is written sooner, by no human hand, counts as what stood there.
    editor.wait_for_function("window.compared")
    write(editor, "Titre", TITLE)
    write(editor, "Résumé", "Une semaine entre deux machines.")
    write(editor, "Question posée", "Que fait-on en attendant son linge ?")
    choose_a_picture(editor, photograph)
    submit(editor)
    draft = CasePage.objects.get(title=TITLE, locale__language_code="fr")

    moderator = person("moderation@example.org")
    expect(moderator.get_by_role("link", name="À relire (1)")).to_be_visible()
    moderator.get_by_role("link", name=TITLE).click()
    expect(moderator.get_by_text("1 image. Sans crédit")).to_be_visible()
    moderator.get_by_role("button", name="Demander des changements").click()
    expect(moderator.get_by_text("Dites ce qu’il faut changer.")).to_be_visible()
    moderator.get_by_label("La question est-elle claire").check()
    moderator.get_by_label("Votre commentaire").fill(COMMENT)
    moderator.get_by_role("button", name="Demander des changements").click()
    says(moderator, "est renvoyé, avec votre commentaire.")

    editor.goto(f"{site}/admin/")
    expect(editor.get_by_text("Qui avez-vous rencontré")).to_be_visible()
    editor.get_by_role("link", name=TITLE).first.click()
    editor.get_by_role("tab", name="Ce que nous avons fait").click()
    editor.get_by_role("spinbutton", name="Personnes rencontrées").fill("31")
    submit(editor)
    assert page.goto(f"{site}{draft.url}").status == 404

    moderator.goto(f"{site}/admin/queue/")
    moderator.get_by_role("link", name=TITLE).click()
    expect(moderator.get_by_text("Personnes rencontrées : 31.")).to_be_visible()
    moderator.get_by_role("button", name="Approuver").click()
    says(moderator, "est approuvé.")

    page.goto(f"{site}{draft.url}")
    expect(page.locator("hgroup p")).to_have_text(TITLE)
    expect(page.get_by_role("img", name="Trois machines")).to_be_visible()
    expect(page.get_by_text("31", exact=True)).to_be_visible()


def test_nothing_scrolls_sideways_on_the_desk_of_a_phone(person, site):
    for email, path in (
        ("mulhouse@example.org", "/admin/"),
        ("moderation@example.org", "/admin/queue/"),
    ):
        page = person(email)
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(f"{site}{path}")

        width = page.evaluate("document.documentElement.scrollWidth")
        assert width == 360
