"""All that a search finds, however much that is, for whoever takes it away."""

from collections.abc import Iterator, Sequence

from psycopg.sql import SQL, Composable

from .finding import Search, told
from .models import Entry
from .statement import Statement

AT_ONCE = 200
BY_DATE = SQL("published_at DESC, id DESC")
RANKED = SQL(
    """
    complete DESC NULLS LAST, directly DESC, score DESC, in_head DESC,
    published_at DESC, id DESC
    """
)
FIELDS = [
    *("id", "page_id", "term_id", "key", "language", "kind", "slug", "title"),
    *("summary", "facets", "first_year", "last_year"),
]


def whole(search: Search) -> Iterator[Sequence[int]]:
    """The numbers of all entries that are found, in order, part by part."""
    [found] = told(in_order(search))
    return parts_of(found or [])


def parts_of(entries: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(entries), AT_ONCE):
        yield entries[start : start + AT_ONCE]


def in_order(search: Search) -> Composable:
    """As on the page; the latest first of what is too much to be ranked."""
    statement = Statement(search)
    return SQL(
        """
        WITH found AS MATERIALIZED ({found}),
        kept AS {kept}
        SELECT array_agg(id ORDER BY {order}) FROM {entries}
        """
    ).format(
        found=statement.found,
        kept=statement.kept,
        order=BY_DATE if statement.is_by_date else RANKED,
        entries=SQL("kept") if statement.is_by_date else ranked(statement),
    )


def ranked(statement: Statement) -> Composable:
    return SQL(
        """
        ({promises}) AS kept LEFT JOIN (
            SELECT id, complete, directly, score FROM ({ranked}) AS ranked
        ) AS ranked USING (id)
        """
    ).format(promises=statement.promises, ranked=statement.ranked)


def rows_of(entries: Sequence[int]) -> list[dict]:
    """What these say, as far as it is still there, in the order in which they stand."""
    rows = Entry.objects.exclude(term__live=False).filter(pk__in=entries)
    found = {row["id"]: row for row in rows.values(*FIELDS)}
    return [found[pk] | {"key": str(found[pk]["key"])} for pk in entries if pk in found]
