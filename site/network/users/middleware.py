import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY

SECONDS_BETWEEN_MARKS = 600


class SessionAgeMiddleware:
    """Signs out who has not clicked for hours, and everybody after a day.

    A session lasts SESSION_COOKIE_AGE from when it was last written. Writing it at each
    request would cost three queries each: once in ten minutes is enough.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # A reader has no session, and an answer to her must not depend on cookies.
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            look_at_the_clock(request)
        return self.get_response(request)


def look_at_the_clock(request) -> None:
    session, now = request.session, time.time()
    if SESSION_KEY not in session:
        return
    if now - session.setdefault("since", now) > settings.SESSION_AGE_AT_MOST:
        session.flush()
    elif now - session.get("seen", 0) > SECONDS_BETWEEN_MARKS:
        session["seen"] = now
