"""A city with two hundred pages is copied, and put in another order.

Nothing of that changes an address.
"""

import pytest
from django.urls import reverse

from cities.models import CaseIndexPage, CityPage
from network.translation.drift import find
from tests.subtree import (
    addresses,
    assert_alike,
    assert_where_they_were,
    grande,
    opened_for_module,
    whole,
)

__all__ = ["grande", "opened_for_module"]

pytestmark = pytest.mark.django_db


def test_it_stands_in_another_place(grande, client, as_team):
    """And so does a list in it, and what is in that: no address changes."""
    before = addresses(grande)

    lists = CaseIndexPage.objects.child_of(grande).get()
    sheets = list(lists.get_children())
    for page, place in [(grande, 0), (lists, 2), (sheets[0], 40), (sheets[50], 0)]:
        name = "wagtailadmin_pages:set_page_position"
        client.post(reverse(name, args=[page.pk]) + f"?position={place}")

    lists.refresh_from_db()
    assert [page.pk for page in lists.get_children()][:2] == [
        sheets[50].pk,
        sheets[1].pk,
    ]
    client.logout()
    assert_where_they_were(client, before, grande)
    assert_alike()


def test_it_is_copied(grande, client, as_team, english, committed):
    """What was translated comes along, as drafts that nobody approved there."""
    before = addresses(grande)
    data = {"new_title": "Copie", "new_slug": "copie", "copy_subpages": "on"}
    data |= {"new_parent_page": grande.get_parent().pk, "publish_copies": "on"}

    address = reverse("wagtailadmin_pages:copy", args=[grande.pk])
    committed(lambda: client.post(address, data))

    copy = CityPage.objects.get(slug="copie", alias_of=None)
    pages = whole(copy)
    assert len(pages) == 400
    assert {page.live for page in pages} == {True}
    drafts = [page for page in pages if page.alias_of_id and page.latest_revision_id]
    assert len(drafts) == 101
    client.logout()
    assert_where_they_were(client, before, grande)
    assert {client.get(page.url).status_code for page in pages[::20]} == {200}
    assert_alike()


def test_to_check_it_takes_a_handful_of_queries(grande, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert find() == []
