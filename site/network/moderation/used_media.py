"""Pictures and documents that readers see, or that somebody reads before they do.

A page shows them as they are, so that whoever changes one changes the page: what was
approved would not be what is public. It is for who may publish all those pages. So it
is while a page is retracted, which comes back as it was without being read again.
"""

import datetime as dt
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.db.models.signals import pre_delete, pre_save
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex, Revision, TaskState

from network.access.references import kept_references
from network.media.models import Document, Picture

from .gate import actor, may_publish, refuse
from .models import RetractionItem

Media = Picture | Document

CONSENT = {"shows_people", "consent_given", "consent_until"}
FOCAL_POINT = {f"focal_point_{side}" for side in ("x", "y", "width", "height")}
SHOWN: dict[type, set[str]] = {
    Picture: {"file", "description", "description_en", "credit", "licence", "language"}
    | CONSENT
    | FOCAL_POINT,
    # Its collection says who may download it.
    Document: {"file", "title", "credit", "licence", "language", "collection_id"},
}
# A job notes what a page shows; until then, the page itself is asked.
SOON = dt.timedelta(hours=1)


def is_kept(thing: Media, user) -> bool:
    """Whether `thing` is on a page that `user` may not publish."""
    return not all(may_publish(user, page) for page in pages_with(thing))


def pages_with(thing: Media) -> Iterator[Page]:
    """The pages that show `thing` and are public, planned, awaited or retracted."""
    kind = ContentType.objects.get_for_model(Page)
    rows = ReferenceIndex.get_references_to(thing).filter(base_content_type=kind)
    keys = {key for key in rows.values_list("object_id", flat=True) if key.isdecimal()}
    yield from Page.objects.live().filter(pk__in=keys)
    reference = (type(thing), str(thing.pk))
    for page in (*new_pages(), *awaited_pages(), *retracted_pages(thing)):
        if reference in kept_references(page):
            yield page


def new_pages():
    since = timezone.now() - SOON
    return Page.objects.live().filter(last_published_at__gte=since).specific()


def awaited_pages() -> Iterator[Page]:
    """What somebody reads before they approve it, or has approved for a later day."""
    read = TaskState.objects.filter(
        revision=OuterRef("pk"), status=TaskState.STATUS_IN_PROGRESS
    )
    planned = Q(approved_go_live_at__isnull=False)
    for revision in Revision.page_revisions.filter(planned | Exists(read)):
        yield revision.as_object()


def retracted_pages(thing: Media) -> Iterator[Page]:
    """What may be restored, and names `thing`'s number: few of many need be read."""
    items = RetractionItem.objects.open().filter(was_live=True, page__isnull=False)
    told = items.annotate(told=Cast("content", TextField()))
    named = told.filter(told__regex=rf"\y{thing.pk}\y").select_related("page")
    for item in named:
        yield item.page.specific.with_content_json(item.content)


# --- What is about to be written -------------------------------------------


def changes_what_is_shown(thing: Media) -> bool:
    """Whether readers would find it otherwise; to be shown less is no harm."""
    before = type(thing)._default_manager.filter(pk=thing.pk).first()
    if before is None:
        return False
    shown = SHOWN[type(thing)]
    changed = {name for name in shown if getattr(thing, name) != getattr(before, name)}
    if not thing.file._committed:
        changed.add("file")
    return bool(changed) and not (changed <= CONSENT and hides(before, thing))


def hides(before: Picture, after: Picture) -> bool:
    """Whether all that happens to a picture is that it may be shown less long."""
    return shown_until(after) <= shown_until(before)


def shown_until(picture: Picture) -> dt.date:
    if not picture.shows_people:
        return dt.date.max
    if not picture.consent_given:
        return dt.date.min
    return picture.consent_until or dt.date.max


def is_refused(thing: Media) -> bool:
    """Whether whoever asks may not change it so."""
    user = actor()
    return bool(user) and changes_what_is_shown(thing) and is_kept(thing, user)


def check_saving(instance, raw=False, update_fields=None, **kwargs) -> None:
    if raw or (update_fields is not None and not touched(instance, update_fields)):
        return
    if is_refused(instance):
        refuse(instance, why_kept())


def touched(thing: Media, names) -> bool:
    return any(name.removesuffix("_id") in names for name in SHOWN[type(thing)])


def check_deleting(instance, **kwargs) -> None:
    user = actor()
    if user is not None and is_kept(instance, user):
        refuse(instance, why_kept())


def check_bulk_move(request, action_type, objects, action) -> None:
    """Wagtail changes the collection of many in one query, of which no signal tells."""
    if action_type != "add_to_collection" or Document not in action.models:
        return
    for document in objects:
        if is_kept(document, request.user):
            refuse(document, why_kept())


def why_kept() -> str:
    return _(
        "This is on pages that are public, wait for approval or may be restored. "
        "Upload it as a new one and submit the page, or ask La 27e Région."
    )


def keep_watch() -> None:
    for model in SHOWN:
        pre_save.connect(check_saving, sender=model)
        pre_delete.connect(check_deleting, sender=model)
