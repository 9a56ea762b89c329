"""Links to pages in a text."""

import pytest
from django.utils.translation import override
from wagtail.rich_text import expand_db_html

from tests.factories import StandardPageFactory
from tests.fixtures import english, home
from tests.networks import in_both_languages, translated

__all__ = ["english", "home"]

pytestmark = pytest.mark.django_db


def link(page_id) -> str:
    return f'<a linktype="page" id="{page_id}">there</a>'


@pytest.fixture
def pages(home, english):
    """Three pages in both languages."""
    return [
        translated(StandardPageFactory, f"Page {n}", title=f"Feuille {n}", slug=f"p{n}")
        for n in range(3)
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_links_to_pages_cost_the_same_however_many_they_are(
    pages, django_assert_num_queries, count
):
    text = "".join(link(page.pk) for page in pages[:count])
    expand_db_html(text)

    with override("en"), django_assert_num_queries(1):
        shown = expand_db_html(text)

    assert shown.count("href") == count


def test_a_link_leads_to_the_page_in_the_language_of_the_reader(pages):
    french, translation = in_both_languages(pages[0])

    shown = {}
    for language in ("fr", "en"):
        with override(language):
            shown[language] = expand_db_html(link(french.pk))

    assert shown == {
        "fr": f'<a href="{french.url}">there</a>',
        "en": f'<a href="{translation.url}">there</a>',
    }


def test_a_link_leads_to_the_original_while_its_translation_is_a_draft(pages):
    french, translation = in_both_languages(pages[0])
    translation.unpublish()

    with override("en"):
        assert expand_db_html(link(french.pk)) == f'<a href="{french.url}">there</a>'


@pytest.mark.parametrize("page_id", ["999999", "", "x"])
def test_a_link_to_no_page_leads_nowhere(home, page_id):
    assert expand_db_html(link(page_id)) == "<a>there</a>"
