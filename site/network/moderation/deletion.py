"""To delete a page in every language at once, so that no version is left alone."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.models import Page

from .retraction import everywhere


def other_versions(page: Page) -> list[Page]:
    """What else goes when this page goes: the top of each other tree of it."""
    others = everywhere(page).exclude(pk__in=page.get_descendants(inclusive=True))
    tops: list[Page] = []
    for other in others.order_by("path"):
        if not any(other.path.startswith(top.path) for top in tops):
            tops.append(other)
    return tops


def may_delete_everywhere(user, page: Page) -> bool:
    versions = [page, *other_versions(page)]
    return all(one.specific.permissions_for_user(user).can_delete() for one in versions)


def refuse_deletion(request) -> None:
    text = _("You may not delete this page in all its languages, so it stays in each.")
    messages.error(request, text)
    raise PermissionDenied


def delete_others(pages: Iterable[Page], user) -> None:
    for page in Page.objects.filter(pk__in=[page.pk for page in pages]):
        page.specific.delete(user=user)


class DeleteEverywhereView(DeleteView):
    """Wagtail's, which leaves translations online and makes pages of aliases."""

    def dispatch(self, request, page_id, *args, **kwargs):
        page = Page.objects.filter(pk=page_id).first()
        if page and not may_delete_everywhere(request.user, page):
            refuse_deletion(request)
        return super().dispatch(request, page_id, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        others = other_versions(self.page)
        answer = super().post(request, *args, **kwargs)
        if not Page.objects.filter(pk=self.page.pk).exists():
            delete_others(others, request.user)
        return answer


def add_versions(request, action_type, objects, action) -> None:
    """Have Wagtail's bulk deletion take all versions along."""
    if action_type != "delete" or Page not in action.models:
        return
    if not all(may_delete_everywhere(request.user, page) for page in objects):
        refuse_deletion(request)
    known = {page.pk for page in objects}
    for page in list(objects):
        others = [one for one in other_versions(page) if one.pk not in known]
        known |= {one.pk for one in others}
        objects.extend(others)
