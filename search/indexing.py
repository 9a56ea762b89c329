"""To keep the index as the site is: what changed is noted, then written.

`note` belongs to the transaction of the change. `follow` runs when that is over, and
`catch_up` in a job: publishing neither waits for them nor fails with them.
"""

import logging
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django_tasks import task
from psycopg.errors import LockNotAvailable

from .models import Change, Entry, FacetWord
from .public import public_pages
from .texts import entries_of_term, entry_of, is_bare_list, key_of_term, term_with
from .vocabulary import TEXTS, learn, learn_all

logger = logging.getLogger(__name__)

# So many things are indexed at once; more are left to the worker.
AT_ONCE = 5
# So long waits who publishes for others who write of the same; a job, endlessly.
PUBLISHING_WAITS, ENDLESS = "200ms", "0"
# After so many failures, something is looked at by people: `check_search` names it.
PATIENCE = 5
LANGUAGES = [code for code, _name in settings.LANGUAGES]


# --- Notes -------------------------------------------------------------------


def note(keys: Iterable[UUID]) -> None:
    """Have the entries of these things written again, once all is saved."""
    noted = Change.objects.bulk_create([Change(key=key) for key in keys])
    if noted and not is_followed():
        transaction.on_commit(follow, robust=True)


def is_followed() -> bool:
    """Whether this transaction will be followed already: it may note thousands."""
    return any(done is follow for _savepoints, done, *_ in connection.run_on_commit)


def follow() -> None:
    """Write what was noted: a little now, much by a job that nobody waits for."""
    new = Change.objects.filter(tries=0).values("key").distinct()
    if len(new[: AT_ONCE + 1]) > AT_ONCE:
        catch_up.enqueue()
        return
    tried: set[UUID] = set()
    while len(tried) < AT_ONCE and write_next(tried, PUBLISHING_WAITS):
        pass
    if Change.objects.filter(key__in=tried).exists():
        catch_up.enqueue()


@task()
def catch_up() -> None:
    """Write all that was noted."""
    tried: set[UUID] = set()
    while write_next(tried):
        pass


def write_next(tried: set[UUID], patience: str = ENDLESS) -> bool:
    """Write what was noted first, and is not being written already.

    Gives whether there was anything. What failed waits behind all else, and is not
    `tried` twice in a row: often another change puts it right.
    """
    with transaction.atomic():
        changes = Change.objects.select_for_update(skip_locked=True)
        due = changes.filter(tries__lt=PATIENCE).order_by("tries", "pk").first()
        if due is None or (due.tries and due.key in tried):
            return False
        tried.add(due.key)
        # What is noted from here on may not be read below any more.
        noted = Change.objects.filter(
            pk__in=[one.pk for one in changes.filter(key=due.key)]
        )
        if write(due.key, patience):
            noted.delete()
        else:
            noted.update(tries=F("tries") + 1)
    return True


# --- Entries -----------------------------------------------------------------


def write(key: UUID, patience: str = ENDLESS) -> bool:
    """Have the index say what the site says of one thing; False if that went wrong."""
    try:
        with transaction.atomic():
            wait_for(key, patience)
            keep(key, list(entries_for(key)))
    except Exception as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            logger.exception("Not indexed: %s", key)
        return False
    return True


def wait_for(key: UUID, patience: str) -> None:
    """Until nobody else writes of the same thing: what was read last is to stay.

    Nor is anybody else waited for longer than `patience`, until all is written.
    """
    locked = """
        SELECT set_config('lock_timeout', %s, true),
            pg_advisory_xact_lock(hashtextextended(%s, 0))
    """
    with connection.cursor() as cursor:
        cursor.execute(locked, [patience, str(key)])


def entries_for(key: UUID) -> Iterator[Entry]:
    """What is to be in the index of a thing; nothing if it is not public."""
    pages = public_pages().filter(translation_key=key).specific()
    pages = pages.select_related("locale", for_specific_subqueries=True)
    versions = [page for page in pages if not is_bare_list(page)]
    spoken = [page.locale.language_code for page in versions]
    for page in versions:
        readers = readers_of(page.locale.language_code, spoken)
        others = [other.title for other in versions if other.pk != page.pk]
        yield entry_of(page, readers, others)
    if not versions and (term := term_of(key)):
        yield from entries_of_term(term)


def readers_of(language: str, spoken: list[str]) -> list[str]:
    """Whose readers are shown the version in `language`, when there are these.

    Those of another language are shown the first one of the network's languages.
    """
    first = next(code for code in LANGUAGES if code in spoken)
    others = [code for code in LANGUAGES if code not in spoken]
    return [language, *(others if language == first else [])]


def term_of(key: UUID):
    number = term_with(key)
    if number is None:
        return None
    terms = apps.get_model("home", "Term").objects.filter(live=True)
    return terms.filter(pk=number).first()


