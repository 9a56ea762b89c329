"""To find entries: PostgreSQL is asked once for results, their number and facets."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db import connection
from psycopg.sql import SQL, Composable

from .public import Closed, closed_now
from .queries import Query
from .statement import MOST_RANKED, Statement
from .timely import rows_in_time

RESULTS_PER_PAGE = 20
LAST_PAGE = MOST_RANKED // RESULTS_PER_PAGE


@dataclass(frozen=True)
class Found:
    """What a search gives: the results of one page, and how many there are of what."""

    rows: list[dict] = field(default_factory=list)
    total: int = 0
    # By the word of a facet, like "status:tested": how many there would be with it.
    counts: dict[str, int] = field(default_factory=dict)
    # By year, whatever years were asked for.
    years: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Search:
    """All that is asked for, by a reader of `language`."""

    query: Query
    language: str
    # The words of facets, by the facet's name: any of a facet's will do.
    chosen: dict[str, list[str]] = field(default_factory=dict)
    since: int | None = None
    until: int | None = None
    by_date: bool = False
    page: int = 1
    per_page: int = RESULTS_PER_PAGE
    # How many of the words are enough, if not all.
    least: int = 0
    # Asked once, for this search and those like it.
    closed: Closed = field(default_factory=closed_now)

    def run(self) -> Found:
        """Ask for all at once: what was found, and what could be chosen further."""
        rows, total, counts, years = told(Statement(self).everything)
        hidden = self.closed.files
        for row in rows or []:
            row["file_text"] = "" if row["id"] in hidden else row["file_text"]
        years = {int(year): count for year, count in (years or {}).items()}
        return Found(rows or [], total, counts or {}, years)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen or self.since or self.until)

    def without_each(self) -> dict[str, int]:
        """By what was chosen, a facet or the years: how many there are without it."""
        counts = told(Statement(self).without_each)
        return dict(zip([*self.chosen, "years"], counts, strict=True))

    def like(self, **changes) -> "Search":
        return replace(self, **changes)


def totals(searches: Iterable[Search], most: int) -> list[int]:
    """How many each of these finds, and `most` if it is more; asked at once."""
    counts = [Statement(search).up_to(most) for search in searches]
    return list(told(SQL("SELECT {}").format(SQL(", ").join(counts)))) if counts else []


def told(statement: Composable) -> tuple:
    """The one row that the database gives."""
    connection.ensure_connection()
    [row] = rows_in_time(statement.as_string(connection.connection))
    return row
