"""To keep the index as the site is: what changed is noted, then written.

`note` belongs to the transaction of the change. `follow` runs when that is over, and
`catch_up` in a job: publishing neither waits for them nor fails with them.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django_tasks import task

from .models import Change
from .writing import ENDLESS, write

# So many things are indexed at once; more are left to the worker.
AT_ONCE = 5
# So long waits who publishes for others who write of the same; a job, endlessly.
PUBLISHING_WAITS = "200ms"
# After so many failures, something is looked at by people: `check_search` names it.
PATIENCE = 5


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
        if write([due.key], patience=patience):
            noted.update(tries=F("tries") + 1)
        else:
            noted.delete()
    return True
