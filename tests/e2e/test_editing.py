"""A city editor writes up a case, by hand, in French."""

import re

import pytest
from playwright.sync_api import Page, expect

from cities.models import CasePage
from tests.e2e.doors import sign_in

pytestmark = pytest.mark.e2e

TITLE = "Le marché du samedi"


def open_the_explorer(page: Page, *titles: str) -> None:
    """Go down the tree of pages, from the front door in French."""
    page.get_by_role("button", name="Pages").click()
    page.get_by_role("link", name="Code Source Français").click()
    for title in titles:
        page.get_by_role("link", name=f"sous-pages de « {title} »").click()


def write(page: Page, field: str, text: str) -> None:
    page.get_by_role("textbox", name=re.compile(f"^{field}")).fill(text)


def says(page: Page, message: str) -> None:
    expect(page.get_by_role("status").filter(has_text=message)).to_be_visible()


def test_an_editor_writes_a_case_sees_it_and_submits_it(page, site):
    sign_in(page, site, "mulhouse@example.org")
    open_the_explorer(page, "Collectivités", "Mulhouse", "Cas")
    page.get_by_role("link", name="Ajouter une sous-page").first.click()

    write(page, "Titre", TITLE)
    write(page, "Résumé", "Une enquête sur trois étals.")
    write(page, "Question posée", "Comment parler à qui passe vite ?")
    page.get_by_role("button", name="Enregistrer le brouillon").click()

    says(page, f"Page « {TITLE} » créée.")
    draft = CasePage.objects.get(title=TITLE, locale__language_code="fr")
    assert (draft.live, draft.city.title) == (False, "Mulhouse")

    page.get_by_role("button", name="Afficher/masquer la prévisualisation").click()

    preview = page.frame_locator("#w-preview-iframe")
    expect(preview.locator("hgroup p")).to_have_text(TITLE)
    expect(preview.locator("html")).to_have_attribute("lang", "fr")

    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name=re.compile("^Soumettre")).click()

    says(page, f"La page « {TITLE} » a été soumise pour modération")
    draft.refresh_from_db()
    assert draft.current_workflow_state.workflow.name == "Relecture par La 27e Région"
    assert page.goto(f"{site}{draft.url}").status == 404
