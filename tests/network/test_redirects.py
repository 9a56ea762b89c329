"""Old addresses of public pages lead to their new ones; drafts leave no trace."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from tests.factories import StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    def rename(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save()

    return rename


def ways():
    return set(Redirect.objects.values_list("old_path", "redirect_page__slug"))


def test_the_old_address_of_a_public_page_leads_to_the_new_one(home, rename, client):
    page = StandardPageFactory(slug="about")

    rename(page, "us")

    assert client.get("/fr/about/").url == page.url
    assert ways() == {("/fr/about", "us")}


def test_a_draft_that_changes_its_address_leaves_no_trace(home, rename):
    """And does not take the place of a way that leads somewhere."""
    rename(StandardPageFactory(slug="about"), "us")
    draft = StandardPageFactory(slug="about", live=False)

    rename(draft, "something-secret")

    assert ways() == {("/fr/about", "us")}


def test_the_old_place_of_a_public_page_leads_to_the_new_one(home, client):
    other = StandardPageFactory(title="Other")
    page = StandardPageFactory(slug="about")

    page.move(other, pos="last-child")

    page.refresh_from_db()
    assert client.get("/fr/about/").url == page.url
