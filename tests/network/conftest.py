import pytest
from django.contrib.auth.models import Group

from network.access.roles import make_city_role, make_network_roles
from network.moderation.workflow import require_approval
from network.translation.verbs import mirror
from tests.factories import CityPageFactory, UserFactory
from tests.fixtures import ada, as_ada, english, french, home

__all__ = ["ada", "as_ada", "english", "french", "home"]


def open_city(title):
    """A city and the group of those who write in it."""
    city = CityPageFactory(title=title, slug=title.lower())
    mirror(city)
    make_city_role(city)
    return city


@pytest.fixture
def metz(english):
    return open_city("Metz")


@pytest.fixture
def lille(english):
    return open_city("Lille")


@pytest.fixture
def network_roles(home, english):
    """The two groups of the whole network, and the approval that one of them gives."""
    moderators, team = make_network_roles(home)
    require_approval(moderators, home)
    return moderators, team


@pytest.fixture
def editor(metz):
    """Somebody who writes for Metz."""
    return member_of("Metz : rédaction")


@pytest.fixture
def moderator(network_roles):
    return member_of("Modération")


@pytest.fixture
def team_member(network_roles):
    return member_of("Équipe du réseau")


def member_of(group):
    user = UserFactory()
    user.groups.add(Group.objects.get(name=group))
    return user
