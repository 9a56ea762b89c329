"""No page costs more when there is more to show."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site, get_page_models

from network.translation.verbs import follow
from tests.factories import locale
from tests.networks import network

KINDS = sorted({model.__name__ for model in get_page_models()} - {Page.__name__})
MOST_QUERIES = 20


@pytest.fixture(scope="module")
def costs(django_db_setup, django_db_blocker):
    """The queries of every kind of page, with one and with three of everything."""
    with django_db_blocker.unblock():
        return {count: costs_with(count) for count in (1, 3)}


def costs_with(count):
    with transaction.atomic():
        pages = network(count)
        follow(locale("en"), locale("fr"))
        costs = {
            (kind, version.locale.language_code): queries_of(version)
            for kind, page in pages.items()
            for version in page.get_translations(inclusive=True)
        }
        transaction.set_rollback(True)
    return costs


def queries_of(page):
    client, address = Client(), page.url
    client.get(address)  # cuts its pictures, once and for all
    cache.clear()
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.context["page"] == page
    return len(queries)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_costs_the_same_with_one_and_with_three_of_everything(
    costs, kind, language
):
    assert costs[1][kind, language] == costs[3][kind, language]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_costs_no_more_than_twenty_queries(costs, kind, language):
    assert costs[3][kind, language] <= MOST_QUERIES
