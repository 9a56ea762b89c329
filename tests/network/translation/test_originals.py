"""A translation is public with its original, and never before it."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from cities.models import CaseIndexPage, CasePage
from network.moderation import review
from network.translation.drafts import begin
from tests.factories import CasePageFactory
from tests.networks import mirrored
from tests.screens import Screen, translate_rest

pytestmark = pytest.mark.django_db

SAID = "Its original is not public yet: that one is to be approved first."


@pytest.fixture
def draft(metz, editor):
    """A case that is public in no language."""
    parent = CaseIndexPage.objects.child_of(metz).get()
    page = mirrored(CasePageFactory, parent=parent, title="La salle", live=False)
    page.save_revision(user=editor)
    return page


@pytest.fixture
def version(draft, english, translator, client):
    """Its translation, which is whole and waits for approval."""
    begin(draft, english, translator)
    version = draft.get_translation(english)
    translate_rest(Screen(client, translator, version)).press("submit")
    return version


def approve(client, user, page):
    client.force_login(user)
    state = review.waiting_state(Page.objects.get(pk=page.pk)).pk
    address = reverse("moderation_review", args=[page.pk])
    return client.post(address, {"state": state, "approve": ""}, follow=True)


def said(answer):
    return [str(message).strip() for message in answer.context["messages"]]


def live(draft):
    found = Page.objects.filter(translation_key=draft.translation_key, live=True)
    return set(found.values_list("locale__language_code", flat=True))


def test_it_is_not_approved_before_its_original_and_says_so(
    client, draft, version, moderator
):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    answer = approve(client, moderator, version)

    assert said(answer)[-1] == SAID
    assert live(draft) == set()
    # It waits on.
    assert review.waiting_state(Page.objects.get(pk=version.pk))


def test_it_is_approved_once_its_original_is_public(  # noqa: PLR0917
    client, draft, version, moderator, editor, committed
):
    review.submit(CasePage.objects.get(pk=draft.pk), editor)
    committed(approve, client, moderator, draft)
    assert live(draft) == {"fr", "en"}
    assert CasePage.objects.get(pk=version.pk).title == "La salle"

    committed(approve, client, moderator, version)

    assert CasePage.objects.get(pk=version.pk).title == "La salle (EN)"


def test_nor_is_it_published_from_its_screen(client, draft, english, moderator):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    begin(draft, english, moderator)
    screen = Screen(client, moderator, draft.get_translation(english))

    screen = translate_rest(screen).press_and_read("publish")

    assert said(screen.answer) == [SAID]
    assert screen.texts["La salle"] == "La salle (EN)"
    assert live(draft) == set()
