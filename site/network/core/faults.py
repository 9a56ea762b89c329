"""What is answered when something breaks that readers can do nothing about."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

# Seconds after which it is worth a try: a database that restarts needs no more.
COME_BACK = 30
# How PostgreSQL says that it is not there, or not for more of us: broken connections,
# lack of room, and being shut down. No code at all: nobody answered.
AWAY = ("08", "53", "57P")


def server_error(request: HttpRequest) -> HttpResponse:
    """A page in both languages that asks the database nothing: it may be what broke."""
    if not is_away(sys.exc_info()[1]):
        return HttpResponse(render_to_string("500.html"), status=500)
    answer = HttpResponse(render_to_string("503.html"), status=503)
    answer["Retry-After"] = str(COME_BACK)
    answer["Cache-Control"] = "no-store"
    return answer


def is_away(error: BaseException | None) -> bool:
    """Whether the database could not be asked, rather than gave no answer."""
    if not isinstance(error, (InterfaceError, OperationalError)):
        return False
    code = getattr(error.__cause__, "sqlstate", None)
    return code is None or code.startswith(AWAY)
