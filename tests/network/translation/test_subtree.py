"""A city with two hundred pages, half of them translated, changes its place and name.

Whoever kept an old address of any of them, in either language, still finds the page.
"""

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from cities.models import CityPage
from tests.subtree import (
    addresses,
    assert_alike,
    assert_each_leads_on,
    elsewhere,
    grande,
    opened_for_module,
    petite,
    whole,
)

__all__ = ["elsewhere", "grande", "opened_for_module", "petite"]

pytestmark = pytest.mark.django_db

LATER = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def test_there_are_two_hundred_pages_half_of_them_translated(grande):
    pages = whole(grande)

    assert len(pages) == 400
    aliases = [page for page in pages if page.alias_of_id]
    assert len(aliases) == 99
    assert_alike()


def test_it_is_renamed(grande, client, committed):
    before = addresses(grande)
    grande.slug = "immense"

    committed(lambda: grande.save_revision().publish())

    # Each of the four hundred, here.
    assert_each_leads_on(client, before, grande, step=1)
    assert_alike()


def test_it_is_moved(grande, elsewhere, client, as_team, committed):
    before = addresses(grande)

    address = reverse("wagtailadmin_pages:move_confirm", args=[grande.pk, elsewhere.pk])
    committed(client.post, address)

    assert CityPage.objects.get(pk=grande.pk).get_parent().pk == elsewhere.pk
    client.logout()
    assert_each_leads_on(client, before, grande)
    assert_alike()


def test_it_is_renamed_and_moved_and_renamed_again(
    grande, elsewhere, client, committed
):
    before = addresses(grande)

    for slug in ("immense", "enorme"):
        city = CityPage.objects.get(pk=grande.pk)
        city.slug = slug
        committed(lambda city=city: city.save_revision().publish())
        committed(lambda: Page.objects.get(pk=grande.pk).move(elsewhere, "last-child"))

    assert_each_leads_on(client, before, grande)
    assert_alike()


@override_settings(TASKS=LATER)
def queries(act, *arguments):
    """How many somebody waits for: what a job does is not counted."""
    with CaptureQueriesContext(connection) as captured:
        act(*arguments)
    return len(captured)


def test_to_move_a_tree_costs_the_same_however_large(
    petite, grande, elsewhere, committed
):
    costs = {
        queries(committed, lambda city=city: city.move(elsewhere, "last-child"))
        for city in (petite, grande)
    }

    assert max(costs) - min(costs) <= 5
    assert max(costs) <= 100


def test_to_rename_a_tree_costs_the_same_however_large(petite, grande, committed):
    costs = []
    for city in (petite, grande):
        city.slug += "-2"
        costs.append(queries(committed, city.save))

    # A little is indexed at once, much by a job that has to be called.
    assert max(costs) - min(costs) <= 5
    assert max(costs) <= 60
