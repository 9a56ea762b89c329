"""What somebody may be about to type: the names of pages and terms that begin so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.sql import SQL, Literal
from wagtail.models import Page

from .finding import Search
from .matching import Matching
from .models.entries import Kind
from .queries import Query, all_of, any_of, cleaned, lexeme
from .results import page_key, pages_for
from .timely import rows_in_time
from .words import Word, folded, singular, words_of

MOST_SUGGESTED = 8
# One letter begins every other name.
SHORTEST = 2
MOST_WORDS = 6
# What is most likely to be looked for by its name comes first.
FIRST = [Kind.CITY, Kind.METHOD, Kind.PRINCIPLE, Kind.TERM]
ORDER = [*FIRST, Kind.CASE, Kind.JOURNEY, Kind.RESOURCE, Kind.LESSONS]
# “Le” begins a word of every other name: so many of each sort are looked at.
ENOUGH = 1000

# What begins with the very letters that were typed comes before what only has such a
# word in it; lists and plain pages come last. What nobody may read takes no place.
NAMED = SQL(
    """
    WITH named AS (
        (
            SELECT * FROM search_entry
            WHERE names @@ {words}::tsquery AND {reader} = ANY(readers)
                AND kind = ANY({first}) LIMIT {enough}
        ) UNION ALL (
            SELECT * FROM search_entry
            WHERE names @@ {words}::tsquery AND {reader} = ANY(readers)
                AND kind <> ALL({first}) LIMIT {enough}
        )
    )
    SELECT e.page_id, e.term_id, e.key::text, e.language, e.kind, e.slug, e.title, (
        SELECT min(split_part(word, ':', 2)) FROM unnest(e.facets) AS word
        WHERE starts_with(word, 'city:') HAVING count(*) = 1
    ) AS city
    FROM named AS e WHERE {public}
    ORDER BY e.kind = 'page', starts_with(unaccent(lower(e.title)), {typed}) DESC,
        array_position({order}::text[], e.kind::text), e.language <> {reader},
        length(e.title), e.title, e.id
    LIMIT {most}
    """
)
COLUMNS = [
    *("page_id", "term_id", "key", "language", "kind", "slug", "title", "city"),
]


@dataclass(frozen=True)
class Suggestion:
    """Something that is called like what was typed, and where it is."""

    kind: str
    title: str
    language: str
    url: str
    # The city that it is of, if it is of one.
    city: str = ""
    city_language: str = ""


def suggestions(text: str, language: str) -> list[Suggestion]:
    """What readers of `language` may mean who have typed `text` so far."""
    typed = cleaned(text)
    words = beginnings(typed, language)
    if not words:
        return []
    rows = rows_named(words, typed, language)
    cities = [
        {"page_id": None, "term_id": None, "key": row["city"]}
        for row in rows
        if row["city"]
    ]
    return list(suggested(rows, pages_for([*rows, *cities], language)))


def beginnings(text: str, language: str) -> str:
    """What to ask for, so that each word of `text` begins one of a name.

    The last one is not finished: “la” may become “laboratoire”.
    """
    words = list(words_of(text, language))[:MOST_WORDS]
    told = [word for word in words[:-1] if not word.is_common] + words[-1:]
    if not any(len(word.folded) >= SHORTEST for word in told):
        return ""
    return all_of(map(beginning, told))


def beginning(word: Word) -> str:
    forms = dict.fromkeys([word.folded, singular(word.folded)])
    return any_of(f"{lexeme(form)}:*" for form in forms)


def rows_named(words: str, typed: str, language: str) -> list[dict]:
    values: dict[str, Any] = {
        "words": words,
        "typed": folded(typed)[1],
        "reader": language,
        "first": FIRST,
        "order": ORDER,
        "enough": ENOUGH,
        "most": MOST_SUGGESTED,
    }
    public = Matching(Search(Query.of(""), language)).is_public
    told = {name: Literal(value) for name, value in values.items()}
    statement = NAMED.format(**told, public=public)
    connection.ensure_connection()
    rows = rows_in_time(statement.as_string(connection.connection))
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def suggested(rows: Iterable[dict], pages: dict) -> Iterator[Suggestion]:
    """The rows that have a public page, each with where it is."""
    for row in rows:
        page = pages.get(page_key(row))
        if page is not None:
            yield suggestion(row, page, pages)


def suggestion(row: dict, page: Page, pages: dict) -> Suggestion:
    anchor = f"#{row['slug']}" if row["kind"] == Kind.TERM else ""
    found = Suggestion(
        kind=str(Kind(row["kind"]).label),
        title=row["title"],
        language=row["language"],
        url=f"{page.url}{anchor}",
    )
    city = pages.get(UUID(row["city"])) if row["city"] else None
    if city is None or city == page:
        return found
    return replace(found, city=city.title, city_language=city.content_language)
