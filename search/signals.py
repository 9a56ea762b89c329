"""What changes what readers find: each change is noted in its own transaction.

What may no longer be read is not found from that moment on, before anything is indexed
again. Of a page itself the search asks, each time; what a page says of other things,
and what its files say, is hidden here.
"""

from collections.abc import Iterable
from functools import partial, reduce
from operator import or_
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.functions import RandomUUID
from django.db import OperationalError, transaction
from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.db.models.signals import post_delete, post_save
from django_tasks import task
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from network.core.models import Topic
from network.core.querysets import found_by
from network.media.models import Document

from .facets import BY_NAME, NAMING, OF_PAGES, column_of, keys_in
from .indexing import PUBLISHING_WAITS, note
from .links import wait_for_names
from .models import Entry, FacetSet, FileText
from .public import public_pages
from .reading import read_later
from .texts import key_of_term
from .writing import is_late

# While a job waits for those who write names, nobody else begins to.
A_JOB_WAITS = "5s"
# Whoever is writing an entry sees by this that it was changed meanwhile.
NO_DIGEST = Cast(RandomUUID(), CharField())


@transaction.atomic()
def hide(entries: QuerySet[Entry]) -> None:
    """Leave of entries what their pages say first, until they are written again."""
    held = found_by(in_order(entries))
    Entry.objects.filter(held).update(
        vector=F("head"), file_text="", files_told=[], digest=NO_DIGEST
    )


def in_order(entries: QuerySet[Entry]) -> QuerySet:
    """These, held one after another as by those who write them, and kept by us."""
    return entries.order_by("pk").select_for_update().values("pk")


@transaction.atomic()
def hide_titles(instance: PageViewRestriction, **kwargs) -> None:
    """What is private now is found by its title in no other language any more."""
    below = Page.objects.filter(path__startswith=instance.page.path)
    keys = below.values("translation_key")
    others = Entry.objects.filter(key__in=keys).exclude(page__in=below)
    Entry.objects.filter(found_by(in_order(others))).update(
        vector=but_titles("vector"), head=but_titles("head"), digest=NO_DIGEST
    )


def but_titles(vector: str) -> Func:
    return Func(vector, Value("{b,c,d}"), function="ts_filter")


# --- Pages -------------------------------------------------------------------


def note_page(instance: Page, **kwargs) -> None:
    note([instance.translation_key])
    if type(instance) in NAMING:
        note_names([instance.translation_key])


def note_names(keys: Iterable[UUID]) -> None:
    """A city or a method is found through what names it, under its new name too."""
    keys = set(keys)
    public = public_pages().filter(translation_key__in=keys)
    gone = keys.difference(public.values_list("translation_key", flat=True))
    # First, for what is noted may be written at once.
    if gone:
        hide(entries_at(words_for(gone)))
    note_with(words_for(keys))


def words_for(keys: Iterable[UUID]) -> list[str]:
    return [facet.word(key) for facet in OF_PAGES for key in keys]


def note_with(words: list[str]) -> None:
    """All that stands at one of these places of facets, or is just being put there."""
    keys = set(entries_at(words).values_list("key", flat=True))
    note(keys)
    if words:
        # What is named is noted for its own sake.
        late = partial(note_late, words, keys | keys_in(words))
        transaction.on_commit(late, robust=True)


def note_late(
    words: list[str], noted: set[UUID], patience: str = PUBLISHING_WAITS
) -> None:
    """What was put there by those who could not know of the change yet."""
    try:
        wait_for_names(patience)
    except OperationalError as error:
        if not is_late(error):
            raise
        look_again.enqueue(words, [str(key) for key in noted])
        return
    late = entries_at(words).exclude(key__in=noted)
    if keys := set(late.values_list("key", flat=True)):
        with transaction.atomic():
            hide(late)
            note(keys)


@task()
def look_again(words: list[str], noted: list[str]) -> None:
    """The same in a job, and in another one if somebody writes even longer."""
    note_late(words, {UUID(key) for key in noted}, A_JOB_WAITS)


