import pytest
from django.contrib.auth.models import Group

from network.access.roles import make_network_roles
from network.moderation.workflow import require_approval
from tests.factories import CityIndexPageFactory, UserFactory
from tests.fixtures import ada, as_ada, english, french, home
from tests.networks import city_of, mirrored

__all__ = ["ada", "as_ada", "english", "french", "home"]


@pytest.fixture
def index(english):
    return mirrored(CityIndexPageFactory)


@pytest.fixture
def metz(index):
    return city_of(index, "Metz")


@pytest.fixture
def lille(index):
    return city_of(index, "Lille")


@pytest.fixture
def network_roles(home, english):
    """The two groups of the whole network, and the approval that they give."""
    groups = make_network_roles(home)
    require_approval(groups, home)
    return groups


@pytest.fixture
def editor(metz):
    """Somebody who writes for Metz."""
    return member_of("Metz : rédaction")


@pytest.fixture
def manager(metz):
    """Somebody who answers for Metz."""
    return member_of("Metz : responsables")


@pytest.fixture
def translator(metz):
    """Somebody who puts into English what Metz writes."""
    return member_of("Metz : traduction en anglais")


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
