"""Old addresses of public pages lead to their new ones, in their own language.

Wagtail does so for drafts too, asks the database three times for each page below, and
forgets on the way where an old address of a public page led, if a draft had the same
for a while.
"""

import copy
from urllib.parse import urlsplit, urlunsplit

from django.http import QueryDict
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_slug_changed, post_page_move

# --- To remember where a page was ------------------------------------------


def follow_slug(instance, instance_before, **kwargs) -> None:
    lead_on(instance.pk, instance_before.url_path, instance_before.live)


def follow_move(instance, url_path_before, url_path_after, **kwargs) -> None:
    if url_path_before != url_path_after:
        lead_on(instance.pk, url_path_before, instance.live)


def lead_on(key: int, url_path_before: str, was_live: bool) -> None:
    """Lead from where a page was, with all that is below it, to where it is now."""
    # As it is now: this may be told after other things happened to it.
    page = Page.objects.select_related("locale").filter(pk=key).first()
    before, site = address_at(page, url_path_before) if page else ("", None)
    if not page or not before or url_path_before == page.url_path:
        return
    below = page.get_descendants(inclusive=was_live).live()
    redirects = [
        Redirect(
            old_path=Redirect.normalise_path(before + url_path[len(page.url_path) :]),
            site_id=site,
            redirect_page_id=key,
            automatically_created=True,
        )
        for key, url_path in below.values_list("pk", "url_path")
    ]
    replace(redirects, site)


def address_at(page: Page, url_path: str) -> tuple[str, int | None]:
    """The address that `page` had at this place of the tree, and on which site."""
    there = copy.copy(page)
    there.url_path = url_path
    parts = there.get_url_parts()
    return (parts[2] or "", parts[0]) if parts else ("", None)


def replace(redirects: list[Redirect], site: int | None) -> None:
    """Write these in place of those made before; what somebody wrote by hand stays."""
    made_before = Redirect.objects.filter(automatically_created=True, site=site)
    made_before.filter(old_path__in=[one.old_path for one in redirects]).delete()
    Redirect.objects.bulk_create(redirects, ignore_conflicts=True)


def follow_addresses() -> None:
    page_slug_changed.connect(follow_slug)
    post_page_move.connect(follow_move)


# --- To lead there ---------------------------------------------------------


class KeepQueryMiddleware(RedirectMiddleware):
    """Wagtail's, which loses what comes after the question mark on the way."""

    def process_response(self, request, response):
        answer = super().process_response(request, response)
        if answer is response:
            return response
        if urlsplit(answer["Location"]).path == request.path:
            # A draft may have come back to where it was public once.
            return response
        if request.GET and not is_whole(request.get_full_path()):
            answer["Location"] = with_query(answer["Location"], request.GET)
        return answer


def is_whole(path: str) -> bool:
    """Whether somebody gave a way from just this address, with its query."""
    return Redirect.objects.filter(old_path=Redirect.normalise_path(path)).exists()


def with_query(address: str, query: QueryDict) -> str:
    """`address` with what `query` says, unless it says something of its own to that."""
    parts = urlsplit(address)
    own = QueryDict(parts.query, mutable=True)
    for name in [name for name in query if name not in own]:
        own.setlist(name, query.getlist(name))
    return urlunsplit(parts._replace(query=own.urlencode()))
