from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request

# Nobody looks for the doors of those who work here.
PRIVATE = ["wagtailadmin_home", "account_login"]


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


def robots(request) -> HttpResponse:
    """Tell search engines where the map of the site is, and what is none of theirs."""
    private = [f"Disallow: {reverse(name)}" for name in PRIVATE]
    lines = ["User-agent: *", *private, "", f"Sitemap: {map_of(request)}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


def map_of(request) -> str:
    return request.build_absolute_uri(reverse("sitemaps"))
