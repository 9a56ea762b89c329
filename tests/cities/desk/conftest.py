"""Two open cities, with somebody in every role."""

from tests.opened import *  # noqa: F403
