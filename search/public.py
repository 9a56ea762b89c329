"""What an anonymous visitor can read, at this very moment."""

from django.db.models import Exists, F, OuterRef, Q
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
)

from network.core.querysets import EditorialQuerySet, StartsWith


def public_pages():
    """The pages anyone may read in the language they are written in."""
    pages = EditorialQuerySet(Page).live().open_to_all()
    # Above the front doors is only Wagtail's root.
    return pages.filter(alias_of=None, depth__gt=1)


def is_public() -> Q:
    """Of an entry: whether it is of a page, or of a term, that all may read."""
    return Q(page__in=public_pages()) | Q(term__live=True)


def open_collections():
    """The collections whose files anyone may download."""
    closed = CollectionViewRestriction.objects.filter(
        StartsWith(OuterRef("path"), F("collection__path"))
    )
    return Collection.objects.exclude(Exists(closed))


def closed_places() -> list[str]:
    """The places in the tree below which not everybody may read.

    Wagtail knows few private pages, if any; an alias is as private as its source.
    """
    places = PageViewRestriction.objects.values_list(
        "page__path", "page__aliases__path"
    )
    return sorted({path for row in places for path in row if path})
