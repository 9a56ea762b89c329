"""What is asked for each page is found by an index that was made for it.

An index must say what the query says: here one would notice that it no longer does.
In a network of a few pages PostgreSQL reads all of them, unless it is told not to.
"""

import pytest
from django.db import connection
from django.db.models import Q
from wagtail.models import Page

from cities.models import CasePage
from tests.factories import CasePageFactory, locale

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(db):
    return CasePageFactory().path


def indexes(pages):
    """The plan of a query, where neither reading all pages nor sorting is wanted."""
    with connection.cursor() as sql:
        for way in ("seqscan", "bitmapscan", "sort", "hashjoin", "mergejoin"):
            sql.execute(f"SET LOCAL enable_{way} = off")
    return pages.explain()


def test_an_address_is_found_by_its_index(path):
    assert "pages_by_address" in indexes(Page.objects.filter(url_path="/a/").order_by())


def test_the_parts_of_the_site_are_found_by_their_index(path):
    parts = Page.objects.filter(Q(depth=3, path__startswith=path[:8]))

    assert "pages_on_top" in indexes(parts.order_by("depth"))


def test_the_latest_of_a_language_are_found_by_their_index(path):
    latest = CasePage.objects.open_in(locale("fr")).latest_first()

    assert "pages_latest" in indexes(latest)


def test_the_latest_of_a_city_are_found_by_their_index(path):
    latest = CasePage.objects.open_in(locale("fr")).in_city(path[:16]).latest_first()

    assert "pages_of_city" in indexes(latest)
