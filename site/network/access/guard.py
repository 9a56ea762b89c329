"""The gate of the admin: who may not know of a thing never reaches its view.

Wagtail 8.0's views ask each for themselves, and some tell the title of what they refuse
(approving, moving, exploring); and they answer that a page may not be seen, where they
could as well say that there is none.
"""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch, reverse
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.models import Page

from network.core.asking import asked_by
from network.media.models import Document, Picture

from .reports import FOR_THE_NETWORK
from .roles import may_approve
from .walls import known_pages, may_keep, may_know

# What the arguments of the admin's addresses stand for.
KINDS: dict[str, type[Model]] = {
    **dict.fromkeys(
        ["page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"],
        Page,
    ),
    "image_id": Picture,
    "document_id": Document,
    "doc_id": Document,
}
KEYS_BY_NAMESPACE: dict[str, type[Model]] = {
    "wagtailadmin_pages": Page,
    "wagtailimages_chooser": Picture,
    "wagtaildocs_chooser": Document,
}


class WallsMiddleware:
    """Refuses what somebody may not know of, as if it were not there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request):
        with asked_by(request):
            answer = self.get_response(request)
            return refuse(request) if is_missing(request, answer) else answer

    def process_view(self, request, view, args, kwargs):
        if is_admin(request) and not may_enter(request.user, request.resolver_match):
            return refuse(request)
        return None


@never_cache
@require_admin_access
def refuse(request):
    raise PermissionDenied


def is_admin(request: HttpRequest) -> bool:
    """Whether somebody who has signed in is in the admin."""
    inside = request.path.startswith(reverse("wagtailadmin_home"))
    return inside and request.user.is_authenticated


def is_missing(request: HttpRequest, answer: HttpResponse) -> bool:
    """Whether the answer says that there is no such thing, which a city need not know.

    What is written in JSON holds nothing beyond what its query found.
    """
    match = request.resolver_match
    if answer.status_code != 404 or not (match and match.kwargs):
        return False
    is_page = answer["Content-Type"].startswith("text/html")
    return is_page and is_admin(request) and not may_approve(request.user)


def may_enter(user, match: ResolverMatch) -> bool:
    if match.view_name in FOR_THE_NETWORK:
        return may_approve(user)
    if words := shared_words(match):
        return may_keep(user, words)
    return all(may_name(user, match, *argument) for argument in match.kwargs.items())


def may_name(user, match: ResolverMatch, name: str, value) -> bool:
    """Whether somebody may put this into an address."""
    kind = KEYS_BY_NAMESPACE.get(match.namespace) if name == "pk" else KINDS.get(name)
    if kind is None:
        return True
    thing = kind._default_manager.filter(pk=value).first()
    if thing is None:
        # That there is no such thing is said to those who may know of all.
        return may_approve(user)
    if match.view_name == "wagtailadmin_choose_page_child":
        return known_pages(user).filter(pk=value).exists()
    if "/localize/" in match.route and isinstance(thing, Page):
        # A translator names what she translates, which is not hers to work on.
        versions = thing.get_translations(inclusive=True)
        return any(may_know(user, version) for version in versions)
    return may_know(user, thing)


def shared_words(match: ResolverMatch) -> type | None:
    """The kind of snippet that an address is about."""
    if not match.namespace.startswith("wagtailsnippets_"):
        return None
    return match.func.view_initkwargs["model"]  # type: ignore[attr-defined]
