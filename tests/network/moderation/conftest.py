"""Two open cities, with somebody in every role."""

from tests.fixtures import ada, as_ada, committed
from tests.opened import *  # noqa: F403

__all__ = ["ada", "as_ada", "committed"]
