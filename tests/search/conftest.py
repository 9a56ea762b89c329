import pytest
from bs4 import BeautifulSoup

from search.rebuilding import rebuild
from tests.fixtures import ada, as_ada, english, french, home

__all__ = ["ada", "as_ada", "english", "french", "home"]


@pytest.fixture
def bring_up_to_date(db):
    """Have the index say what the site says, as after the commit that a test lacks."""

    def bring_up_to_date():
        return [done for done, _all in rebuild()]

    return bring_up_to_date


@pytest.fixture
def ask(client, bring_up_to_date):
    """Search in an index that is up to date: the answer, or its HTML to look around."""

    def ask(query="", language="fr", **options):
        bring_up_to_date()
        return client.get(f"/{language}/search/", {"q": query, **options})

    return ask


@pytest.fixture
def read(ask):
    def read(*asked, **options):
        return BeautifulSoup(ask(*asked, **options).content, "html.parser")

    return read


@pytest.fixture
def search(ask):
    """Search, and read what is found: the titles."""

    def search(*asked, **options):
        return [one.title for one in ask(*asked, **options).context["results"]]

    return search