def entries_at(words: list[str]) -> QuerySet[Entry]:
    sets = FacetSet.objects.filter(words__overlap=words).values("pk")
    columns = {column_of(word) for word in words}
    ways = [Q((f"{column}__in", sets)) for column in sorted(columns)]
    return Entry.objects.filter(reduce(or_, ways, Q(pk=None)))


def note_below(instance: Page, **kwargs) -> None:
    """A page that moved, or is private now or no more, with all that is below it."""
    pages = Page.objects.filter(path__startswith=instance.path)
    note(set(pages.values_list("translation_key", flat=True)))
    naming = pages.type(*NAMING)
    note_names(naming.values_list("translation_key", flat=True))


def note_restricted(instance: PageViewRestriction, **kwargs) -> None:
    """Its aliases are as private as a page is itself."""
    for page in (instance.page, *instance.page.aliases.all()):
        note_below(page)


# --- Words -------------------------------------------------------------------


def note_topic(instance: Topic, **kwargs) -> None:
    words = [BY_NAME["topic"].word(instance.translation_key)]
    versions = Topic.objects.filter(translation_key=instance.translation_key)
    if not versions.filter(live=True).exists():
        hide(entries_at(words))
    note_with(words)


def note_term(instance, **kwargs) -> None:
    note([key_of_term(instance.pk)])


# --- Files -------------------------------------------------------------------


def note_text(instance: FileText, **kwargs) -> None:
    """A file that was read."""
    note_offering([instance.document_id])


def note_document(instance: Document, **kwargs) -> None:
    """A document that was replaced, moved to another collection, or deleted."""
    read = FileText.objects.filter(document=instance.pk)
    if read.exclude(file_hash=instance.file_hash).exists():
        # What the file before said is told no more.
        hide(Entry.objects.filter(files_told__contains=[instance.pk]))
    note_offering([instance.pk])


def have_read(instance: Document, update_fields=None, **kwargs) -> None:
    """Have a file read once it is there: who puts it there does not wait for that."""
    if update_fields is None or "file" in update_fields:
        later = partial(read_later.enqueue, instance.pk)
        transaction.on_commit(later, robust=True)


def note_collection(instance: CollectionViewRestriction, **kwargs) -> None:
    """A collection that is closed, or opened again, with those in it."""
    collections = instance.collection.get_descendants(inclusive=True)
    documents = Document.objects.filter(collection__in=collections)
    note_offering(documents.values_list("pk", flat=True))


def forget_text(instance: FileText, **kwargs) -> None:
    """A file that is no longer there, or says something else now."""
    hide(Entry.objects.filter(files_told__contains=[instance.document_id]))
    note_text(instance)


def note_offering(documents: Iterable[int]) -> None:
    """The pages that offer one of these documents, as far as they were indexed.

    One that was not will be, after all that is known by then.
    """
    entries = Entry.objects.filter(files__overlap=list(documents))
    note(set(entries.values_list("key", flat=True)))


def watch() -> None:
    """Have each of these noted."""
    for signal in (page_published, page_unpublished, page_slug_changed):
        signal.connect(note_page)
    post_page_move.connect(note_below)
    # Wagtail tells of a page as its own type.
    for model in apps.get_models():
        if issubclass(model, Page):
            post_delete.connect(note_page, sender=model)
    term = apps.get_model("home", "Term")
    # First, for what is noted may be written at once.
    post_save.connect(hide_titles, sender=PageViewRestriction)
    for signal in (post_save, post_delete):
        signal.connect(note_restricted, sender=PageViewRestriction)
        signal.connect(note_topic, sender=Topic)
        signal.connect(note_term, sender=term)
        signal.connect(note_collection, sender=CollectionViewRestriction)
        signal.connect(note_document, sender=Document)
    post_save.connect(note_text, sender=FileText)
    post_save.connect(have_read, sender=Document)
    post_delete.connect(forget_text, sender=FileText)
