"""What an anonymous visitor can read, at this very moment."""

from django.db.models import Exists, F, OuterRef
from wagtail.models import Collection, CollectionViewRestriction, Page

from network.core.querysets import EditorialQuerySet, StartsWith


def public_pages():
    """The pages anyone may read in the language they are written in."""
    return EditorialQuerySet(Page).live().open_to_all().filter(alias_of=None)


def open_collections():
    """The collections whose files anyone may download."""
    closed = CollectionViewRestriction.objects.filter(
        StartsWith(OuterRef("path"), F("collection__path"))
    )
    return Collection.objects.exclude(Exists(closed))
