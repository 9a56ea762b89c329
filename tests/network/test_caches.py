"""The cache of production, which is a table."""

import pytest
from django.core.cache import cache
from django.test import override_settings
from wagtail.models import Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY

from network.core.caches import begin, end
from tests.factories import StandardPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def table():
    """`default` as production has it."""
    backend = {"BACKEND": "network.core.caches.TableCache", "LOCATION": "cache"}
    with override_settings(CACHES={"default": backend}):
        yield


@pytest.fixture
def during_a_request():
    begin()
    yield
    end()


@pytest.fixture
def pages(home):
    pages = [StandardPageFactory(slug=f"about-{number}") for number in range(3)]
    Site.get_site_root_paths()
    return pages


def test_where_the_site_begins_is_asked_once_for_all_links_of_a_page(
    pages, during_a_request, django_assert_num_queries
):
    with django_assert_num_queries(1):
        urls = [page.url for page in pages]

    assert urls == ["/fr/about-0/", "/fr/about-1/", "/fr/about-2/"]


def test_where_the_site_begins_is_not_remembered_in_a_job(
    pages, django_assert_num_queries
):
    with django_assert_num_queries(3):
        assert [page.url for page in pages] != []


def test_a_site_that_moves_during_a_request_has_its_new_address_at_once(
    pages, during_a_request
):
    site, before = Site.objects.get(), pages[0].full_url
    site.hostname = "network.example"
    site.save()

    assert (before, pages[1].full_url) == (
        "http://localhost/fr/about-0/",
        "http://network.example/fr/about-1/",
    )


def test_what_another_process_counts_is_read_each_time(during_a_request):
    cache.set("attempts", 1)
    first = cache.get("attempts")
    cache.incr("attempts")

    assert (first, cache.get("attempts")) == (1, 2)


def test_what_is_not_there_is_what_was_given_for_it(during_a_request):
    cache.delete(SITE_ROOT_PATHS_CACHE_KEY)

    assert cache.get(SITE_ROOT_PATHS_CACHE_KEY, "nothing") == "nothing"
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, "something")
    assert cache.get(SITE_ROOT_PATHS_CACHE_KEY) == "something"
