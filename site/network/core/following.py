"""The versions of a page follow the one that somebody changed, and lead nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_follows: ContextVar[bool] = ContextVar("follows", default=False)


@contextmanager
def following() -> Iterator[None]:
    """What is done in here follows what was done to a page, which is told already."""
    token = _follows.set(True)
    try:
        yield
    finally:
        _follows.reset(token)


def leads() -> bool:
    """Whether what happens to a page now is to happen to its versions too."""
    return not _follows.get()
