"""To take a page offline everywhere at once, and to bring back exactly what was public.

Everywhere means: in every language, with its aliases and with all that is below it.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import (
    page_published,
    page_unpublished,
    published,
    unpublished,
)

from .gate import actor, may_publish
from .models import Retraction, RetractionItem

RETRACT, RESTORE = "network.retract", "network.restore"
TAKEN = gettext_noop(
    "Another page has taken the address %(address)s: “%(page)s”. Give that one another "
    "address, or delete it, and restore then."
)
MOVED = gettext_noop(
    "“%(page)s” was public at %(address)s. Since then it was moved, or a page above it "
    "was moved or has another address. Put that back, and restore then."
)


class CannotRestoreError(Exception):
    """It is not possible to restore exactly what was public, or nothing is left to."""


def may_retract(user, page: Page) -> bool:
    """Whether they may publish this page in every language, and so take it offline."""
    return all(may_publish(user, version) for version in versions_of(page))


def versions_of(page: Page):
    return page.get_translations(inclusive=True)


def everywhere(page: Page):
    """This page and all below it, in every language, with all their aliases."""
    trees = (
        Page.objects.descendant_of_q(one, inclusive=True) for one in versions_of(page)
    )
    keys = Page.objects.filter(reduce(or_, trees)).values("translation_key")
    same = Q(translation_key__in=keys)
    return Page.objects.filter(same | Q(alias_of__translation_key__in=keys))


@transaction.atomic
def retract(page: Page, user, reason: str) -> Retraction:
    """Take `page` offline everywhere, and remember what was public."""
    rows = everywhere(page).select_for_update(of=("self",)).order_by("path")
    cancel_plans(rows)
    pages = [one for one in rows.specific() if one.live or is_version(one, page)]
    if not all(may_publish(user, one) for one in pages):
        raise PermissionDenied
    retraction = Retraction.objects.create(
        title=page.title, reason=reason, retracted_by=user
    )
    items = [remembered(one, retraction) for one in pages]
    RetractionItem.objects.bulk_create(items)
    take_offline([one for one in pages if one.live])
    note(RETRACT, retraction, pages, user, reason)
    return retraction


def is_version(one: Page, page: Page) -> bool:
    return one.translation_key == page.translation_key


def remembered(page: Page, retraction: Retraction) -> RetractionItem:
    parts = page.get_url_parts()
    return RetractionItem(
        retraction=retraction,
        page_id=page.pk,
        title=page.title,
        language=page.locale.language_code,
        address=parts[2] if parts and parts[2] else "",
        was_live=page.live,
        had_unpublished_changes=page.has_unpublished_changes,
        live_revision_id=page.live_revision_id,
        content=page.serializable_data(),
    )


def cancel_plans(pages: Iterable[Page]) -> None:
    """Have nothing come back, or out for the first time, when its day comes."""
    planned = Revision.page_revisions.exclude(approved_go_live_at=None)
    keys = [str(page.pk) for page in pages]
    planned.filter(object_id__in=keys).update(approved_go_live_at=None)


def take_offline(pages: Iterable[Page]) -> None:
    keys = [page.pk for page in pages]
    Page.objects.filter(pk__in=keys).update(
        live=False, live_revision=None, has_unpublished_changes=True
    )
    for page in pages:
        page.live, page.live_revision, page.has_unpublished_changes = False, None, True
        page_unpublished.send(sender=type(page), instance=page)
        unpublished.send(sender=type(page), instance=page)


@transaction.atomic
def restore(retraction: Retraction, user, reason: str) -> Retraction:
    """Bring back what was public as it was then, whatever was edited since."""
    retraction = Retraction.objects.select_for_update().get(pk=retraction.pk)
    items = list(retraction.items.exclude(page=None).order_by("page__path"))
    pages = pages_of(items)
    if not all(may_publish(user, page) for page in pages.values()):
        raise PermissionDenied
    check_restorable(retraction, pages.values())
    back = [(item, pages[item.page_id]) for item in items if item.was_live]
    check_addresses(back)
    retraction.restored_at, retraction.restored_by = timezone.now(), user
    retraction.restored_because = reason
    retraction.save()
    bring_back(back, retraction)
    note(RESTORE, retraction, pages.values(), user, reason)
    return retraction


def pages_of(items: Iterable[RetractionItem]) -> dict[int | None, Page]:
    pages = Page.objects.filter(pk__in=[item.page_id for item in items])
    return {page.pk: page for page in pages.select_for_update(of=("self",)).specific()}


def check_restorable(retraction: Retraction, pages: Iterable[Page]) -> None:
    if not retraction.is_open:
        raise CannotRestoreError(_("This was restored already."))
    others = RetractionItem.objects.open().exclude(retraction=retraction)
    if any(others.around(page).exists() for page in tops_of(pages)):
        raise CannotRestoreError(_("A page above it is retracted: restore that first."))


def tops_of(pages: Iterable[Page]) -> list[Page]:
    paths = {page.path for page in pages}
    return [page for page in pages if page.path[: -Page.steplen] not in paths]


def check_addresses(back: list[tuple[RetractionItem, Page]]) -> None:
    """Refuse to bring a page back anywhere else than where it was."""
    places = places_after(back)
    known = {item.content["url_path"]: item for item, _page in back}
    for item, page in back:
        if places[page.pk] != item.content["url_path"]:
            told = {"page": item.title, "address": item.address}
            raise CannotRestoreError(_(MOVED) % told)
    others = Page.objects.filter(url_path__in=known).exclude(pk__in=places)
    if other := others.specific().first():
        address = known[other.url_path].address
        told = {"page": other.get_admin_display_title(), "address": address}
        raise CannotRestoreError(_(TAKEN) % told)


def places_after(back) -> dict[int, str]:
    """Where each page will be, once those above it are back as they were."""
    above = Page.objects.filter(
        path__in=[page.path[: -Page.steplen] for _, page in back]
    )
    paths = dict(above.values_list("path", "url_path"))
    places = {}
    for item, page in back:
        above_it = paths[page.path[: -Page.steplen]]
        paths[page.path] = f"{above_it}{item.content['slug']}/"
        places[page.pk] = paths[page.path]
    return places


def bring_back(items: list[tuple[RetractionItem, Page]], retraction) -> None:
    for item, page in items:
        call_as_before(item, page)
    for item, page in items:
        page.live, page.live_revision_id = True, item.live_revision_id
        page.has_unpublished_changes = item.had_unpublished_changes
    edited = [pair for pair in items if is_edited(pair[1], retraction)]
    Page.objects.bulk_update(
        [Page(pk=page.pk, **public_state(page)) for item, page in items],
        ["live", "live_revision", "has_unpublished_changes"],
    )
    for item, page in edited:
        write_back(item, page)
    for _item, page in items:
        tell_published(page)


def call_as_before(item: RetractionItem, page: Page) -> None:
    """Give a page the slug that it had, while readers cannot see it.

    Nobody need have edited it: a version follows the slug of what it is made from.
    """
    if page.slug != item.content["slug"]:
        page.slug = item.content["slug"]
        page.save(update_fields=["slug", "url_path"], clean=False)
    page.url_path = item.content["url_path"]


def public_state(page: Page) -> dict:
    names = ("live", "live_revision_id", "has_unpublished_changes")
    return {name: getattr(page, name) for name in names}


def is_edited(page: Page, retraction: Retraction) -> bool:
    """Whether somebody saved a draft meanwhile, which went into the page's own row."""
    saved = page.latest_revision_created_at
    return saved is not None and saved > retraction.retracted_at


