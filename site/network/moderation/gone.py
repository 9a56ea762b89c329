"""What readers find where a page was: the way to it, or that it was retracted (410)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from network.core.redirects import KeepQueryMiddleware

from .models import RetractionItem


class GoneMiddleware(KeepQueryMiddleware):
    """Leads to where a page is now, and turns the 404 of a retracted one into a 410.

    Where nothing ever was, one query tells so; where a page is, none is made.
    """

    def process_response(self, request, response):
        if response.status_code != 404 or not something_was_at(request):
            return response
        answer = super().process_response(request, response)
        return (answer is response and self.gone(request)) or answer

    def gone(self, request: HttpRequest) -> HttpResponse | None:
        item = retracted_from(request.path).select_related("page").first()
        if item is None or request.method not in ("GET", "HEAD"):
            return None
        context = {"place": nearest_public(item.page)}
        return render(request, "410.html", context, status=410)


def something_was_at(request: HttpRequest) -> bool:
    """Whether this address leads elsewhere, or did lead to what was retracted since."""
    # No address of a page holds this byte, which the database would choke on.
    if "\0" in request.path:
        return False
    moved = Redirect.objects.filter(old_path__in=written(request.get_full_path()))
    return moved.values("pk").union(retracted_from(request.path).values("pk")).exists()


def written(address: str) -> set[str]:
    """An address as those who lead on from it may have written it."""
    whole = Redirect.normalise_path(address, decode_unicode=False)
    ways = {whole, whole.partition("?")[0]}
    return {path for way in ways for path in (way, uri_to_iri(way)) if "\0" not in path}


def retracted_from(path: str):
    return RetractionItem.objects.open().filter(address=path, was_live=True)


def nearest_public(page: Page | None) -> Page | None:
    """The page above that anyone may still read: often the city it came from."""
    if page is None:
        return None
    # The front door is not a place: the page offers it anyway.
    above = page.get_ancestors().filter(depth__gt=2).live().public()
    return above.order_by("-depth").first()
