"""What is not public is named nowhere: not by a page, a list, a search or the API."""

import pytest
from django.db import transaction
from django.test import Client
from wagtail.models import Page, PageViewRestriction, get_page_models

from network.core.models import Topic
from network.translation.verbs import follow
from tests.factories import locale
from tests.networks import network

pytestmark = pytest.mark.django_db

SECRET = "indicible"
KINDS = {model.__name__ for model in get_page_models()} - {Page.__name__}
LANGUAGES = ["fr", "en"]


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """A page of each kind, and beside it, where it may be, one with a secret name."""
    with django_db_blocker.unblock(), transaction.atomic():
        pages = network(2)
        for page in Page.objects.filter(title__endswith=" 2").specific():
            page.title = page.summary = f"Projet {SECRET} {page.pk}"
            page.save()
        Topic.objects.filter(name__endswith=" 2").update(name=SECRET)
        follow(locale("en"), locale("fr"))
        yield pages
        transaction.set_rollback(True)


def secret_pages():
    return Page.objects.filter(title__contains=SECRET, locale=locale("fr"))


def withdraw():
    for page in secret_pages():
        page.unpublish()


def keep_for_some():
    for page in secret_pages():
        PageViewRestriction.objects.create(page=page, restriction_type="login")


def places(pages):
    """All addresses where pages are named, by what they are and their language."""
    for kind, page in pages.items():
        for version in page.get_translations(inclusive=True):
            yield (kind, version.locale.language_code), version.url
    for language in LANGUAGES:
        yield ("search", language), f"/{language}/search/?q=projet"
        for page in pages.values():
            kind = page._meta.label
            address = f"/api/v2/pages/?type={kind}&fields=*&locale={language}"
            yield (f"API, {kind}", language), address


def telling(pages):
    """The places that tell a secret."""
    client = Client()
    return {
        place
        for place, address in places(pages)
        if SECRET in client.get(address).content.decode()
    }


@pytest.mark.parametrize("hide", [withdraw, keep_for_some])
def test_what_is_not_public_is_named_nowhere(pages, hide):
    hide()
    Topic.objects.filter(name=SECRET).update(live=False)

    assert telling(pages) == set()


def test_what_is_public_is_named_by_every_kind_of_page(pages):
    told = {(kind, language) for kind, language in telling(pages) if kind in KINDS}

    # The plain ones name it at their foot.
    assert told == {(kind, language) for kind in KINDS for language in LANGUAGES}
