"""A search as PostgreSQL is asked it: once, for results, their number and facets."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from psycopg.sql import SQL, Composable, Identifier, Literal

from .public import Closed
from .ranking import ORDER, score

if TYPE_CHECKING:
    from .finding import Search

# Only so many of what was found are put in order, the most promising ones: a word that
# stands on every other page of a large network would otherwise take a second.
MOST_RANKED = 1000
# Of a text, as much is read to show where it says what was looked for.
MOST_READ = 20_000


@dataclass(frozen=True)
class Statement:
    """A search in SQL, that finds nothing of what is closed."""

    search: "Search"

    @property
    def everything(self) -> Composable:
        return SQL(
            """
            WITH found AS MATERIALIZED ({found}),
            kept AS MATERIALIZED (SELECT * FROM found WHERE {all_chosen}),
            results AS ({results})
            SELECT
                (SELECT json_agg(results) FROM results),
                (SELECT count(*) FROM kept),
                (SELECT json_object_agg(word, times) FROM ({counts}) AS counted),
                (SELECT json_object_agg(year, times) FROM ({years}) AS counted)
            """
        ).format(
            found=self.found,
            all_chosen=self.all_chosen(),
            results=self.results,
            counts=self.counts,
            years=self.years,
        )

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

    @property
    def found(self) -> Composable:
        """All that says what was asked, whatever was chosen besides."""
        return SQL(
            """
            SELECT e.id, e.language, e.facets, e.first_year, e.last_year,
                e.published_at, {in_head} AS in_head, {chosen}
            FROM search_entry AS e
            LEFT JOIN wagtailcore_page AS p ON p.id = e.page_id
            LEFT JOIN home_term AS t ON t.id = e.term_id
            WHERE {matching} AND {reader} = ANY(e.readers)
                AND {live} AND {open}
            """
        ).format(
            in_head=self.matching("head"),
            chosen=SQL(", ").join(self.flags()),
            matching=self.matching("vector"),
            live=self.live,
            reader=Literal(self.search.language),
            open=self.open,
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
    def live(self) -> Composable:
        """A term is to be read in the glossary, if the reader's language has one."""
        has_glossary = self.search.language in self.closed.glossaries
        return SQL("(p.live OR t.live)") if has_glossary else SQL("p.live")

    @property
    def open(self) -> Composable:
        """Whether all may read it. Wagtail knows few private places, if any."""
        if not self.closed.places:
            return SQL("TRUE")
        places = map(Literal, self.closed.places)
        below = [SQL("starts_with(p.path, {})").format(place) for place in places]
        return SQL("({}) IS NOT TRUE").format(SQL(" OR ").join(below))

    # --- What was chosen -----------------------------------------------------

    def flags(self) -> Iterable[Composable]:
        """A column for each facet in which something was chosen, and for the years."""
        for name, words in self.search.chosen.items():
            yield SQL("e.facets && {}::text[] AS {}").format(Literal(words), flag(name))
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

    @property
    def counts(self) -> Composable:
        """How many there are of each word of a facet, if that one were chosen too.

        Whoever chose one city is told what there would be of another: what was chosen
        in a facet does not narrow that facet itself.
        """
        chosen = list(self.search.chosen)
        others = SQL(
            """
            SELECT word, count(*) AS times FROM kept, unnest(facets) AS word
            WHERE split_part(word, ':', 1) <> ALL({}::text[]) GROUP BY word
            """
        ).format(Literal(chosen))
        own = [
            SQL(
                """
                SELECT word, count(*) AS times FROM found, unnest(facets) AS word
                WHERE {} AND split_part(word, ':', 1) = {} GROUP BY word
                """
            ).format(self.all_chosen(but=name), Literal(name))
            for name in chosen
        ]
        return SQL(" UNION ALL ").join([others, *own])

    @property
    def years(self) -> Composable:
        return SQL(
            """
            SELECT year, count(*) AS times
            FROM found, generate_series(first_year::int, last_year::int) AS year
            WHERE {} GROUP BY year
            """
        ).format(self.all_chosen(but="years"))

    # --- In which order ------------------------------------------------------

    @property
    def results(self) -> Composable:
        by_date = self.search.by_date or not self.search.query.text
        return self.latest if by_date else self.best

    @property
    def latest(self) -> Composable:
        return SQL(
            """
            SELECT {columns} FROM (
                SELECT id FROM kept ORDER BY published_at DESC, id DESC {part}
            ) AS latest JOIN search_entry AS e USING (id)
            ORDER BY e.published_at DESC, e.id DESC
            """
        ).format(columns=COLUMNS, part=self.part)

    @property
    def best(self) -> Composable:
        """The most promising ones in order."""
        search = self.search
        return SQL(
            """
            SELECT {columns} FROM (
                SELECT e.id, {directly} AS directly, {complete} AS complete,
                    {score} AS score
                FROM (
                    SELECT id, in_head FROM kept
                    ORDER BY in_head DESC, published_at DESC, id DESC LIMIT {most}
                ) AS promising JOIN search_entry AS e USING (id)
                ORDER BY {order} {part}
            ) AS best JOIN search_entry AS e USING (id)
            ORDER BY {order}
            """
        ).format(
            columns=COLUMNS,
            order=ORDER,
            directly=self.directly,
            complete=self.complete,
            score=score(search.query, self.asked, search.language),
            most=Literal(MOST_RANKED),
            part=self.part,
        )

    @property
    def part(self) -> Composable:
        """A part that does not exist is the last that does."""
        size = self.search.per_page
        start = (self.search.page - 1) * size
        return SQL(
            """
            LIMIT {size} OFFSET (
                SELECT least({start}, greatest(count(*) - 1, 0) / {size} * {size})
                FROM kept
            )
            """
        ).format(size=Literal(size), start=Literal(start))

    @property
    def directly(self) -> Composable:
        """Whether it says the words themselves, and not only others for them."""
        search = self.search
        if not search.query.also:
            return SQL("TRUE")
        plain = search.like(query=search.query.without_others)
        return Statement(plain).matching("vector")

    @property
    def complete(self) -> Composable:
        """Whether it says all of the words."""
        if not self.search.least:
            return SQL("TRUE")
        return Statement(self.search.like(least=0)).matching("vector")


COLUMNS = SQL(
    """
    e.id, e.page_id, e.term_id, e.key, e.language, e.kind, e.slug, e.title, e.summary,
    left(e.text, {most}) AS text, left(e.file_text, {most}) AS file_text, e.facets,
    e.first_year, e.last_year, e.published_at
    """
).format(most=Literal(MOST_READ))


def flag(name: str) -> Identifier:
    return Identifier(f"in_{name}")
