"""Nobody keeps all others from searching."""

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse


def limited(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """`view`, for those who ask it no more often than anybody reads answers."""

    @wraps(view)
    def answer(request, *args, **kwargs) -> HttpResponseBase:
        if asks_too_often(request):
            return TemplateResponse(request, "429.html", status=429)
        return view(request, *args, **kwargs)

    return answer


def asks_too_often(request, limit: str = "SEARCHES_AT_MOST") -> bool:
    """Each process counts for itself, in its own memory: nobody waits for it."""
    most, seconds = getattr(settings, limit)
    key = f"{limit}:{get_adapter(request).get_client_ip(request)}"
    counts = caches["process"]
    counts.add(key, 0, seconds)
    try:
        return counts.incr(key) > most
    except ValueError:
        # It ran out in between.
        return False
