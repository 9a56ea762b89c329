"""To translate a whole tree, or bring it up to date, while nobody waits.

Each page is done by itself, in a transaction of its own: one that fails stops no other,
and what a killed worker left undone is done when the batch is run again.
"""

import logging

from django.db import transaction
from django_tasks import task
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from .drafts import begin, keep_draft, submit, translation_of
from .models import Batch, BatchItem, Result
from .origins import is_whole, origin_of, origin_with
from .rights import may_translate, translated
from .sources import source_of
from .states import State, state_of

logger = logging.getLogger(__name__)

UNDONE = [Result.WAITING, Result.FAILED, Result.REFUSED]


@transaction.atomic
def start(page: Page, locale: Locale, user) -> Batch:
    """Have `page` and all below it translated into `locale`, in the name of `user`."""
    batch = Batch.objects.create(page=page, locale=locale, user=user)
    pages = page.get_descendants(inclusive=True).filter(alias_of=None)
    BatchItem.objects.bulk_create(
        BatchItem(batch=batch, page_id=pk)
        for pk in pages.order_by("path").values_list("pk", flat=True)
    )
    run_batch.enqueue(batch.pk)
    return batch


@transaction.atomic
def run_again(batch: Batch) -> None:
    """Have what is not done, or went wrong, be tried again."""
    batch.items.filter(result__in=UNDONE).update(result=Result.WAITING)
    run_batch.enqueue(batch.pk)


@task()
def run_batch(batch: int) -> None:
    """Do what is not done yet; two jobs for one batch take turns at each page."""
    items = BatchItem.objects.filter(batch=batch, result=Result.WAITING)
    for pk in list(items.values_list("pk", flat=True)):
        run_item(pk)


def run_item(pk: int) -> None:
    try:
        with transaction.atomic():
            waiting = BatchItem.objects.select_for_update(
                skip_locked=True, of=("self",)
            )
            item = waiting.filter(pk=pk, result=Result.WAITING).first()
            if item:
                item.result = follow(item.page.specific, item.batch)
                item.save()
    except Exception:
        # Whatever is wrong with this page is no reason to leave out the others.
        logger.exception("A page of a batch was not translated: %s", pk)
        BatchItem.objects.filter(pk=pk).update(result=Result.FAILED)


def follow(page: Page, batch: Batch) -> Result:
    """Begin the translation of a page, or have it follow its source."""
    locale, user = batch.locale, batch.user
    if not may_translate(user, page, locale):
        return Result.REFUSED
    if translated(page, locale):
        return bring_up_to_date(page, page.get_translation(locale).specific, user)
    begun = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=locale, enabled=True
    )
    if begun.exists():
        return Result.NOTHING
    begin(page, locale, user)
    return Result.BEGUN


def bring_up_to_date(page: Page, target: Page, user) -> Result:
    """Take over what changed; submit it if no sentence is left to translate."""
    link = translation_of(target)
    if link is None or state_of(target) != State.OUTDATED:
        return Result.NOTHING
    lock = target.get_lock()
    if lock and lock.for_user(user):
        return Result.REFUSED
    source_of(page)
    origin = origin_of(link)
    if is_whole(link, origin):
        submit(link, user)
        return Result.SUBMITTED
    if origin_with(target.latest_revision) != origin:
        keep_draft(link, user)
    return Result.DRAFTED
