"""A city joins the network, by hand, in French: from the form to its editor's desk."""

import pytest
from playwright.sync_api import expect

from network.users.models import User
from tests.e2e.doors import sign_in
from tests.e2e.test_people import accept, link_for

pytestmark = pytest.mark.e2e


def test_a_city_is_opened_and_its_manager_and_its_editor_come_in(browser, site):
    team = browser.new_page(locale="fr-FR")
    sign_in(team, site, "equipe@example.org")
    team.goto(f"{site}/admin/cities/open/")
    team.get_by_role("textbox", name="Nom", exact=False).first.fill("Brest")
    team.get_by_label("Nom officiel").fill("Ville de Brest")
    manager = team.get_by_role("textbox", name="Adresse de la personne responsable")
    manager.fill("anne@brest.example")
    team.get_by_role("button", name="Ouvrir", exact=True).click()
    expect(team.get_by_text("Brest est ouverte").first).to_be_visible()

    anne = browser.new_page(locale="fr-FR")
    accept(anne, link_for(site, "anne@brest.example"), "Anne", "Le Gall")
    expect(anne).to_have_url(f"{site}/admin/")
    expect(anne.get_by_role("heading", name="Vos brouillons")).to_be_visible()
    anne.get_by_role("link", name="Personnes").click()
    anne.get_by_role("link", name="Inviter quelqu’un").click()
    address = anne.get_by_role("textbox", name="Adresse électronique")
    address.fill("yann@brest.example")
    anne.get_by_role("radio", name="Rédaction").check()
    anne.get_by_role("button", name="Envoyer l’invitation").click()
    said = "L’invitation est en route vers yann@brest.example."
    expect(anne.get_by_text(said)).to_be_visible()

    yann = browser.new_page(locale="fr-FR")
    accept(yann, link_for(site, "yann@brest.example"), "Yann", "Kermarrec")
    expect(yann).to_have_url(f"{site}/admin/")
    expect(yann.get_by_role("heading", name="Vos brouillons")).to_be_visible()
    expect(yann.get_by_role("link", name="Cas", exact=True)).to_be_visible()
    [role] = User.objects.get(email="yann@brest.example").groups.all()
    assert role.name == "Brest : rédaction"
    for page in (team, anne, yann):
        page.close()
