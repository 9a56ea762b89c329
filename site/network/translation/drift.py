"""Where the languages went apart, and how to bring them together again.

What follows follows at once. This is for what nobody could foresee: a worker that was
killed in between, a script, a change in the database.
"""

from collections.abc import Callable, Iterator
from functools import partial
from uuid import UUID

from django.core.exceptions import (
    ObjectDoesNotExist,
    PermissionDenied,
    ValidationError,
)
from django.db import DatabaseError, transaction
from wagtail.models import Page, PageLogEntry

from network.core.following import following
from network.core.models import HOME_DEPTH

from .duplicates import doubled_sources, forgotten_sources
from .findings import Drift, named
from .positions import free_slug, rename, stand_alike
from .trees import Row, Trees
from .verbs import mirror

# --- What is missing, or too much ------------------------------------------


def missing(trees: Trees) -> Iterator[Drift]:
    for row in trees.rows:
        for locale in trees.languages_without(row):
            if is_orphan(trees, row):
                continue
            says = f"has no version in “{trees.languages[locale]}”"
            yield Drift(named(trees, row), says, partial(show, row))


def show(row: Row) -> None:
    mirror(row.page)


def orphans(trees: Trees) -> Iterator[Drift]:
    """Aliases whose source is gone: their language is not the one they speak."""
    for row in trees.rows:
        if is_orphan(trees, row):
            says = "is left of an alias whose original was deleted"
            below = [one for one in trees.rows if one.path.startswith(row.path)]
            whole = all(is_orphan(trees, one) for one in below)
            # What somebody wrote below it stays, and so it becomes a page of its own.
            yield Drift(
                named(trees, row), says, partial(delete, row) if whole else None
            )


def is_orphan(trees: Trees, row: Row) -> bool:
    # An alias has no revision, and its history says that it was made as one.
    alone = len(trees.versions[row.translation_key]) == 1
    if not alone or row.alias_of_id or row.latest_revision_id:
        return False
    made = PageLogEntry.objects.filter(page=row.pk, action="wagtail.create_alias")
    return made.exists()


def delete(row: Row) -> None:
    if Page.objects.filter(pk=row.pk).exists():
        row.page.delete()


# --- What stands elsewhere -------------------------------------------------


def misplaced(trees: Trees) -> Iterator[Drift]:
    for row in trees.rows:
        leader, above = trees.leader(row), trees.parent(row)
        if above and above.locale_id != row.locale_id:
            says = "stands among the pages of another language"
        elif leader and not is_below_same(trees, row, leader):
            says = f"stands elsewhere than {named(trees, leader)}"
        else:
            continue
        yield Drift(named(trees, row), says, partial(put_right, row, leader))


def is_below_same(trees: Trees, row: Row, leader: Row) -> bool:
    above, other = trees.parent(row), trees.parent(leader)
    if above is None or other is None:
        return above is other
    return above.translation_key == other.translation_key


def put_right(row: Row, leader: Row | None) -> None:
    if leader:
        stand_alike(row.page, Page.objects.get(pk=leader.pk))
    elif parent := row.page.get_parent().get_translation_or_none(row.locale_id):
        row.page.move(parent, pos="last-child")


def disordered(trees: Trees) -> Iterator[Drift]:
    for row in trees.rows:
        first = trees.version(row, trees.followed.get(row.locale_id, 0))
        if first is None:
            continue
        here, there = shared_children(trees, row, first)
        if keys_of(here) != keys_of(there):
            says = "has its pages in another order"
            yield Drift(named(trees, row), says, partial(reorder, row.locale_id, there))


def shared_children(trees: Trees, *rows: Row) -> list[list[Row]]:
    """What is below each of these, as far as it is below all."""
    families = [trees.children[row.path] for row in rows]
    shared = set.intersection(*(set(keys_of(family)) for family in families))
    return [[one for one in some if one.translation_key in shared] for some in families]


def keys_of(rows: list[Row]) -> list[UUID]:
    return [row.translation_key for row in rows]


