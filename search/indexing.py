"""To keep the index as the site is: what changed is noted, then written.

`note` belongs to the transaction of the change. `follow` runs when that is over, and
`catch_up` in a job: publishing neither waits for them nor fails with them.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django_tasks import task

from .models import Change, Entry
from .public import public_pages
from .texts import entries_of_term, entry_of, key_of_term
from .vocabulary import learn, learn_all

logger = logging.getLogger(__name__)

# So many things are indexed before the worker is called for help.
AT_ONCE = 5
IN_A_JOB = 100
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
    """Write what was noted: a little now, much by a job."""
    if write_changes(AT_ONCE) and Change.objects.filter(tries=0).exists():
        catch_up.enqueue()


@task()
def catch_up() -> None:
    """Write all that was noted."""
    while write_changes(IN_A_JOB):
        pass


def write_changes(count: int) -> bool:
    """Write the entries of `count` things at most; gives whether there were any."""
    with transaction.atomic():
        due = Change.objects.filter(tries__lt=PATIENCE).order_by("tries", "pk")
        changes = list(due.select_for_update(skip_locked=True)[:count])
        by_key = defaultdict(list)
        for change in changes:
            by_key[change.key].append(change.pk)
        for key, noted in by_key.items():
            if write(key):
                Change.objects.filter(pk__in=noted).delete()
            else:
                Change.objects.filter(pk__in=noted).update(tries=F("tries") + 1)
    return any(not change.tries for change in changes)


# --- Entries -----------------------------------------------------------------


def write(key: UUID) -> bool:
    """Have the index say what the site says of one thing; False if that went wrong."""
    try:
        with transaction.atomic():
            keep(key, list(entries_for(key)))
    except Exception:
        logger.exception("Not indexed: %s", key)
        return False
    return True


def entries_for(key: UUID) -> Iterator[Entry]:
    """What is to be in the index of a thing; nothing if it is not public."""
    pages = public_pages().filter(translation_key=key).select_related("locale")
    versions = list(pages.specific())
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
    terms = apps.get_model("home", "Term").objects.filter(live=True)
    return next((term for term in terms if key_of_term(term.pk) == key), None)


def keep(key: UUID, entries: list[Entry]) -> None:
    """Put `entries` in place of those that the index has of a thing."""
    known = {entry_id(entry): entry for entry in Entry.objects.filter(key=key)}
    for entry in entries:
        before = known.pop(entry_id(entry), None)
        if before is None or before.digest != entry.digest:
            entry.pk = before.pk if before else None
            learn(entry, before)
            entry.save()
    Entry.objects.filter(pk__in=[entry.pk for entry in known.values()]).delete()


def entry_id(entry: Entry) -> tuple:
    return entry.page_id, entry.term_id, entry.language


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
    learn_all(Entry.objects.iterator())
    Change.objects.filter(pk__in=noted).delete()


def differences() -> Iterator[str]:
    """Where the index does not say what the site says, in words."""
    for key in all_keys():
        kept = {entry_id(entry): entry for entry in Entry.objects.filter(key=key)}
        for entry in entries_for(key):
            before = kept.pop(entry_id(entry), None)
            if before is None:
                yield f"Missing: {described(entry)}"
            elif before.digest != entry.digest:
                yield f"Out of date: {described(entry)}"
        for entry in kept.values():
            yield f"Not public: {described(entry)}"
    late = Change.objects.filter(tries__gte=PATIENCE)
    for key in late.order_by("key").values_list("key", flat=True).distinct():
        yield f"Given up: {key}"


def described(entry: Entry) -> str:
    place = f"page {entry.page_id}" if entry.page_id else f"term {entry.term_id}"
    return f"{entry.title} ({entry.language}, {place})"
