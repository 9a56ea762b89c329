"""The whole index: to write it again, and to see whether it says what the site says."""

import logging
from collections.abc import Iterator
from uuid import UUID

from django.db import connection

from .facets import COLUMNS
from .indexing import PATIENCE, note
from .models import Change, Entry, FacetSet
from .public import public_pages
from .texts import key_of_term
from .vocabulary import TEXTS, learn_all
from .writing import entries_for, entry_id, public_terms, write

logger = logging.getLogger(__name__)

# So many things are read at once: few enough that nobody waits long for them.
MANY = 50
# All that an entry says, and how it is found.
SAID = [field.attname for field in Entry._meta.concrete_fields if field.name != "id"]
VECTORS = ["vector", "head", "names"]
# As the database writes them.
CANONICAL = """
    SELECT text::tsvector::text
    FROM unnest(%s::text[]) WITH ORDINALITY AS texts (text, place) ORDER BY place
"""


def rebuild() -> Iterator[tuple[int, int]]:
    """Write all entries again, while people search; tells how far it is.

    What is there is found until something else is in its place. Gives how many things
    are done, of how many.
    """
    noted = list(Change.objects.values_list("pk", flat=True))
    keys, done = all_keys(), 0
    for part in parts_of(keys):
        note(write(part, again=True))
        done += len(part)
        yield done, len(keys)
    learn_all(Entry.objects.only("language", *TEXTS).iterator())
    Change.objects.filter(pk__in=noted).delete()


def all_keys() -> list[UUID]:
    """Of everything that is, or should be, in the index."""
    return sorted(
        {
            *public_pages().values_list("translation_key", flat=True),
            *(key_of_term(pk) for pk in public_terms().values_list("pk", flat=True)),
            *Entry.objects.values_list("key", flat=True),
        }
    )


def parts_of(keys: list[UUID]) -> Iterator[list[UUID]]:
    return (keys[start : start + MANY] for start in range(0, len(keys), MANY))


# --- Whether it is right -----------------------------------------------------


def differences() -> Iterator[str]:
    """Where the index does not say what the site says, in words."""
    for part in parts_of(all_keys()):
        yield from differences_of(part)
    late = Change.objects.filter(tries__gte=PATIENCE)
    for key in late.order_by("key").values_list("key", flat=True).distinct():
        yield f"Given up: {key}"


def differences_of(keys: list[UUID]) -> Iterator[str]:
    kept = {entry_id(entry): entry for entry in Entry.objects.filter(key__in=keys)}
    try:
        wanted = as_kept(entries_for(keys))
    except Exception:
        if len(keys) > 1:
            yield from (told for key in keys for told in differences_of([key]))
            return
        logger.exception("Cannot be read: %s", *keys)
        yield f"Cannot be read: {keys[0]}"
        return
    for entry in wanted:
        before = kept.pop(entry_id(entry), None)
        if before is None:
            yield f"Missing: {described(entry)}"
        elif any(getattr(before, name) != getattr(entry, name) for name in SAID):
            yield f"Out of date: {described(entry)}"
    for entry in kept.values():
        yield f"Not public: {described(entry)}"


def as_kept(entries: list[Entry]) -> list[Entry]:
    """These as the index would give them back."""
    numbers = {getattr(entry, column) for entry in entries for column in COLUMNS}
    known = set(FacetSet.objects.filter(pk__in=numbers).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        texts = [getattr(entry, name) for entry in entries for name in VECTORS]
        cursor.execute(CANONICAL, [texts])
        vectors = (vector for [vector] in cursor.fetchall())
    for entry in entries:
        for name in VECTORS:
            setattr(entry, name, next(vectors))
        for column in COLUMNS:
            if getattr(entry, column) not in known:
                # Nobody can tell which words that were.
                setattr(entry, column, None)
    return entries


def described(entry: Entry) -> str:
    place = f"page {entry.page_id}" if entry.page_id else f"term {entry.term_id}"
    return f"{entry.title} ({entry.language}, {place})"
