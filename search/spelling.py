"""What somebody may have meant who typed a word that is nowhere on the site."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from .queries import Query
from .timely import rows_in_time
from .words import Word, folded, forms_of, words_of

# How many words are put right, and how alike they must be to one that is known.
MOST_MENDED = 4
ALIKE = 0.72
# More alike than this, it is put right without asking.
SURE = 0.8
AMONG = 50
TRIED = 5
BEGINNING = 3
# Letters: “FALC” is not mistyped, though it is like “fall”.
LONGEST_ACRONYM = 5
# Hardly anybody mistypes the first letter: “gestionnaire” is no “questionnaire”.
BEGINS_OTHERWISE = 0.8

# Of the words that no page says, the first ones, each with those most like it.
# Few have three letters in a row in common with “musuem”: it may begin alike.
LIKE_UNKNOWN = """
    SELECT unknown.word, known.written, known.word, known.language, known.entries
    FROM (
        SELECT word, place
        FROM unnest(%(words)s::text[]) WITH ORDINALITY AS typed (word, place)
        WHERE NOT EXISTS (
            SELECT FROM search_knownword AS known WHERE known.word = typed.word
        )
        ORDER BY place LIMIT %(most)s
    ) AS unknown CROSS JOIN LATERAL (
        SELECT * FROM search_knownword AS known
        WHERE known.word %% unknown.word
            OR known.word LIKE left(unknown.word, %(beginning)s) || '%%'
        ORDER BY similarity(known.word, unknown.word) DESC, entries DESC, word
        LIMIT %(among)s
    ) AS known
    ORDER BY unknown.place
"""


@dataclass(frozen=True)
class Mistyped:
    """A word that no page says, and those it may stand for, the likeliest first."""

    written: str
    alike: list[str]


class Known(NamedTuple):
    """A word that the site knows, and that is a bit like what was `typed`."""

    typed: str
    written: str
    word: str
    language: str
    entries: int

    @property
    def likeness(self) -> float:
        return likeness(self.typed, self.word)


def mistyped(query: Query, language: str) -> list[Mistyped]:
    """The words of `query` that no page says, if there are any like them.

    Whether these find anything is for the caller to ask.
    """
    told = may_be_mistyped_in(query, language)
    like = groupby(known_like(list(told)), attrgetter("typed"))
    found = {told[typed]: list(known) for typed, known in like}
    return [
        Mistyped(written, alike)
        for written, known in found.items()
        if not is_form_of_any(written, known, language)
        and (alike := likeliest(known, language))
    ]


def is_form_of_any(written: str, known: Iterable[Known], language: str) -> bool:
    """Whether pages say it in another form: “failed” is no “filed” if one “fails”."""
    forms = forms_of(folded(written)[0], language)
    own = (one.written for one in known if one.language == language)
    return any(set(forms) & set(forms_of(word, language)) for word in own)


def known_like(words: list[str]) -> list[Known]:
    if not words:
        return []
    values: dict[str, Any] = {"words": words, "most": MOST_MENDED}
    values |= {"beginning": BEGINNING, "among": AMONG}
    return [Known(*row) for row in rows_in_time(LIKE_UNKNOWN, values)]


def likeliest(words: Iterable[Known], language: str) -> list[str]:
    """Those that are most like what was typed; of the reader's language if two are."""
    alike = sorted(
        (one for one in words if one.likeness >= ALIKE),
        key=lambda one: (one.likeness, one.language == language, one.entries),
        reverse=True,
    )
    return list(dict.fromkeys(one.written for one in alike))[:TRIED]


def mended(query: Query, words: dict[str, str]) -> Query:
    """`query` with other words in place of some that were typed."""
    text = query.text
    for word, other in words.items():
        text = replaced(text, word, other)
    return Query.of(text)


def replaced(text: str, word: str, other: str) -> str:
    """`text` with `other` in place of `word`, where that is not a part of another."""
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _match: other, text)


def may_be_mistyped_in(query: Query, language: str) -> dict[str, str]:
    """The words that are looked for, each without accents and as it was typed."""
    told: dict[str, str] = {}
    for clause in query.wanted:
        for piece in clause.pieces:
            for word in words_of(piece.text, language):
                written = piece.text[word.start : word.end]
                if may_be_mistyped(word) and not is_acronym(written):
                    told[word.folded] = written
    return told


def is_acronym(written: str) -> bool:
    return written.isupper() and len(written) <= LONGEST_ACRONYM


def may_be_mistyped(word: Word) -> bool:
    return not word.is_common and len(word.folded) > 3 and word.folded.isalpha()


def is_slip(written: str, meant: str) -> bool:
    """Whether the one is surely the other: “meals” are no “means”."""
    return written == meant or likeness(*map(plain, (written, meant))) > SURE


def plain(word: str) -> str:
    return folded(word)[1]


def likeness(one: str, other: str) -> float:
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio if one[0] == other[0] else ratio * BEGINS_OTHERWISE
