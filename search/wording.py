"""Other ways to say what somebody looks for: the glossary's pairs, and synonyms."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings

from .queries import Clause, Query
from .words import Word, words_of


@dataclass(frozen=True)
class Pair:
    """Whoever types `words` also finds what says `meaning`."""

    words: str
    meaning: str


def widened(query: Query, pairs: Iterable[Pair]) -> Query:
    """`query`, with the other ways to say its words; it is told which."""
    also: list[str] = []
    for pair in pairs:
        for language, _name in settings.LANGUAGES:
            place, length = place_of(pair.words, query, language)
            if length:
                query = with_other(query, place, length, pair.meaning)
                also.append(pair.meaning)
                break
    return replace(query, also=tuple(dict.fromkeys(also)))


def told(text: str, language: str) -> list[Word]:
    return [word for word in words_of(text, language) if not word.is_common]


def place_of(words: str, query: Query, language: str) -> tuple[int, int]:
    """From which clause on `query` says `words`, and over how many; (0, 0) if not."""
    looked_for = told(words, language)
    if not looked_for:
        return 0, 0
    for start in range(len(query.clauses)):
        found: list[Word] = []
        for length, clause in enumerate(query.clauses[start:], 1):
            if not (clause.is_plain or is_quoted(clause)):
                break
            found += told(clause.pieces[0].text, language)
            if len(found) >= len(looked_for):
                if same(found, looked_for):
                    return start, length
                break
    return 0, 0


def is_quoted(clause: Clause) -> bool:
    return len(clause.pieces) == 1 and not clause.excluded


def same(some: list[Word], others: list[Word]) -> bool:
    return len(some) == len(others) and all(
        set(word.forms) & set(other.forms)
        for word, other in zip(some, others, strict=True)
    )


def with_other(query: Query, place: int, length: int, meaning: str) -> Query:
    """`query`, whose clauses from `place` on may also be said in another way.

    Several clauses become one, so that the other way stands for all of them.
    """
    clauses = query.clauses[place : place + length]
    if length == 1:
        clause = replace(clauses[0], others=(*clauses[0].others, meaning))
        return query.with_clause(place, clause)
    text = " ".join(clause.pieces[0].text for clause in clauses)
    merged = Clause((replace(clauses[0].pieces[0], text=text),), others=(meaning,))
    return replace(
        query,
        clauses=(*query.clauses[:place], merged, *query.clauses[place + length :]),
    )
