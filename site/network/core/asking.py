"""Who asks: templates are filled in where no view can tell them."""

from collections.abc import Iterator
from contextlib import contextmanager

from asgiref.local import Local
from django.http import HttpRequest

_asked = Local()


@contextmanager
def asked_by(request: HttpRequest) -> Iterator[None]:
    before = getattr(_asked, "request", None)
    _asked.request = request
    try:
        yield
    finally:
        _asked.request = before


def whoever_asks():
    """The user of the request that is being answered; None in a job or a command."""
    # Wagtail's own log context ends before the template of an answer is filled in.
    return getattr(getattr(_asked, "request", None), "user", None)
