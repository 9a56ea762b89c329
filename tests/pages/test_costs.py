"""No page costs more when there is more to show, and each costs little.

Asked as production asks: the cache is a table there, which costs a query, too.
"""

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site, get_page_models

from network.translation.verbs import follow
from tests.factories import locale
from tests.networks import network

KINDS = sorted({model.__name__ for model in get_page_models()} - {Page.__name__})
MOST_QUERIES = 10
# These show most of what others wrote, each kind from a table of its own.
MOST_OF = {"CasePage": 13, "CityPage": 12, "HomePage": 11}
MOST_OF_SEARCH, MOST_OF_NOTHING = 12, 5
IN_A_TABLE = {
    "default": {"BACKEND": "network.core.caches.TableCache", "LOCATION": "cache"},
    "renditions": settings.CACHES["renditions"],
    "process": settings.CACHES["process"],
}


@pytest.fixture(scope="module")
def costs(django_db_setup, django_db_blocker):
    """The queries of every kind of page, with one and with three of everything."""
    with django_db_blocker.unblock(), override_settings(CACHES=IN_A_TABLE):
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
        for code in ("fr", "en"):
            costs["search", code] = queries_at(f"/{code}/search/?q=nobody")
            costs["nothing", code] = queries_at(f"/{code}/nowhere/")
        transaction.set_rollback(True)
    return costs


def queries_of(page):
    assert Client().get(page.url).context["page"] == page
    return queries_at(page.url)


def queries_at(address):
    client = Client()
    client.get(address)  # cuts its pictures, once and for all
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_costs_the_same_with_one_and_with_three_of_everything(
    costs, kind, language
):
    assert costs[1][kind, language] == costs[3][kind, language]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_costs_no_more_queries_than_it_may(costs, kind, language):
    assert costs[3][kind, language] <= MOST_OF.get(kind, MOST_QUERIES)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_search_and_a_missing_page_cost_little(costs, language):
    assert costs[3]["search", language] <= MOST_OF_SEARCH
    assert costs[1]["nothing", language] == costs[3]["nothing", language]
    assert costs[3]["nothing", language] <= MOST_OF_NOTHING
