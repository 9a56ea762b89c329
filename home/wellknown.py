"""What machines, and the curious, look for at addresses that everybody knows."""

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext

from network.core.colours import colours

from .models import NetworkSettings

# Nobody looks for the doors of those who work here.
PRIVATE = ["wagtailadmin_home", "account_login"]


def text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain")


def robots(request) -> HttpResponse:
    """Tell search engines where the map of the site is, and what is none of theirs."""
    private = [f"Disallow: {reverse(name)}" for name in PRIVATE]
    lines = ["User-agent: *", *private, "", f"Sitemap: {map_of(request)}"]
    return text(lines)


def map_of(request) -> str:
    return request.build_absolute_uri(reverse("sitemaps"))


def humans(request) -> HttpResponse:
    """Who makes this, and with what: in both languages, nobody asked for one."""
    said = NetworkSettings.for_request(request)
    return text(
        [
            "/* ÉQUIPE · TEAM */",
            said.organisation or settings.WAGTAIL_SITE_NAME,
            *([said.contact_email] if said.contact_email else []),
            "",
            "/* MERCI · THANKS */",
            "Aux collectivités et aux régions qui racontent ce qu’elles ont essayé.",
            "To the cities and regions that tell what they tried.",
            "",
            "/* SITE */",
            "HTML, CSS, SVG · Python, Django, Wagtail, PostgreSQL",
            "Bricolage Grotesque, Atkinson Hyperlegible Next",
            f"Textes, texts: {said.get_licence_display()}",
        ]
    )


def security(request) -> HttpResponse:
    """Where to tell of a hole in this site (RFC 9116), if somebody listens."""
    said = NetworkSettings.for_request(request)
    if not said.contact_email:
        raise Http404
    return text(
        [
            f"Contact: mailto:{said.contact_email}",
            f"Expires: {expiry(localdate()).isoformat()}T00:00:00Z",
            f"Preferred-Languages: {', '.join(code for code, _ in settings.LANGUAGES)}",
            f"Canonical: {request.build_absolute_uri(reverse('security'))}",
        ]
    )


def expiry(today: dt.date) -> dt.date:
    """The first day of a month, five months ahead or a little more: it never lapses."""
    months = today.year * 12 + today.month - 1 + 6
    return dt.date(months // 12, months % 12 + 1, 1)


def manifest(request) -> HttpResponse:
    """How the site introduces itself to a telephone that keeps it beside its apps."""
    said = {
        "name": settings.WAGTAIL_SITE_NAME,
        "description": gettext("A network of public innovation labs"),
        "lang": get_language(),
        "dir": "ltr",
        "id": "/",
        "start_url": f"/{get_language()}/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": colours()["paper"].day,
        "theme_color": colours()["paper"].day,
        "icons": [
            icon("icons/favicon.svg", "image/svg+xml", "any"),
            icon("icons/apple-touch-icon.png", "image/png", "180x180"),
        ],
    }
    return JsonResponse(said, content_type="application/manifest+json")


def icon(name: str, kind: str, sizes: str) -> dict[str, str]:
    return {"src": static(name), "type": kind, "sizes": sizes}
