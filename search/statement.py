"""A search as PostgreSQL is asked it: once, for results, their number and facets."""

from psycopg.sql import SQL, Composable, Identifier, Literal

from .facets import BY_NAME, COLUMNS
from .matching import Matching
from .ranking import ORDER, score

# Only so many of what was found are put in order, the most promising ones: a word that
# stands on every other page of a large network would otherwise take a second.
MOST_RANKED = 1000
# Of a text, as much is read to show where it says what was looked for.
MOST_READ = 20_000
# That can be chosen, and are offered: nobody tells of others.
YEARS = range(1900, 2101)


class Statement(Matching):
    """A search in SQL."""

    @property
    def everything(self) -> Composable:
        return SQL(
            """
            WITH found AS MATERIALIZED ({found}),
            kept AS {kept},
            counted AS MATERIALIZED ({counted}),
            results AS ({results})
            SELECT
                (SELECT json_agg(results) FROM results),
                {total},
                (SELECT json_object_agg(word, times) FROM ({counts}) AS counted),
                (SELECT json_object_agg(year, times) FROM ({years}) AS counted)
            """
        ).format(
            found=self.found,
            kept=self.kept,
            counted=self.counted,
            results=self.results,
            total=TOTAL,
            counts=self.counts,
            years=self.years,
        )

    @property
    def kept(self) -> Composable:
        """What was chosen; if nothing was, all that is found, and no copy of it."""
        once = SQL("MATERIALIZED" if self.search.is_narrowed else "NOT MATERIALIZED")
        return SQL("{} (SELECT * FROM found WHERE {})").format(once, self.all_chosen())

    @property
    def counted(self) -> Composable:
        """How many there are of each set of facets and of each period, and of all."""
        return SQL(
            """
            SELECT coalesce({columns}) AS facets, first_year, last_year,
                grouping(first_year) = 0 AS is_period, count(*) AS times
            FROM kept
            GROUP BY GROUPING SETS ({columns}, (first_year, last_year), ())
            """
        ).format(columns=SQL(", ").join(map(Identifier, COLUMNS)))

    @property
    def counts(self) -> Composable:
        """How many there are of each word of a facet, if that one were chosen too.

        Whoever chose one city is told what there would be of another: what was chosen
        in a facet does not narrow that facet itself.
        """
        chosen = list(self.search.chosen)
        others = by_word(SQL("counted"), SQL("<> ALL({}::text[])").format(chosen))
        own = [
            by_word(self.sets_but(name), SQL("= {}").format(name)) for name in chosen
        ]
        return SQL(" UNION ALL ").join([others, *own])

    def sets_but(self, name: str) -> Composable:
        """How many there are of each set, whatever was chosen in one facet."""
        return SQL(
            """
            (SELECT {column} AS facets, count(*) AS times FROM found WHERE {others}
            GROUP BY {column})
            """
        ).format(
            column=Identifier(BY_NAME[name].column), others=self.all_chosen(but=name)
        )

    @property
    def years(self) -> Composable:
        return SQL(
            """
            SELECT year, sum(times) AS times
            FROM {periods} AS periods, generate_series(
                greatest(first_year, {first})::int, least(last_year, {last})::int
            ) AS year
            WHERE first_year IS NOT NULL
            GROUP BY year
            """
        ).format(periods=self.periods, first=Literal(YEARS[0]), last=Literal(YEARS[-1]))

    @property
    def periods(self) -> Composable:
        """How many there are of each period, whatever years were chosen."""
        if not (self.search.since or self.search.until):
            return SQL("(SELECT * FROM counted WHERE is_period)")
        return SQL(
            """
            (SELECT first_year, last_year, count(*) AS times FROM found WHERE {others}
            GROUP BY first_year, last_year)
            """
        ).format(others=self.all_chosen(but="years"))

    # --- In which order ------------------------------------------------------

    @property
    def results(self) -> Composable:
        return self.latest if self.is_by_date else self.best

    @property
    def is_by_date(self) -> bool:
        return self.search.by_date or not self.search.query.text

    @property
    def latest(self) -> Composable:
        return SQL(
            """
            SELECT {columns} FROM (
                SELECT id FROM kept ORDER BY published_at DESC, id DESC {part}
            ) AS latest JOIN search_entry AS e USING (id)
            ORDER BY e.published_at DESC, e.id DESC
            """
        ).format(columns=SHOWN, part=self.part)

    @property
    def best(self) -> Composable:
        return SQL(
            """
            SELECT {columns} FROM ({ranked} ORDER BY {order} {part}) AS e
            """
        ).format(columns=SHOWN, ranked=self.ranked, order=ORDER, part=self.part)

    @property
    def ranked(self) -> Composable:
        """The most promising ones, each with how well it says what was asked."""
        search = self.search
        return SQL(
            """
            SELECT e.*,
                {directly} AS directly, {complete} AS complete, {score} AS score
            FROM ({promising}) AS promising JOIN search_entry AS e USING (id)
            """
        ).format(
            promising=self.promising,
            directly=self.directly,
            complete=self.complete,
            score=score(search.query, self.asked, search.language),
        )

    @property
    def promising(self) -> Composable:
        """The latest that say in their head what was asked; if there is room, others.

        Those of the others are put in order only if they are needed.
        """
        return SQL(
            """
            WITH named AS MATERIALIZED (
                SELECT id FROM kept JOIN ({heads}) AS heads USING (id)
                ORDER BY published_at DESC, id DESC LIMIT {most}
            )
            SELECT id, TRUE AS in_head FROM named
            UNION ALL
            (
                SELECT id, FALSE FROM kept
                WHERE NOT EXISTS (SELECT FROM named WHERE named.id = kept.id)
                ORDER BY published_at DESC, id DESC
                LIMIT (SELECT {most} - count(*) FROM named)
            )
            """
        ).format(heads=self.heads, most=Literal(MOST_RANKED))

    @property
    def heads(self) -> Composable:
        return SQL("SELECT e.id FROM search_entry AS e WHERE {}").format(
            self.matching("head")
        )

    @property
    def promises(self) -> Composable:
        """All that is kept, and whether it says in its head what was asked."""
        return SQL(
            """
            SELECT kept.id, kept.published_at, heads.id IS NOT NULL AS in_head
            FROM kept LEFT JOIN ({heads}) AS heads ON heads.id = kept.id
            """
        ).format(heads=self.heads)

    @property
    def part(self) -> Composable:
        """A part that does not exist is the last that does."""
        size = self.search.per_page
        start = (self.search.page - 1) * size
        return SQL(
            """
            LIMIT {size}
            OFFSET least({start}, greatest({total} - 1, 0) / {size} * {size})
            """
        ).format(size=Literal(size), start=Literal(start), total=TOTAL)

    @property
    def directly(self) -> Composable:
        """Whether it says the words themselves, and not only others for them."""
        search = self.search
        if not search.query.also:
            return SQL("TRUE")
        plain = search.like(query=search.query.without_others)
        return Matching(plain).matching("vector")

    @property
    def complete(self) -> Composable:
        """Whether it says all of the words."""
        if not self.search.least:
            return SQL("TRUE")
        return Matching(self.search.like(least=0)).matching("vector")


def by_word(sets: Composable, facets: Composable) -> Composable:
    """How many there are in these sets of each word, in those of the `facets`."""
    return SQL(
        """
        SELECT word, sum(times) AS times
        FROM {sets} AS sets JOIN search_facetset AS s ON s.id = sets.facets
        CROSS JOIN unnest(s.words) AS word
        WHERE split_part(word, ':', 1) {facets}
        GROUP BY word
        """
    ).format(sets=sets, facets=facets)


TOTAL = SQL("(SELECT times FROM counted WHERE facets IS NULL AND NOT is_period)")
SHOWN = SQL(
    """
    e.id, e.page_id, e.term_id, e.key, e.language, e.kind, e.slug, e.title, e.summary,
    left(e.text, {most}) AS text, left(e.file_text, {most}) AS file_text, e.facets,
    e.first_year, e.last_year, e.published_at
    """
).format(most=Literal(MOST_READ))
