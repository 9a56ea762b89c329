import pytest
from bs4 import BeautifulSoup

from tests.fixtures import ada, as_ada, english, french, home

__all__ = ["ada", "as_ada", "english", "french", "home"]


@pytest.fixture
def read(client):
    """What stands at an address, as HTML to look around in."""

    def read(address):
        return BeautifulSoup(client.get(address).content, "html.parser")

    return read
