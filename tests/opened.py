"""A network with its roles and two open cities, made once for all tests.

To open a city takes a second. All modules share a copy, and each test finds it as new,
for what it does is undone. A test that commits what it does has a copy of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from wagtail.models import Locale

from cities.models import CityIndexPage, CityPage
from home.models import HomePage
from network.access.models import Role
from network.translation.verbs import follow
from tests import databases
from tests.factories import (
    CityIndexPageFactory,
    HomePageFactory,
    UserFactory,
    locale,
)
from tests.networks import city_of, mirrored

# What a conftest takes from here, with `*`.
__all__ = [
    "editor",
    "english",
    "french",
    "home",
    "index",
    "lille",
    "manager",
    "metz",
    "moderator",
    "network_roles",
    "opened",
    "opened_for_module",
    "team_member",
    "translator",
]

CITIES = ["Metz", "Lille"]


def build() -> None:
    HomePageFactory()
    follow(locale("en"), locale("fr"))
    index = mirrored(CityIndexPageFactory)
    for title in CITIES:
        city_of(index, title)


def template(schema: str) -> str:
    here = Path(__file__)
    return databases.template_of_code("opened", build, here, source=schema)


@pytest.fixture(scope="session")
def opened_database(schema, django_db_setup, django_db_blocker):
    with (
        django_db_blocker.unblock(),
        databases.clone(template(schema)) as clone,
        django_db_blocker.block(),
    ):
        yield clone.name


@pytest.fixture(scope="module")
def opened_for_module(opened_database, django_db_blocker):
    with django_db_blocker.unblock(), databases.lent(opened_database):
        yield


@pytest.fixture
def opened(opened_for_module, db):
    """The network is there: its front door, its roles, Metz and Lille."""


@contextmanager
def opened_for_itself(schema: str) -> Iterator[None]:
    """A network of its own, for a test that commits what it does."""
    with databases.clone(template(schema)) as clone, databases.connected_to(clone.name):
        yield


@pytest.fixture
def home(opened):
    return HomePage.objects.get(alias_of=None)


@pytest.fixture
def french(opened):
    return Locale.objects.get(language_code="fr")


@pytest.fixture
def english(opened):
    return Locale.objects.get(language_code="en")


@pytest.fixture
def index(opened):
    return CityIndexPage.objects.get(alias_of=None)


@pytest.fixture
def metz(opened):
    return CityPage.objects.get(slug="metz", alias_of=None)


@pytest.fixture
def lille(opened):
    return CityPage.objects.get(slug="lille", alias_of=None)


@pytest.fixture
def network_roles(opened):
    """The two groups that run the network, and give their approval."""
    kinds = [Role.Kind.MODERATOR, Role.Kind.TEAM]
    return tuple(Role.objects.get(kind=kind).group for kind in kinds)


def person(kind, city=None, language=None):
    """Somebody with this role, for this city or for the network."""
    role = Role.objects.get(
        kind=kind, branch=city and city.translation_key, language=language
    )
    person = UserFactory()
    person.groups.add(role.group)
    return person


@pytest.fixture
def editor(metz):
    """Somebody who writes for Metz."""
    return person(Role.Kind.EDITOR, metz)


@pytest.fixture
def manager(metz):
    """Somebody who answers for Metz."""
    return person(Role.Kind.MANAGER, metz)


@pytest.fixture
def translator(metz, english):
    """Somebody who puts into English what Metz writes."""
    return person(Role.Kind.TRANSLATOR, metz, english)


@pytest.fixture
def moderator(opened):
    return person(Role.Kind.MODERATOR)


@pytest.fixture
def team_member(opened):
    return person(Role.Kind.TEAM)
