from tests.opened import (
    english,
    home,
    index,
    lille,
    manager,
    metz,
    moderator,
    network_roles,
    opened,
    opened_for_module,
)

__all__ = [
    "english",
    "home",
    "index",
    "lille",
    "manager",
    "metz",
    "moderator",
    "network_roles",
    "opened",
    "opened_for_module",
]