def write_back(item: RetractionItem, page: Page) -> None:
    public = page.with_content_json(item.content)
    public.live_revision_id = item.live_revision_id
    public.has_unpublished_changes = True
    public.save(clean=False)


def tell_published(page: Page) -> None:
    revision = page.live_revision
    alias = {"alias": True} if page.alias_of_id else {}
    page_published.send(sender=type(page), instance=page, revision=revision, **alias)
    published.send(sender=type(page), instance=page, revision=revision)


def note(action, retraction, pages: Iterable[Page], user, reason: str) -> None:
    """Write into the history of each page who did this, and why."""
    offline = retraction.items.filter(was_live=True)
    data = {
        "reason": reason,
        "retraction": retraction.pk,
        "languages": sorted(set(offline.values_list("language", flat=True))),
    }
    kind = ContentType.objects.get_for_model
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page=page,
            content_type=kind(type(page)),
            label=page.get_admin_display_title(),
            action=action,
            user=user,
            timestamp=timezone.now(),
            data=data,
        )
        for page in pages
    )


# --- What is public in one language alone ----------------------------------


def unpublish_versions(instance, **kwargs) -> None:
    """Take the other languages along, when a page goes offline by itself.

    It expires, or some code unpublishes it: Wagtail follows with its aliases only, and
    its translations would stay behind.
    """
    if instance.alias_of_id:
        return
    for version in instance.get_translations().live().filter(alias_of=None):
        version.specific.unpublish(user=actor())


def keep_versions_together() -> None:
    page_unpublished.connect(unpublish_versions)
