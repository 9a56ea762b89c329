"""People invite each other, by hand, in French; and every account page can be used."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group
from django.core import mail
from playwright.sync_api import Page, expect

from network.users import invitations
from network.users.models import User
from tests.accounts import code
from tests.e2e.doors import sign_in

pytestmark = pytest.mark.e2e

NEW_PASSWORD = "une-porte-bien-fermée"
SMALL_PHONE = {"width": 320, "height": 640}


def link_for(site, email):
    """The address in the last mail that somebody was sent."""
    [*_earlier, message] = [one for one in mail.outbox if one.to == [email]]
    return site + re.search(r"/account/invitation/\w+/", message.body)[0]


def accept(page: Page, link: str, first_name: str, last_name: str) -> None:
    page.goto(link)
    page.get_by_label("Prénom").fill(first_name)
    page.get_by_label("Nom", exact=True).fill(last_name)
    page.get_by_label("Nouveau mot de passe").fill(NEW_PASSWORD)
    page.get_by_label("Le même, encore une fois").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Entrer").click()


def invited(name: str, email: str) -> None:
    group = Group.objects.get(name=name)
    invitations.invite(email, [group], None, "fr")


def test_a_manager_accepts_her_invitation_and_invites_an_editor_who_accepts(
    browser, site
):
    invited("Mulhouse : responsables", "camille@example.org")
    camille = browser.new_page(locale="fr-FR")

    accept(camille, link_for(site, "camille@example.org"), "Camille", "Roux")
    expect(camille).to_have_url(f"{site}/admin/")
    camille.get_by_role("link", name="Personnes").click()
    camille.get_by_role("link", name="Inviter quelqu’un").click()
    camille.get_by_role("textbox", name="Adresse électronique").fill("sam@example.org")
    camille.get_by_role("radio", name="Rédaction").check()
    camille.get_by_role("button", name="Envoyer l’invitation").click()

    said = "L’invitation est en route vers sam@example.org."
    expect(camille.get_by_text(said)).to_be_visible()
    waiting = camille.get_by_role("region", name="Invitations en attente")
    expect(waiting).to_contain_text("sam@example.org")

    # No script, as behind the strictest of firewalls.
    sam = browser.new_page(locale="fr-FR", java_script_enabled=False)
    link = link_for(site, "sam@example.org")
    accept(sam, link, "Sam", "Petit")

    expect(sam).to_have_url(f"{site}/admin/")
    camille.reload()
    expect(waiting).to_have_count(0)
    expect(camille.get_by_role("link", name="Sam Petit")).to_be_visible()
    assert sam.goto(link).status == 410
    [role] = User.objects.get(email="sam@example.org").groups.all()
    assert role.name == "Mulhouse : rédaction"
    camille.close()
    sam.close()


def test_somebody_switches_on_her_second_factor_and_comes_in_with_it(browser, site):
    page = browser.new_page(locale="fr-FR")
    sign_in(page, site, "metz@example.org")

    page.goto(f"{site}/admin/account/")
    page.get_by_role("link", name="Mon second facteur").click()
    page.get_by_role("link", name="L’activer").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("Les six chiffres").fill(code(secret))
    page.get_by_role("button", name="L’activer").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    spare = page.locator(".codes code").first.inner_text()
    page.close()
    later = browser.new_page(locale="fr-FR")
    later.goto(f"{site}/admin/")
    later.get_by_label("Adresse électronique").fill("metz@example.org")
    later.get_by_label("Mot de passe").fill("labo-ouvert")
    later.get_by_role("button", name="Se connecter").click()
    later.get_by_label("Code").fill(spare)
    later.get_by_role("button", name="Se connecter").click()
    expect(later).to_have_url(f"{site}/admin/")
    later.close()


def faults(page, scheme):
    # A colour on its way from one scheme to the other has the contrast of neither.
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    broken = Axe().run(page).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in broken]


def test_account_pages_break_no_rule_of_accessibility_and_fit_a_small_phone(
    browser, site
):
    invited("Lille : rédaction", "lou@example.org")
    page = browser.new_page(locale="fr-FR", viewport=SMALL_PHONE)
    outside = ["login/", "password/lost/", "password/lost/sent/", "invitation/0/"]
    inside = ["password/", "second-factor/", "second-factor/on/", "logout/"]

    found, widths = {}, {}

    def look(address):
        page.goto(address)
        widths[address] = page.evaluate("document.documentElement.scrollWidth")
        found[address] = faults(page, "light") + faults(page, "dark")

    for path in outside:
        look(f"{site}/account/{path}")
    look(link_for(site, "lou@example.org"))
    sign_in(page, site, "lille@example.org")
    for path in inside:
        look(f"{site}/account/{path}")

    assert {address: fault for address, fault in found.items() if fault} == {}
    assert set(widths.values()) == {SMALL_PHONE["width"]}
    page.close()
