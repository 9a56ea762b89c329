"""To build pages without a redirect from each address they had for a moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from wagtail.contrib.redirects.signal_handlers import (
    autocreate_redirects_on_slug_change,
)
from wagtail.signals import page_slug_changed


@contextmanager
def without_redirects() -> Iterator[None]:
    """A translation is made at the address of its source, where nobody has seen it."""
    page_slug_changed.disconnect(autocreate_redirects_on_slug_change)
    try:
        yield
    finally:
        page_slug_changed.connect(autocreate_redirects_on_slug_change)