def keep(key: UUID, entries: list[Entry]) -> None:
    """Put `entries` in place of those that the index has of a thing."""
    known = {entry_id(entry): entry for entry in Entry.objects.filter(key=key)}
    pairs = [(entry, known.pop(entry_id(entry), None)) for entry in entries]
    changed = [pair for pair in pairs if not says_the_same(*pair)]
    number([entry for entry, _before in changed])
    # In the same order everywhere: two workers may learn the same words.
    for entry, before in sorted(changed, key=lambda pair: pair[0].language):
        entry.pk = before.pk if before else None
        learn(entry, before)
        entry.save()
    if known:
        Entry.objects.filter(pk__in=[entry.pk for entry in known.values()]).delete()


def says_the_same(entry: Entry, before: Entry | None) -> bool:
    return before is not None and before.digest == entry.digest


def number(entries: list[Entry]) -> None:
    """Give each its facets as numbers; new words get theirs."""
    words = sorted({word for entry in entries for word in entry.facets})
    numbers = numbers_of(words)
    if new := [FacetWord(word=word) for word in words if word not in numbers]:
        # Another worker may number the same.
        FacetWord.objects.bulk_create(new, ignore_conflicts=True)
        numbers = numbers_of(words)
    for entry in entries:
        entry.numbers = [numbers[word] for word in entry.facets]


def is_numbered(entry: Entry) -> bool:
    numbers = numbers_of(entry.facets)
    return entry.numbers == [numbers.get(word) for word in entry.facets]


def numbers_of(words: list[str]) -> dict[str, int]:
    known = FacetWord.objects.filter(word__in=words)
    return dict(known.values_list("word", "pk"))


def entry_id(entry: Entry) -> tuple:
    return entry.page_id, entry.term_id, entry.language


# What an entry tells, besides its place in the index; and how it is found.
TOLD = [
    *("key", "language", "readers", "kind", "slug", "title", "summary", "text"),
    *("file_text", "facets", "first_year", "last_year", "published_at"),
    *("files", "files_told"),
]
VECTORS = ["vector", "head", "names"]
# As the database writes them.
CANONICAL = "SELECT %s::tsvector::text, %s::tsvector::text, %s::tsvector::text"


# --- All of it ---------------------------------------------------------------


def all_keys() -> list[UUID]:
    """Of everything that is, or should be, in the index."""
    terms = apps.get_model("home", "Term").objects.filter(live=True)
    return sorted(
        {
            *public_pages().values_list("translation_key", flat=True),
            *(key_of_term(pk) for pk in terms.values_list("pk", flat=True)),
            *Entry.objects.values_list("key", flat=True),
        }
    )


def rebuild() -> Iterator[tuple[int, int]]:
    """Write all entries again, while people search; tells how far it is.

    What is there is found until something else is in its place. Gives how many things
    are done, of how many.
    """
    noted = list(Change.objects.values_list("pk", flat=True))
    keys = all_keys()
    for done, key in enumerate(keys, 1):
        if not write(key):
            note([key])
        yield done, len(keys)
    learn_all(Entry.objects.only("language", *TEXTS).iterator())
    Change.objects.filter(pk__in=noted).delete()


def differences() -> Iterator[str]:
    """Where the index does not say what the site says, in words."""
    for key in all_keys():
        yield from differences_of(key)
    late = Change.objects.filter(tries__gte=PATIENCE)
    for key in late.order_by("key").values_list("key", flat=True).distinct():
        yield f"Given up: {key}"


def differences_of(key: UUID) -> Iterator[str]:
    kept = {entry_id(entry): entry for entry in Entry.objects.filter(key=key)}
    try:
        wanted = list(entries_for(key))
    except Exception:
        logger.exception("Cannot be read: %s", key)
        yield f"Cannot be read: {key}"
        return
    for entry in wanted:
        before = kept.pop(entry_id(entry), None)
        if before is None:
            yield f"Missing: {described(entry)}"
        elif not (before.digest == entry.digest and stands_as(before, entry)):
            yield f"Out of date: {described(entry)}"
    for entry in kept.values():
        yield f"Not public: {described(entry)}"


def stands_as(before: Entry, entry: Entry) -> bool:
    """Whether what is in the index is `entry` itself, whatever its digest says."""
    texts = [getattr(entry, name) for name in VECTORS]
    with connection.cursor() as cursor:
        cursor.execute(CANONICAL, texts)
        vectors = cursor.fetchone()
    return (
        vectors == tuple(getattr(before, name) for name in VECTORS)
        and all(getattr(before, name) == getattr(entry, name) for name in TOLD)
        and is_numbered(before)
    )


def described(entry: Entry) -> str:
    place = f"page {entry.page_id}" if entry.page_id else f"term {entry.term_id}"
    return f"{entry.title} ({entry.language}, {place})"
