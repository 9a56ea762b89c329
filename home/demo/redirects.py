"""To build pages without a redirect from each address they had for a moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from wagtail.signals import page_slug_changed

from network.core.redirects import follow_slug


@contextmanager
def without_redirects() -> Iterator[None]:
    """A translation is made at the address of its source, where nobody has seen it."""
    page_slug_changed.disconnect(follow_slug)
    try:
        yield
    finally:
        page_slug_changed.connect(follow_slug)
