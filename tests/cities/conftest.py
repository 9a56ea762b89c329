import pytest

from tests.factories import (
    CaseIndexPageFactory,
    CityPageFactory,
    FeedbackIndexPageFactory,
    JourneyIndexPageFactory,
)
from tests.fixtures import ada, as_ada, english, french, home

__all__ = ["ada", "as_ada", "english", "french", "home"]


def city(title):
    """A city with its three lists, and nothing in them."""
    city = CityPageFactory(title=title, slug=title.lower())
    CaseIndexPageFactory(parent=city)
    JourneyIndexPageFactory(parent=city)
    FeedbackIndexPageFactory(parent=city)
    return city


@pytest.fixture
def lyon(home):
    return city("Lyon")


@pytest.fixture
def lille(lyon):
    return city("Lille")