def reorder(locale: int, like: list[Row]) -> None:
    for row in like:
        leader = Page.objects.get(pk=row.pk)
        stand_alike(leader.get_translation(locale), leader)


# --- What says something else ----------------------------------------------


def astray(trees: Trees) -> Iterator[Drift]:
    """Aliases in one language of another page than their own in the other."""
    for row in trees.rows:
        shown = trees.shown(row)
        if shown is None or shown.locale_id == row.locale_id:
            continue
        own = trees.version(row, shown.locale_id)
        if shown.translation_key != row.translation_key:
            says = f"shows {named(trees, shown)}, which is another page"
            mend = partial(point_at, row, own) if own else None
            yield Drift(named(trees, row), says, mend)


def point_at(row: Row, own: Row) -> None:
    Page.objects.filter(pk=row.pk).update(alias_of=own.pk)
    refresh(own)


def renamed(trees: Trees) -> Iterator[Drift]:
    for row, shown in aliases(trees):
        is_home, same = row.depth == HOME_DEPTH, row.slug == shown.slug
        if not (is_home or same or is_numbered(trees, row, shown.slug)):
            says = f"should be called “{shown.slug}” in its address"
            yield Drift(named(trees, row), says, partial(call, row, shown.slug))


def is_numbered(trees: Trees, row: Row, slug: str) -> bool:
    """Whether a number stands behind the name because another page has it."""
    siblings = trees.children[row.path[: -Page.steplen]]
    taken = any(one.slug == slug for one in siblings)
    return taken and row.slug.startswith(f"{slug}-")


def aliases(trees: Trees) -> Iterator[tuple[Row, Row]]:
    """Each page that shows its version in another language, and that version."""
    for row in trees.rows:
        shown = trees.shown(row)
        if shown and shown.translation_key == row.translation_key:
            yield row, shown


def call(row: Row, slug: str) -> None:
    page = row.page
    rename(page, free_slug(page, slug, page.get_parent()))


def unlike(trees: Trees) -> Iterator[Drift]:
    for row, shown in aliases(trees):
        if row.live != shown.live:
            state = "public" if row.live else "offline"
            says = f"is {state}, unlike its original"
        elif is_older(row, shown):
            says = "does not say what its original says now"
        else:
            continue
        mend = partial(refresh, shown) if shown.live else partial(hide, row)
        yield Drift(named(trees, row), says, mend)


def is_older(row: Row, shown: Row) -> bool:
    # Of an alias of an alias Wagtail forgets the date.
    same_date = shown.alias_of_id or row.last_published_at == shown.last_published_at
    return shown.live and not (same_date and row.title == shown.title)


def refresh(shown: Row) -> None:
    shown.page.update_aliases()


def exposed(trees: Trees) -> Iterator[Drift]:
    """Translations that stayed online when their original left (D6)."""
    for row in trees.rows:
        leader = trees.leader(row)
        if leader and row.live and not leader.live and not row.alias_of_id:
            says = "is public, and its original is not"
            yield Drift(named(trees, row), says, partial(hide, row))


def hide(row: Row) -> None:
    row.page.unpublish()


# --- To look, and to mend --------------------------------------------------

# In this order: where a page is shows which names are free, and so on.
CHECKS = [
    *(doubled_sources, forgotten_sources, astray, orphans, missing),
    *(misplaced, disordered, renamed, unlike, exposed),
]


FAILURES = (DatabaseError, ObjectDoesNotExist, PermissionDenied, ValidationError)


def find() -> list[Drift]:
    """All that went apart; nothing is changed."""
    trees = Trees()
    return [drift for check in CHECKS for drift in check(trees)]


def mend() -> Iterator[Drift]:
    """Bring together what went apart, one thing after the other."""
    for check in CHECKS:
        # What was mended before may have put this right as well, or moved it.
        for drift in check(Trees()):
            if drift.mend:
                try_to(drift.mend)
            yield drift


def try_to(mend: Callable[[], object]) -> None:
    try:
        with transaction.atomic(), following():
            mend()
    except FAILURES:
        # It will be found again, and said.
        return
