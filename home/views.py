from django.http import HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request


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
