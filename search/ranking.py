"""In which order results come: the numbers to turn, and what they make of an entry.

`tests/search/relevance.yaml` tells whether a change here is one for the better.
"""

from collections.abc import Iterable

from psycopg.sql import SQL, Composable, Literal

from .models.entries import Kind
from .queries import Query, any_of

# How much a word counts in files, in the text, in question and summary, in the title.
WEIGHTS = [0.05, 0.2, 0.5, 1.0]
# Of what says all words in its title or its summary.
IN_HEAD = 1.5
# Of lists and plain pages: rather what they lead to is looked for, unless by name.
PLAIN = 0.6
# Of what is in another language than the reader's, and of what is five years old.
FOREIGN = 0.6
OLD = 0.9
DAYS_TO_OLD = 5 * 365

# If some of the words are enough, who says all of them comes first; then who says the
# very words, and not only others for them.
ORDER = SQL("complete DESC, directly DESC, score DESC, published_at DESC, id DESC")


def score(query: Query, languages: Iterable[str], reader: str) -> Composable:
    """How well the entry `e` says it; the reader's language and the new a bit better.

    `languages` are those in which the query means something.
    """
    fits = [
        SQL("WHEN {} THEN {}").format(Literal(code), fit(query, code))
        for code in languages
    ]
    if not fits:
        return SQL("0")
    return SQL(
        """
        (CASE e.language {fits} ELSE 0 END)
        * (CASE WHEN in_head THEN {in_head} ELSE 1 END)
        * (CASE e.kind WHEN {page} THEN {plain} ELSE 1 END)
        * (CASE e.language WHEN {reader} THEN 1 ELSE {foreign} END)
        * power({old}, date_part('epoch', now() - e.published_at) / {seconds})
        """
    ).format(
        fits=SQL(" ").join(fits),
        in_head=factor(IN_HEAD),
        page=Literal(Kind.PAGE),
        plain=factor(PLAIN),
        reader=Literal(reader),
        foreign=factor(FOREIGN),
        old=factor(OLD),
        seconds=Literal(DAYS_TO_OLD * 86_400),
    )


def factor(number: float) -> Composable:
    """As what PostgreSQL takes it for, a numeric, it would be slow to multiply."""
    return SQL("{}::float8").format(Literal(number))


def fit(query: Query, language: str) -> Composable:
    """How well a text in `language` says what was asked, word by word.

    Ranked as words that must all be there, two in the title would count for nothing as
    soon as they stand far from each other; and with what must not be there, no word
    would count at all.
    """
    words = any_of(query.each_in_sql(language))
    return SQL("ts_rank({}::real[], e.vector, {}::tsquery, 1)").format(
        Literal(WEIGHTS), Literal(words)
    )
