"""Nobody makes anything public who may not publish it, whatever way they try.

Each screen of the admin has rules of its own. This stands behind them all: it looks at
what is about to be written, and asks whether the person of this request may publish it.
Commands and background jobs act for nobody, and pass.
"""

import logging
from contextvars import ContextVar

from django.apps import apps
from django.contrib.messages import error
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.models import (
    DraftStateMixin,
    Page,
    PagePermissionTester,
    PageViewRestriction,
    Revision,
    TaskState,
)
from wagtail.signals import pre_page_move

from .models import RetractionItem

logger = logging.getLogger(__name__)

current_request: ContextVar = ContextVar("current_request", default=None)

# What Wagtail notes on the public row of a page about its drafts.
BOOKKEEPING = {
    *("latest_revision", "latest_revision_created_at", "draft_title"),
    *("has_unpublished_changes", "locked", "locked_at", "locked_by"),
}


class ActorMiddleware:
    """Remembers for the time of a request who is asking, and asks nothing of them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = current_request.set(request)
        try:
            return self.get_response(request)
        finally:
            current_request.reset(token)


def actor():
    """The person behind what is being done, or none if the system does it."""
    return getattr(current_request.get(), "user", None)


def may_publish(user, thing: DraftStateMixin) -> bool:
    """Whether publishing `thing` is theirs, be it in the middle of an approval."""
    if isinstance(thing, Page):
        return PagePermissionTester(user, thing).can_publish()
    name = f"{thing._meta.app_label}.publish_{thing._meta.model_name}"
    return user.has_perm(name)


def is_refused(thing: DraftStateMixin) -> bool:
    user = actor()
    return user is not None and not may_publish(user, thing)


def refuse(thing, reason: str) -> None:
    """Stop everything, and say why to whoever asked and to the log."""
    logger.warning(
        "Refused: %s %s, for user %s", type(thing).__name__, thing.pk, actor()
    )
    if (request := current_request.get()) and hasattr(request, "_messages"):
        error(request, reason)
    raise PermissionDenied(reason)


def refuse_unapproved(thing) -> None:
    reason = _("This is public, or would become so: it needs an approval first.")
    refuse(thing, reason)


# --- What is about to be written -------------------------------------------


def check_saving(instance, raw=False, update_fields=None, **kwargs) -> None:
    if raw or (update_fields is not None and BOOKKEEPING.issuperset(update_fields)):
        return
    if is_refused(instance) and (instance.live or touches_public(instance)):
        refuse_unapproved(instance)
    if instance.live and isinstance(instance, Page):
        check_not_retracted(instance)


def touches_public(thing: DraftStateMixin) -> bool:
    """Whether what is not public any more, or not by itself, still shows somewhere."""
    if thing._state.adding:
        return False
    shown = Q(live=True)
    if isinstance(thing, Page):
        # The address of a draft is part of the address of what is public below it.
        below = Page.objects.filter(path__startswith=thing.path, live=True)
        shown |= Exists(below) & ~Q(slug=thing.slug)
    return type(thing)._base_manager.filter(shown, pk=thing.pk).exists()


def check_not_retracted(page: Page) -> None:
    """What was retracted comes back by being restored, and in no other way."""
    if RetractionItem.objects.open().around(page).exists():
        refuse(page, _("This page was retracted: it can only be restored."))


def check_deleting(instance, **kwargs) -> None:
    if is_refused(instance) and (instance.live or instance.approved_schedule):
        refuse_unapproved(instance)


def check_moving(instance, parent_page_after, **kwargs) -> None:
    """A move changes addresses, and the order in menus and lists."""
    refused = is_refused(instance) or is_refused(parent_page_after)
    if refused and instance.get_descendants(inclusive=True).live().exists():
        refuse_unapproved(instance)


def check_restriction(instance, **kwargs) -> None:
    """To lift a restriction makes public what was for some."""
    if is_refused(instance.page):
        refuse_unapproved(instance.page)


def check_revision(instance, raw=False, **kwargs) -> None:
    """Keep what was approved, or waits for it, as it was when somebody read it."""
    if raw:
        return
    if instance.approved_go_live_at:
        check_schedule(instance.content_object)
    elif instance.pk and actor() and is_settled(instance):
        check_settled(instance.content_object)


def check_settled(thing: DraftStateMixin) -> None:
    if is_refused(thing):
        refuse_unapproved(thing)


def check_schedule(thing: DraftStateMixin) -> None:
    check_settled(thing)
    if isinstance(thing, Page):
        check_not_retracted(thing)


def is_settled(revision: Revision) -> bool:
    """Whether others rely on this revision: it is public, planned or being read."""
    public = Page.objects.filter(live_revision=OuterRef("pk"))
    read = TaskState.objects.filter(
        revision=OuterRef("pk"), status=TaskState.STATUS_IN_PROGRESS
    )
    planned = Q(approved_go_live_at__isnull=False)
    rows = Revision.objects.filter(planned | Exists(public) | Exists(read))
    return rows.filter(pk=revision.pk).exists()


def keep_watch() -> None:
    """Look at all that can be published before it is written or deleted."""
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin):
            pre_save.connect(check_saving, sender=model)
            pre_delete.connect(check_deleting, sender=model)
    pre_save.connect(check_revision, sender=Revision)
    pre_save.connect(check_restriction, sender=PageViewRestriction)
    pre_delete.connect(check_restriction, sender=PageViewRestriction)
    pre_page_move.connect(check_moving)
