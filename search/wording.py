"""Other ways to say what somebody looks for: the glossary's pairs, and synonyms."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings

from .queries import Clause, Query
from .words import Word, without_accents, words_of

NOTES = re.compile(r"\([^)]*\)")


@dataclass(frozen=True)
class Pair:
    """Whoever types `words` also finds what says `meaning`."""

    words: str
    meaning: str


@lru_cache(maxsize=10_000)
def ways_to_say(term: str) -> tuple[str, ...]:
    """The words in a term: “civil servant; public employee” are two ways to say it.

    What stands in brackets explains it, unless it is in capitals: “(POC)”.
    """
    short = re.findall(r"\(([A-Z]{2,})\)", term)
    ways = (*re.split("[;,]", NOTES.sub("", term)), *short)
    return tuple(way.strip() for way in ways)


def spellings(words: str) -> dict[str, None]:
    """How it may be typed: “codesign” is “co-design”, too."""
    return dict.fromkeys([words, words.replace("-", "")])


def widened(query: Query, pairs: Iterable[Pair]) -> Query:
    """`query`, with the other ways to say its words; it is told which.

    What stands between quotes is said in no other way.
    """
    also: list[str] = []
    said = {code: query.forms(code) for code, _name in settings.LANGUAGES}
    for pair in pairs:
        for language, forms in said.items():
            if not may_say(pair.words, forms, language):
                continue
            place, length = place_of(pair.words, query, language)
            if length and not any(alike(pair.meaning, other) for other in also):
                query = with_other(query, place, length, pair.meaning)
                also.append(pair.meaning)
                break
    return replace(query, also=tuple(also))


@lru_cache(maxsize=10_000)
def told(text: str, language: str) -> tuple[Word, ...]:
    return tuple(word for word in words_of(text, language) if not word.is_common)


def stems(text: str, language: str) -> tuple[tuple[str, ...], ...]:
    """What a text says, however its accents and endings are written."""
    return tuple(word.forms for word in told(without_accents(text), language))


def may_say(words: str, forms: set[str], language: str) -> bool:
    """Whether to look closer: of hundreds of pairs, hardly any has a word in common."""
    return any(not forms.isdisjoint(word.forms) for word in told(words, language)[:1])


def alike(one: str, other: str) -> bool:
    """Whether two texts say the same, like “agent public” and “agente publique”."""
    return any(
        same(told(one, code), told(other, code)) for code, _name in settings.LANGUAGES
    )


def is_plain(clause: Clause) -> bool:
    return clause.is_plain


def place_of(
    words: str,
    query: Query,
    language: str,
    among: Callable[[Clause], bool] = is_plain,
) -> tuple[int, int]:
    """From which clause on `query` says `words`, and over how many; (0, 0) if not."""
    looked_for = told(words, language)
    if not looked_for:
        return 0, 0
    for start in range(len(query.clauses)):
        found: list[Word] = []
        for length, clause in enumerate(query.clauses[start:], 1):
            if not among(clause):
                break
            found += told(clause.pieces[0].text, language)
            if len(found) >= len(looked_for):
                if same(found, looked_for):
                    return start, length
                break
    return 0, 0


def same(some: Sequence[Word], others: Sequence[Word]) -> bool:
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
