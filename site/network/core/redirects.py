"""Old addresses of public pages lead to their new ones.

Wagtail does so for drafts too, and forgets on the way where an old address of a public
page led, if a draft had the same for a while.
"""

import copy

from wagtail.contrib.redirects.signal_handlers import create_redirects
from wagtail.models import Page, Site
from wagtail.signals import page_slug_changed, post_page_move


def follow_slug(instance, instance_before, **kwargs) -> None:
    lead_on(instance, instance_before)


def follow_move(instance, url_path_before, url_path_after, **kwargs) -> None:
    if url_path_before == url_path_after:
        return
    page = instance.specific
    before = copy.copy(page)
    before.url_path = url_path_before
    lead_on(page, before)


def lead_on(page: Page, before: Page) -> None:
    if page.get_descendants(inclusive=True).live().exists():
        sites = Site.objects.exclude(root_page=page)
        create_redirects(page=page, page_old=before, sites=sites)


def follow_addresses() -> None:
    page_slug_changed.connect(follow_slug)
    post_page_move.connect(follow_move)
