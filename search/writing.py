"""To write what the site says into the index, of one thing or of many at once."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from psycopg.errors import LockNotAvailable

from .facets import sets_of
from .links import Links
from .models import Entry, FacetSet
from .public import public_pages
from .texts import entries_of_term, entry_of, is_bare_list, term_with
from .vocabulary import learn

logger = logging.getLogger(__name__)

ENDLESS = "0"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# All that is written of an entry that is there already.
WRITTEN = [field.name for field in Entry._meta.concrete_fields if field.name != "id"]


class Meanwhile(Exception):
    """Since it was read, something was hidden or deleted, or is called otherwise."""


def write(
    keys: list[UUID], *, patience: str = ENDLESS, again: bool = False
) -> list[UUID]:
    """Have the index say what the site says of these things, all at once.

    What says so already is written `again`, or left. Gives those with which that went
    wrong: they keep no other out.
    """
    try:
        put(keys, patience, again=again)
    except Exception as error:
        if len(keys) > 1:
            each = (write([key], patience=patience, again=again) for key in keys)
            return [failed for one in each for failed in one]
        if not isinstance(error, Meanwhile) and not is_late(error):
            logger.exception("Not indexed: %s", *keys)
        return keys
    return []


def is_late(error: Exception) -> bool:
    return isinstance(error.__cause__, LockNotAvailable)


@transaction.atomic()
def put(keys: list[UUID], patience: str, *, again: bool) -> None:
    wait_for(keys, patience)
    before = known_of(keys)
    links, entries = read(keys)
    keep(before, entries, again=again, may_wait=len(keys) == 1)
    if not links.still_hold():
        raise Meanwhile


def wait_for(keys: Iterable[UUID], patience: str) -> None:
    """Until nobody else writes of these things: what was read last is to stay.

    Nor is anybody else waited for longer than `patience`, until all is written.
    """
    locked = """
        SELECT set_config('lock_timeout', %s, true);
        SELECT pg_advisory_xact_lock(hashtextextended(key, 0))
        FROM unnest(%s::text[]) AS key
    """
    with connection.cursor() as cursor:
        cursor.execute(locked, [patience, sorted(map(str, keys))])


# --- What is to be there -----------------------------------------------------


def entries_for(keys: list[UUID]) -> list[Entry]:
    """What is to be in the index of these things; nothing of what is not public."""
    return read(keys)[1]


def read(keys: list[UUID]) -> tuple[Links, list[Entry]]:
    """The same, and what it says of other things."""
    versions = public_versions(keys)
    links = Links.of([page for same in versions.values() for page in same])
    of_pages = (entries_of_versions(same, links) for same in versions.values())
    of_terms = map(entries_of_term, terms_of(set(keys) - versions.keys()))
    return links, [entry for same in (*of_pages, *of_terms) for entry in same]


def public_versions(keys: list[UUID]) -> dict[UUID, list]:
    """The pages of these things that say something, in all their languages."""
    pages = public_pages().filter(translation_key__in=keys).specific()
    pages = pages.select_related("locale", for_specific_subqueries=True)
    versions = defaultdict(list)
    for page in pages:
        if not is_bare_list(page):
            versions[page.translation_key].append(page)
    return versions


def entries_of_versions(versions: list, links: Links) -> Iterator[Entry]:
    """What is to be there of one page in all its languages."""
    spoken = [page.locale.language_code for page in versions]
    for page in versions:
        readers = readers_of(page.locale.language_code, spoken)
        others = [other.title for other in versions if other.pk != page.pk]
        yield entry_of(page, links, readers, others)


def readers_of(language: str, spoken: list[str]) -> list[str]:
    """Whose readers are shown the version in `language`, when there are these.

    Those of another language are shown the first one of the network's languages.
    """
    first = next(code for code in LANGUAGES if code in spoken)
    others = [code for code in LANGUAGES if code not in spoken]
    return [language, *(others if language == first else [])]


def terms_of(keys: Iterable[UUID]) -> Iterable:
    """The public terms that have these keys; most keys are none of a term."""
    numbers = [number for number in map(term_with, keys) if number is not None]
    return public_terms().filter(pk__in=numbers) if numbers else []


def public_terms():
    return apps.get_model("home", "Term").objects.filter(live=True)


# --- What is there -----------------------------------------------------------

# Of what is replaced, nobody asks what it said.
LONG = ["summary", "text", "file_text", "vector", "head", "names"]
Known = dict[tuple, Entry]


def entry_id(entry: Entry) -> tuple:
    return entry.page_id, entry.term_id, entry.language


def known_of(keys: list[UUID]) -> Known:
    known = Entry.objects.filter(key__in=keys).defer(*LONG)
    return {entry_id(entry): entry for entry in known}


def keep(
    before: Known, entries: list[Entry], *, again: bool = False, may_wait: bool = True
) -> None:
    """Put `entries` in place of those `before`, which the index had of the same."""
    gone, changed = dict(before), []
    for entry in entries:
        known = gone.pop(entry_id(entry), None)
        entry.pk = known.pk if known else None
        if again or known is None or known.digest != entry.digest:
            changed.append(entry)
    keep_sets(entries)
    learn(changed)
    claim(before, [*gone.values(), *changed], may_wait=may_wait)
    save(changed)
    Entry.objects.filter(pk__in=[entry.pk for entry in gone.values()]).delete()


def save(entries: list[Entry]) -> None:
    """Now or never: in the end, what is of no page any more would stop a whole job."""
    Entry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN
    )
    try:
        connection.check_constraints()
    except IntegrityError as gone:
        raise Meanwhile from gone


def keep_sets(entries: list[Entry]) -> None:
    """Have it known which words the numbers of their facets stand for."""
    sets = dict(one for entry in entries for one in sets_of(entry.facets).values())
    FacetSet.objects.bulk_create(
        # In the same order everywhere: two workers may write the same.
        [FacetSet(id=number, words=words) for number, words in sorted(sets.items())],
        ignore_conflicts=True,
    )


def claim(before: Known, entries: list[Entry], *, may_wait: bool) -> None:
    """Have nobody hide any of these from now on; what was hidden is to be read again.

    Who has many in hand waits for none: the other may be waiting for one of them.
    """
    digests = {entry.pk: entry.digest for entry in before.values()}
    rows = Entry.objects.filter(pk__in=[entry.pk for entry in entries if entry.pk])
    held = rows.order_by("pk").select_for_update(nowait=not may_wait)
    if any(digests[pk] != digest for pk, digest in held.values_list("pk", "digest")):
        raise Meanwhile
