"""Two open cities, with somebody in every role, and who looks after both."""

import pytest

from tests.fixtures import ada, as_ada, committed
from tests.opened import *  # noqa: F403

__all__ = ["ada", "as_ada", "committed"]


@pytest.fixture
def as_team(client, team_member):
    """The browser of somebody who runs the network, once they have signed in."""
    client.force_login(team_member)
    return client
