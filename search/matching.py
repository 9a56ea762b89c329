"""Which entries say what was asked, as PostgreSQL is asked it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from psycopg.sql import SQL, Composable, Identifier, Literal

from .facets import BY_NAME, COLUMNS
from .public import Closed

if TYPE_CHECKING:
    from .finding import Search


@dataclass(frozen=True)
class Matching:
    """What a search finds, in SQL: nothing of what is closed."""

    search: "Search"

    @property
    def found(self) -> Composable:
        """All that says what was asked, whatever was chosen besides."""
        return SQL(
            """
            SELECT e.id, {columns}, e.first_year, e.last_year, e.published_at, {chosen}
            FROM search_entry AS e
            WHERE {matching} AND {reader} = ANY(e.readers) AND {public}
            """
        ).format(
            columns=SQL(", ").join(map(Identifier, COLUMNS)),
            chosen=SQL(", ").join(self.flags()),
            matching=self.matching("vector"),
            reader=Literal(self.search.language),
            public=self.is_public,
        )

    # --- What was asked ------------------------------------------------------

    @cached_property
    def asked(self) -> dict[str, str]:
        """The query in each language in which it means something."""
        query, least = self.search.query, self.search.least
        written = {
            code: query.loosely_in_sql(code, least) if least else query.in_sql(code)
            for code, _name in settings.LANGUAGES
        }
        return {code: words for code, words in written.items() if words}

    def matching(self, vector: str) -> Composable:
        """Whether `vector` says what was asked, in the language it is in."""
        if not self.search.query.text:
            return SQL("TRUE")
        column = SQL("e.{}").format(Identifier(vector))
        if not self.closed.files or vector != "vector":
            return self.saying(column)
        silenced = SQL("e.id = ANY({})").format(Literal(self.closed.files))
        return SQL("(NOT {0} AND {1} OR {0} AND {2})").format(
            silenced,
            self.saying(column),
            self.saying(SQL("ts_filter(e.vector, '{a,b,c}')")),
        )

    def saying(self, vector: Composable) -> Composable:
        ways = [
            SQL("(e.language = {} AND {} @@ {}::tsquery)").format(
                Literal(code), vector, Literal(words)
            )
            for code, words in self.asked.items()
        ]
        return SQL("({})").format(SQL(" OR ").join(ways)) if ways else SQL("FALSE")

    @property
    def closed(self) -> Closed:
        return self.search.closed

    @property
    def is_public(self) -> Composable:
        """Whether all may read `e`, at this very moment."""
        return SQL("{} AND {}").format(self.page_is_public, self.term_is_public)

    @property
    def page_is_public(self) -> Composable:
        """Few are not, and indexes know them: to ask all others would take long."""
        places = [
            SQL("p.path LIKE {}").format(Literal(f"{place}%"))
            for place in self.closed.places
        ]
        hidden = [SQL("NOT p.live"), *([SQL(" OR ").join(places)] if places else [])]
        none = SQL(
            """
            NOT EXISTS (
                SELECT FROM wagtailcore_page AS p WHERE p.id = e.page_id AND ({})
            )
            """
        )
        return SQL(" AND ").join(none.format(page) for page in hidden)

    @property
    def term_is_public(self) -> Composable:
        """A term is to be read in the glossary, if the reader's language has one."""
        if self.search.language not in self.closed.glossaries:
            return SQL("e.term_id IS NULL")
        return SQL(
            """
            NOT EXISTS (
                SELECT FROM home_term AS t WHERE t.id = e.term_id AND NOT t.live
            )
            """
        )

    # --- What was chosen -----------------------------------------------------

    def flags(self) -> Iterable[Composable]:
        """A column for each facet in which something was chosen, and for the years."""
        for name, words in self.search.chosen.items():
            column = Identifier(BY_NAME[name].column)
            yield SQL("e.{} IN ({}) AS {}").format(column, sets(words), flag(name))
        yield SQL("{} AS in_years").format(self.in_years)

    @property
    def in_years(self) -> Composable:
        since, until = self.search.since, self.search.until
        limits: list[Composable] = []
        if since or until:
            limits.append(SQL("e.first_year IS NOT NULL"))
        if since:
            limits.append(SQL("e.last_year >= {}").format(Literal(since)))
        if until:
            limits.append(SQL("e.first_year <= {}").format(Literal(until)))
        return SQL("({})").format(SQL(" AND ").join(limits or [SQL("TRUE")]))

    def all_chosen(self, but: str = "") -> Composable:
        """Whether something is in all that was chosen; in all `but` one facet."""
        names = [name for name in self.search.chosen if name != but]
        flags: list[Composable] = [flag(name) for name in names]
        if but != "years":
            flags.append(Identifier("in_years"))
        return SQL(" AND ").join(flags or [SQL("TRUE")])

    # --- How many ------------------------------------------------------------

    def up_to(self, most: int) -> Composable:
        """How many are found, or `most` if that is less."""
        return SQL(
            """
            (SELECT count(*) FROM (
                SELECT FROM ({found}) AS found WHERE {all_chosen} LIMIT {most}
            ) AS enough)
            """
        ).format(found=self.found, all_chosen=self.all_chosen(), most=Literal(most))

    @property
    def without_each(self) -> Composable:
        """For each facet, and the years: how many there are if that is left out."""
        names = [*self.search.chosen, "years"]
        counts = [
            SQL("count(*) FILTER (WHERE {})").format(self.all_chosen(but=name))
            for name in names
        ]
        return SQL("SELECT {counts} FROM ({found}) AS found").format(
            counts=SQL(", ").join(counts), found=self.found
        )


def sets(words: list[str]) -> Composable:
    return SQL("SELECT id FROM search_facetset WHERE words && {}::text[]").format(
        Literal(words)
    )


def flag(name: str) -> Identifier:
    return Identifier(f"in_{name}")
