from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language_from_request
from wagtail.views import serve as serve_page

from .posters import KEPT, Poster, address_of, public_page
from .routing import route_of


class SeeOther(HttpResponseRedirect):
    status_code = 303


def choose_language(request) -> HttpResponse:
    """Send a first visit to the home page in the language its browser asks for.

    Who asks for none gets French, the language most pages are written in: so do
    crawlers. One that does ask gets what it asks for: to know crawlers by name would
    need another answer for each name, in every cache.
    """
    query = f"?{request.META['QUERY_STRING']}" if request.META["QUERY_STRING"] else ""
    response = SeeOther(f"/{get_language_from_request(request)}/{query}")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def serve(request, path: str) -> HttpResponse:
    """Wagtail's own view, told where the address leads."""
    request._wagtail_route_for_request = route_of(request, path)
    return serve_page(request, path)


def poster(request, page_id: int, digest: str) -> HttpResponse:
    """The picture that a link to this page is shown with, while anyone may read it.

    One that says what the page said once leads to the one of today.
    """
    page = public_page(page_id)
    if page is None:
        raise Http404
    drawn = Poster.of(page)
    if drawn.digest != digest:
        return with_cache(HttpResponseRedirect(address_of(page)), no_cache=True)
    response = HttpResponse(drawn.png(), content_type="image/png")
    return with_cache(response, public=True, max_age=KEPT)


def with_cache(response: HttpResponse, **control) -> HttpResponse:
    patch_cache_control(response, **control)
    return response
