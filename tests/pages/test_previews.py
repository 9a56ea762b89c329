"""Every kind of page can be seen before it is published, as it will be."""

import re

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page, get_page_models

from network.translation.verbs import follow
from tests.factories import locale
from tests.forms import form_of, sent
from tests.networks import network

pytestmark = pytest.mark.django_db

PUBLISH = {"action-publish": "yes"}
KINDS = sorted({model.__name__ for model in get_page_models()} - {Page.__name__})


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """A page of each kind with everything in it, in French, and in English as such."""
    with django_db_blocker.unblock(), transaction.atomic():
        pages = network(1)
        follow(locale("en"), locale("fr"))
        yield pages
        transaction.set_rollback(True)


def main(response):
    """What a page shows, without what stands around it."""
    content = response.content.decode().partition("<main")[2].partition("</main>")[0]
    # The editor gives each of its paragraphs a name.
    return re.sub(' data-block-key="[^"]*"', "", content)


def version(page, language):
    """This page in that language."""
    versions = page.get_translations(inclusive=True)
    return versions.get(locale__language_code=language).specific


def as_new(data):
    """What was sent for a page, as it is sent for a page that is not there yet."""
    return {
        name: "0" if name.endswith("-INITIAL_FORMS") else value
        for name, value in data.items()
        if not re.search(r"-\d+-id$", name)
    } | {"slug": "new", "number": "90"}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_preview_shows_the_page_as_the_public_sees_it(client, pages, kind, language):
    page = version(pages[kind], language)

    preview = page.make_preview_request()

    assert main(preview) == main(client.get(page.url))
    assert f'<html lang="{language}">' in preview.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_the_editor_s_panel_shows_what_is_in_the_form(as_ada, pages, kind):
    page = pages[kind]
    panel = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])

    answer = as_ada.post(panel, sent(form_of(page)))

    assert answer.json() == {"is_valid": True, "is_available": True}
    assert main(as_ada.get(panel)) == main(as_ada.get(page.url))


# Nobody makes a front door by hand: it is there before the first editor.
@pytest.mark.parametrize("kind", sorted({*KINDS} - {"HomePage"}))
def test_a_page_that_was_never_saved_is_previewed_as_it_will_be(as_ada, pages, kind):
    page = version(pages[kind], "en")
    parent, data = page.get_parent(), as_new(sent(form_of(page)))
    if page.max_count_per_parent:
        page.delete()
    place = [page._meta.app_label, page._meta.model_name, parent.pk]
    panel = reverse("wagtailadmin_pages:preview_on_add", args=place)

    answer = as_ada.post(panel, data)
    preview = as_ada.get(panel)

    assert answer.json() == {"is_valid": True, "is_available": True}
    as_ada.post(reverse("wagtailadmin_pages:add", args=place), data | PUBLISH)
    saved = parent.get_children().get(slug="new").specific
    assert main(preview) == main(saved.make_preview_request())
