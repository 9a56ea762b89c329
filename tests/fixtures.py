"""What the tests of several apps begin with: a front door, and the other language."""

import pytest

from network.translation.verbs import follow
from tests.factories import HomePageFactory, UserFactory, locale


@pytest.fixture
def home(db):
    """The front door of the site, in French."""
    return HomePageFactory()


@pytest.fixture
def french(db):
    return locale("fr")


@pytest.fixture
def english(home, french):
    """English, which shows every French page until somebody translates it."""
    english = locale("en")
    follow(english, french)
    return english


@pytest.fixture
def ada(db):
    """Somebody who may do everything."""
    return UserFactory(
        email="ada@example.org", is_staff=True, is_superuser=True, is_active=True
    )


@pytest.fixture
def as_ada(client, ada):
    """Ada's browser, once she has signed in."""
    client.force_login(ada)
    return client


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do something, and what follows when it is really saved."""

    def do(act, *args):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*args)

    return do
