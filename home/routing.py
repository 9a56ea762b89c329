"""From an address to its page at once: Wagtail asks twice for each level."""

from django.db.models import Subquery, Value
from django.db.models.functions import Concat
from django.http import Http404
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from network.core.models import EditorialPage


def route_of(request, path: str) -> RouteResult | None:
    """Where an address leads, as Wagtail wants to be told."""
    site = Site.find_for_request(request)
    steps = [step for step in path.split("/") if step]
    page = page_at(site.root_page, steps) if site else None
    return RouteResult(page) if page else None


def route_from(root: Page, steps: list[str]) -> RouteResult:
    if page := page_at(root, steps):
        return RouteResult(page)
    raise Http404


def page_at(root: Page, steps: list[str]) -> Page | None:
    """The public page that one comes to from the home page, in the reader's language.

    While the home page of a language is a draft, that of another one answers (D9): only
    `/en/` itself is answered so, and says that it is in French.
    """
    rest = Value("/".join([*steps, ""]) if steps else "")
    address = Concat(Subquery(front_door(root)), rest)
    found = Page.objects.filter(url_path=address, live=True).first()
    if found is None and not steps and root.live:
        found = root
    return whole(found) if found else None


def front_door(root: Page):
    """Where all addresses of the language begin that is being read."""
    homes = Page.objects.filter(translation_key=root.translation_key)
    return homes.filter(locale__language_code=get_language()).values("url_path")


def whole(page: Page) -> Page:
    kind = page.specific_class
    return kind.found(page.pk) if issubclass(kind, EditorialPage) else page.specific
