"""What an anonymous visitor can read, at this very moment."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
)

from network.core.querysets import EditorialQuerySet, StartsWith

from .timely import rows_in_time


def public_pages():
    """The pages anyone may read in the language they are written in."""
    pages = EditorialQuerySet(Page).live().open_to_all()
    # Above the front doors is only Wagtail's root.
    return pages.filter(alias_of=None, depth__gt=1)


def open_collections():
    """The collections whose files anyone may download."""
    closed = CollectionViewRestriction.objects.filter(
        StartsWith(OuterRef("path"), F("collection__path"))
    )
    return Collection.objects.exclude(Exists(closed))


@dataclass(frozen=True)
class Closed:
    """What is in the index, and not for everybody."""

    # Below these places in the tree of pages.
    places: list[str]
    # The entries that tell of a file which was closed a moment ago: what it says.
    files: list[int]
    # The languages in which there is a glossary to read: terms are a part of it.
    glossaries: list[str]


# Wagtail knows few private pages, if any; an alias is as private as its source.
# Documents and collections are moved without a signal: they are asked, too.
CLOSED_NOW = """
    WITH closed AS MATERIALIZED (
        SELECT page.path FROM wagtailcore_pageviewrestriction AS closed
        JOIN wagtailcore_page AS page ON page.id = closed.page_id
        UNION
        SELECT page.path FROM wagtailcore_pageviewrestriction AS closed
        JOIN wagtailcore_page AS page ON page.alias_of_id = closed.page_id
    )
    SELECT
        ARRAY(SELECT path FROM closed),
        ARRAY(
            SELECT entry.id FROM search_entry AS entry
            WHERE entry.files_told && ARRAY(
                SELECT document.id FROM wagtailcore_collectionviewrestriction AS closed
                JOIN wagtailcore_collection AS above ON above.id = closed.collection_id
                JOIN wagtailcore_collection AS below
                    ON starts_with(below.path, above.path)
                JOIN media_document AS document ON document.collection_id = below.id
            )::bigint[]
        ),
        ARRAY(
            SELECT locale.language_code FROM home_glossarypage AS glossary
            CROSS JOIN LATERAL (
                SELECT * FROM wagtailcore_page AS page
                WHERE page.id = glossary.page_ptr_id
                -- PostgreSQL takes one or two for hundreds, and would read all pages.
                LIMIT 1
            ) AS page
            JOIN wagtailcore_locale AS locale ON locale.id = page.locale_id
            LEFT JOIN wagtailcore_page AS source ON source.id = page.alias_of_id
            WHERE page.live AND NOT EXISTS (
                SELECT FROM closed
                WHERE starts_with(page.path, path) OR starts_with(source.path, path)
            )
        )
"""


def closed_now() -> Closed:
    """Ask at the very moment of a search, whatever was indexed by then."""
    [row] = rows_in_time(CLOSED_NOW)
    return Closed(*row)
