import pytest

from tests.fixtures import ada, as_ada
from tests.opened import (
    editor,
    english,
    french,
    home,
    index,
    lille,
    manager,
    metz,
    moderator,
    network_roles,
    opened,
    opened_for_module,
    team_member,
    translator,
)

__all__ = [
    "ada",
    "as_ada",
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


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do something, and what follows when it is really saved."""

    def do(act, *args):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*args)

    return do


@pytest.fixture
def as_team(client, team_member):
    """The browser of somebody who runs the network, once they have signed in."""
    client.force_login(team_member)
    return client
