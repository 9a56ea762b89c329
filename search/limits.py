"""Nobody keeps all others from searching, and what cannot be answered is said so."""

import logging
from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import BadRequest, PermissionDenied, TooManyFieldsSent
from django.db import OperationalError
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from .timely import took_too_long

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]


def limited(view: View) -> View:
    """`view`, for anybody who asks neither without end nor for too much."""

    @wraps(view)
    def answer(request, *args, **kwargs) -> HttpResponseBase:
        if asks_too_often(request):
            return too_often(request)
        try:
            return view(request, *args, **kwargs)
        except (BadRequest, TooManyFieldsSent):
            said = _("This address asks for too much at once. Ask for less.")
            return refused(request, said, 400)
        except OperationalError as error:
            if not took_too_long(error):
                raise
            said = _("This search takes too long. Try with fewer or rarer words.")
            return refused(request, said, 503)

    return answer


def too_often(request) -> HttpResponseBase:
    answer = TemplateResponse(request, "429.html", status=429)
    answer["Retry-After"] = str(settings.SEARCHES_AT_MOST[1])
    answer["Cache-Control"] = "no-store"
    return answer


def refused(request, said: str, status: int) -> HttpResponseBase:
    """An answer that says what to do, with a line in the log and no more."""
    logger.warning("Search refused (%s): %s", status, request.path)
    return TemplateResponse(
        request, "search/refused.html", {"said": said, "status": status}, status=status
    )


def asks_too_often(request, limit: str = "SEARCHES_AT_MOST") -> bool:
    """Each process counts for itself, in its own memory: nobody waits for it."""
    most, seconds = getattr(settings, limit)
    key = f"{limit}:{address_of(request)}"
    counts = caches["process"]
    counts.add(key, 0, seconds)
    try:
        return counts.incr(key) > most
    except ValueError:
        # It ran out in between.
        return False


def address_of(request) -> str:
    """Who asks; all together, who come by a way that does not say."""
    try:
        return get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return ""
