"""A search as PostgreSQL is asked it: once, for results, their number and facets."""

from psycopg.sql import SQL, Composable, Literal

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
            results AS ({results})
            SELECT
                (SELECT json_agg(results) FROM results),
                (SELECT count(*) FROM kept),
                (SELECT json_object_agg(word, times) FROM ({counts}) AS counted),
                (SELECT json_object_agg(year, times) FROM ({years}) AS counted)
            """
        ).format(
            found=self.found,
            kept=self.kept,
            results=self.results,
            counts=self.counts,
            years=self.years,
        )

    @property
    def kept(self) -> Composable:
        """What was chosen; if nothing was, all that is found, and no copy of it."""
        once = SQL("MATERIALIZED" if self.search.is_narrowed else "NOT MATERIALIZED")
        return SQL("{} (SELECT * FROM found WHERE {})").format(once, self.all_chosen())

    @property
    def counts(self) -> Composable:
        """How many there are of each word of a facet, if that one were chosen too.

        Whoever chose one city is told what there would be of another: what was chosen
        in a facet does not narrow that facet itself.
        """
        chosen = list(self.search.chosen)
        others = counted(SQL("kept"), SQL("<> ALL({}::text[])").format(Literal(chosen)))
        own = [
            counted(
                SQL("found WHERE {}").format(self.all_chosen(but=name)),
                SQL("= {}").format(Literal(name)),
            )
            for name in chosen
        ]
        return SQL(" UNION ALL ").join([others, *own])

    @property
    def years(self) -> Composable:
        return SQL(
            """
            SELECT year, sum(times) AS times
            FROM (
                SELECT first_year, last_year, count(*) AS times
                FROM found WHERE first_year IS NOT NULL AND {others}
                GROUP BY first_year, last_year
            ) AS periods, generate_series(
                greatest(first_year, {first})::int, least(last_year, {last})::int
            ) AS year
            GROUP BY year
            """
        ).format(
            first=Literal(YEARS[0]),
            last=Literal(YEARS[-1]),
            others=self.all_chosen(but="years"),
        )

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
        ).format(columns=COLUMNS, part=self.part)

    @property
    def best(self) -> Composable:
        return SQL(
            """
            SELECT {columns} FROM ({ranked} ORDER BY {order} {part}) AS e
            """
        ).format(columns=COLUMNS, ranked=self.ranked, order=ORDER, part=self.part)

    @property
    def ranked(self) -> Composable:
        """The most promising ones, each with how well it says what was asked."""
        search = self.search
        return SQL(
            """
            SELECT e.*,
                {directly} AS directly, {complete} AS complete, {score} AS score
            FROM (
                {promises}
                ORDER BY in_head DESC, published_at DESC, id DESC LIMIT {most}
            ) AS promising JOIN search_entry AS e USING (id)
            """
        ).format(
            promises=self.promises,
            directly=self.directly,
            complete=self.complete,
            score=score(search.query, self.asked, search.language),
            most=Literal(MOST_RANKED),
        )

    @property
    def promises(self) -> Composable:
        """All that is kept, and whether it says in its head what was asked."""
        return SQL(
            """
            SELECT kept.id, kept.published_at, heads.id IS NOT NULL AS in_head
            FROM kept LEFT JOIN (
                SELECT e.id FROM search_entry AS e WHERE {head}
            ) AS heads ON heads.id = kept.id
            """
        ).format(head=self.matching("head"))

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
        return Matching(plain).matching("vector")

    @property
    def complete(self) -> Composable:
        """Whether it says all of the words."""
        if not self.search.least:
            return SQL("TRUE")
        return Matching(self.search.like(least=0)).matching("vector")


def counted(entries: Composable, facets: Composable) -> Composable:
    """How many of `entries` there are of each word, in those of the `facets`."""
    return SQL(
        """
        SELECT word, times FROM (
            SELECT number, count(*) AS times
            FROM (SELECT unnest(numbers) AS number FROM {entries}) AS numbers
            GROUP BY number
        ) AS counted JOIN search_facetword AS w ON w.id = number
        WHERE split_part(word, ':', 1) {facets}
        """
    ).format(entries=entries, facets=facets)


COLUMNS = SQL(
    """
    e.id, e.page_id, e.term_id, e.key, e.language, e.kind, e.slug, e.title, e.summary,
    left(e.text, {most}) AS text, left(e.file_text, {most}) AS file_text, e.facets,
    e.first_year, e.last_year, e.published_at
    """
).format(most=Literal(MOST_READ))
