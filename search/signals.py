"""What changes what readers find: each change is noted in its own transaction.

What may no longer be read is not found from that moment on, before anything is indexed
again. Of a page itself the search asks, each time; what a page says of other things,
and what its files say, is hidden here.
"""

from collections.abc import Iterable
from uuid import UUID

from django.apps import apps
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from wagtail.models import (
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    ReferenceIndex,
)
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from network.core.models import Topic
from network.media.models import Document

from .facets import BY_NAME, NAMING, OF_PAGES
from .indexing import note
from .models import Entry, FileText
from .public import open_collections, public_pages
from .texts import key_of_term


def hide(entries) -> None:
    """Leave of entries what their pages say first, until they are written again."""
    entries.update(vector=F("head"), file_text="", digest="")


# --- Pages -------------------------------------------------------------------


def note_page(instance: Page, **kwargs) -> None:
    note([instance.translation_key])
    if type(instance) in NAMING:
        note_names([instance.translation_key])


def note_names(keys: Iterable[UUID]) -> None:
    """A city or a method is found through what names it, under its new name too."""
    keys = set(keys)
    public = public_pages().filter(translation_key__in=keys)
    note_with(words_for(keys))
    gone = keys.difference(public.values_list("translation_key", flat=True))
    if gone:
        hide(Entry.objects.filter(facets__overlap=words_for(gone)))


def words_for(keys: Iterable[UUID]) -> list[str]:
    return [facet.word(key) for facet in OF_PAGES for key in keys]


def note_with(words: list[str]) -> None:
    """All that stands at one of these places of facets."""
    entries = Entry.objects.filter(facets__overlap=words)
    note(set(entries.values_list("key", flat=True)))


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
    note_with(words)
    versions = Topic.objects.filter(translation_key=instance.translation_key)
    if not versions.filter(live=True).exists():
        hide(Entry.objects.filter(facets__overlap=words))


def note_term(instance, **kwargs) -> None:
    note([key_of_term(instance.pk)])


# --- Files -------------------------------------------------------------------


def note_file(instance: FileText, **kwargs) -> None:
    note_offering([instance.document])


def note_document(instance: Document, **kwargs) -> None:
    """It may have been put where not everybody may read."""
    if FileText.objects.filter(document=instance).exists():
        note_offering([instance])


def note_collection(instance: CollectionViewRestriction, **kwargs) -> None:
    """A collection that is closed, or opened again, with those in it."""
    collections = instance.collection.get_descendants(inclusive=True)
    texts = FileText.objects.filter(document__collection__in=collections)
    note_offering([text.document for text in texts.select_related("document")])


def forget_file(instance: FileText, **kwargs) -> None:
    hide(Entry.objects.filter(key__in=offering(instance.document)))
    note_file(instance)


def note_offering(documents: list[Document]) -> None:
    """The pages that offer these files."""
    is_open = set(open_collections().values_list("pk", flat=True))
    for document in documents:
        keys = offering(document)
        note(keys)
        if document.collection_id not in is_open:
            hide(Entry.objects.filter(key__in=keys))


def offering(document: Document) -> set[UUID]:
    rows = ReferenceIndex.get_references_to(document)
    keys = [key for key in rows.values_list("object_id", flat=True) if key.isdigit()]
    pages = Page.objects.filter(pk__in=keys)
    return set(pages.values_list("translation_key", flat=True))


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
    for signal in (post_save, post_delete):
        signal.connect(note_restricted, sender=PageViewRestriction)
        signal.connect(note_topic, sender=Topic)
        signal.connect(note_term, sender=term)
        signal.connect(note_collection, sender=CollectionViewRestriction)
    post_save.connect(note_file, sender=FileText)
    post_save.connect(note_document, sender=Document)
    post_delete.connect(forget_file, sender=FileText)
