"""To delete a page in every language at once, so that no version is left alone."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.signals import post_delete, pre_delete
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.models import Page

from network.core.following import following, leads

from .gate import actor, refuse
from .retraction import everywhere

REFUSAL = gettext_noop(
    "You may not delete this page in all its languages, so it stays in each."
)


def other_versions(page: Page) -> list[Page]:
    """What else goes when this page goes: the top of each other tree of it."""
    below = page.get_descendants(inclusive=True)
    return tops_of(everywhere(page).exclude(pk__in=below))


def tops_of(pages: Iterable[Page]) -> list[Page]:
    """Those of these pages that stand below no other of them."""
    tops: list[Page] = []
    for page in sorted(pages, key=lambda page: page.path):
        if not tops or not page.path.startswith(tops[-1].path):
            tops.append(page)
    return tops


def may_delete_everywhere(user, page: Page) -> bool:
    versions = [page, *other_versions(page)]
    return all(one.specific.permissions_for_user(user).can_delete() for one in versions)


def refuse_deletion(request) -> None:
    messages.error(request, _(REFUSAL))
    raise PermissionDenied


def note_versions(instance, origin=None, **kwargs) -> None:
    """Find out what else goes with a page, by whatever way it is deleted (D6).

    Wagtail leaves translations online and makes pages of aliases.
    """
    # The signal comes once for each page of a tree; the first takes care of all.
    if not leads() or hasattr(origin, "other_versions"):
        return
    pages = tops_of(origin if is_pages(origin) else [instance])
    origin.other_versions = [one for page in pages for one in other_versions(page)]
    check_deletion(origin.other_versions)


def delete_versions(instance, origin=None, **kwargs) -> None:
    """Have it go, as far as it is not gone: the pages themselves are, all of them."""
    others = getattr(origin, "other_versions", [])
    if leads() and others:
        origin.other_versions = []
        with following():
            delete_all(others)


def is_pages(origin) -> bool:
    return isinstance(origin, QuerySet) and issubclass(origin.model, Page)


def check_deletion(pages: Iterable[Page]) -> None:
    user = actor()
    for page in pages if user else []:
        if not page.specific.permissions_for_user(user).can_delete():
            refuse(page, _(REFUSAL))


def delete_all(pages: Iterable[Page]) -> None:
    for page in Page.objects.filter(pk__in=[page.pk for page in pages]):
        page.specific.delete(user=actor())


def delete_everywhere() -> None:
    pre_delete.connect(note_versions, sender=Page)
    post_delete.connect(delete_versions, sender=Page)


class DeleteEverywhereView(DeleteView):
    """Wagtail's, for those who may delete the page in every language."""

    def dispatch(self, request, page_id, *args, **kwargs):
        page = Page.objects.filter(pk=page_id).first()
        if page and not may_delete_everywhere(request.user, page):
            refuse_deletion(request)
        return super().dispatch(request, page_id, *args, **kwargs)


def check_bulk_deletion(request, action_type, objects, action) -> None:
    """Have Wagtail's bulk deletion ask for the rights to all versions.

    Of those that are chosen together each is deleted once.
    """
    if action_type != "delete" or Page not in action.models:
        return
    if not all(may_delete_everywhere(request.user, page) for page in objects):
        refuse_deletion(request)
    gone: set[int] = set()
    for page in list(objects):
        if page.pk in gone:
            objects.remove(page)
        gone |= {one.pk for one in other_versions(page)}
