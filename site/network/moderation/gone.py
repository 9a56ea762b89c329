"""What readers find where a page was retracted: 410, and a kind word."""

from django.shortcuts import render
from wagtail.models import Page

from .models import RetractionItem


class GoneMiddleware:
    """Turns the 404 of a retracted page into a 410; costs nothing where a page is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        # No address of a page holds this byte, which the database would choke on.
        return ("\0" not in request.path and self.gone(request)) or response

    def gone(self, request):
        items = RetractionItem.objects.open().select_related("page")
        item = items.filter(address=request.path, was_live=True).first()
        if item is None:
            return None
        context = {"place": nearest_public(item.page)}
        return render(request, "410.html", context, status=410)


def nearest_public(page: Page | None) -> Page | None:
    """The page above that anyone may still read: often the city it came from."""
    if page is None:
        return None
    # The front door is not a place: the page offers it anyway.
    above = page.get_ancestors().filter(depth__gt=2).live().public()
    return above.order_by("-depth").first()
