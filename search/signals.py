"""What changes what readers find: each change is noted in its own transaction."""

from django.apps import apps
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

from .facets import BY_NAME, OF_PAGES, kind_of
from .indexing import note
from .models import Entry, FileText
from .texts import key_of_term


def note_page(instance: Page, **kwargs) -> None:
    note([instance.translation_key])


def note_named(instance: Page, **kwargs) -> None:
    """A city or a method is found through what names it, under its new name too."""
    kind = kind_of(instance)
    for facet in OF_PAGES:
        if facet.kind == kind:
            note_with(facet.word(instance.translation_key))


def note_with(word: str) -> None:
    """All that stands at this place of a facet."""
    entries = Entry.objects.filter(facets__contains=[word])
    note(set(entries.values_list("key", flat=True)))


def note_below(instance: Page, **kwargs) -> None:
    """A page that moved, with all that moved along."""
    pages = Page.objects.filter(path__startswith=instance.path, alias_of=None)
    note(set(pages.values_list("translation_key", flat=True)))


def note_restricted(instance: PageViewRestriction, **kwargs) -> None:
    note_below(instance.page)


def note_topic(instance: Topic, **kwargs) -> None:
    note_with(BY_NAME["topic"].word(instance.translation_key))


def note_term(instance, **kwargs) -> None:
    note([key_of_term(instance.pk)])


def note_file(instance: FileText, **kwargs) -> None:
    """The pages that offer a file."""
    note_offering([instance.document])


def note_collection(instance: CollectionViewRestriction, **kwargs) -> None:
    """The pages that offer a file of a collection that is closed, or opened again."""
    collections = instance.collection.get_descendants(inclusive=True)
    texts = FileText.objects.filter(document__collection__in=collections)
    note_offering([text.document for text in texts.select_related("document")])


def note_offering(documents) -> None:
    for document in documents:
        rows = ReferenceIndex.get_references_to(document)
        keys = [
            key for key in rows.values_list("object_id", flat=True) if key.isdigit()
        ]
        pages = Page.objects.filter(pk__in=keys)
        note(set(pages.values_list("translation_key", flat=True)))


def watch() -> None:
    """Have each of these noted."""
    for signal in (page_published, page_unpublished, page_slug_changed):
        signal.connect(note_page)
    page_published.connect(note_named)
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
