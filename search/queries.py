"""What somebody types, read as what they look for.

Words must all be there; "quotes" keep them together; a minus excludes; OR (or OU) gives
the choice. Everything else is harmless text.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise

from django.conf import settings

from .words import Word, joined, with_whole_numbers, words_of

LONGEST_QUERY = 200
MOST_WORDS = 20
# Letters: the index has no longer ones.
LONGEST_FORM = 200
# Of longer queries, so many words are taken to find what says some of them.
MOST_COMBINED = 8

QUOTES = '"“”„‟«»'
PIECE = re.compile(
    rf"""
    (?P<minus> (?<!\S) - (?=[^\s\-]) )?
    (?:
      [{QUOTES}] \s* (?P<exact> [^{QUOTES}]*? ) \s* [{QUOTES}]
      | (?P<plain> [^\s{QUOTES}]+ )
    )
    """,
    re.VERBOSE,
)
EITHER = {"OR", "OU"}


def cleaned(text: str) -> str:
    """What was typed, without what nobody can see, and not endlessly long."""
    kept = "".join(letter for letter in text if letter.isspace() or is_visible(letter))
    return re.sub(r"\s+", " ", kept).strip()[:LONGEST_QUERY].strip()


def is_visible(letter: str) -> bool:
    return unicodedata.category(letter) not in INVISIBLE


# Control characters, marks of direction, halves of pairs, and what means nothing yet.
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


@dataclass(frozen=True)
class Piece:
    """Words typed without a space between them, or between quotes."""

    text: str
    exact: bool = False

    def in_sql(self, language: str) -> str:
        """It as PostgreSQL asks for it, or nothing if it has only common words."""
        if self.exact:
            return phrase(list(words_of(self.text, language)))
        # Several, if they are one term together: a hyphen joins but its own two.
        texts = self.text.split()
        return all_of(
            together(list(words_of(one, language)), language) for one in texts
        )


@dataclass(frozen=True)
class Clause:
    """What must be there in one of some forms, or must not be there."""

    pieces: tuple[Piece, ...]
    excluded: bool = False
    # Other ways to say it, which the glossary or the team know: see `wording`.
    others: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        one = len(self.pieces) == 1
        return one and not self.excluded and not self.pieces[0].exact

    def in_sql(self, language: str) -> str:
        found = [piece.in_sql(language) for piece in self.pieces]
        found += [
            together(list(words_of(text, language)), language) for text in self.others
        ]
        sql = any_of(dict.fromkeys(found))
        return f"!{sql}" if sql and self.excluded else sql


@dataclass(frozen=True)
class Query:
    """All that somebody looks for."""

    text: str
    clauses: tuple[Clause, ...] = ()
    # The other words it stands for, as they are told to the reader.
    also: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, text: str) -> "Query":
        text = cleaned(text)
        return cls(text, tuple(clauses_of(text)))

    @property
    def wanted(self) -> list[Clause]:
        return [clause for clause in self.clauses if not clause.excluded]

    def in_sql(self, language: str) -> str:
        """The query for texts in `language`; empty if nothing can be looked for."""
        return all_of([*self.each_in_sql(language), *self.excluded_in_sql(language)])

    def loosely_in_sql(self, language: str, least: int) -> str:
        """For texts that have `least` of the words, though not all."""
        some = combinations(self.each_in_sql(language)[:MOST_COMBINED], least)
        return all_of([any_of(map(all_of, some)), *self.excluded_in_sql(language)])

    def each_in_sql(self, language: str) -> list[str]:
        """What is to be there, one by one."""
        found = [clause.in_sql(language) for clause in self.wanted]
        return [sql for sql in found if sql] or self.common_in_sql(language)

    def common_in_sql(self, language: str) -> list[str]:
        """Common words, if there are no others: “Et si…” is the title of a page."""
        text = " ".join(piece.text for one in self.wanted for piece in one.pieces)
        sql = phrase(list(words_of(text, language)), common=True)
        return [sql] if sql else []

    @property
    def number_of_words(self) -> int:
        """How many can be looked for one by one."""
        return max(len(self.each_in_sql(code)) for code, _name in settings.LANGUAGES)

    @property
    def is_exact(self) -> bool:
        """Whether somebody insists on words in their order."""
        return any(piece.exact for one in self.wanted for piece in one.pieces)

    def excluded_in_sql(self, language: str) -> list[str]:
        return [one.in_sql(language) for one in self.clauses if one.excluded]

    def forms(self, language: str) -> set[str]:
        """The stems to mark in what was found."""
        texts = [piece.text for clause in self.wanted for piece in clause.pieces]
        texts += [text for clause in self.wanted for text in clause.others]
        return {
            form
            for text in texts
            for word in words_of(text, language)
            if not word.is_common
            for form in word.forms
        }

    @property
    def without_others(self) -> "Query":
        """In the words that were typed, and in no other ones."""
        plain = tuple(replace(clause, others=()) for clause in self.clauses)
        return Query(self.text, plain)

    def with_clause(self, place: int, clause: Clause) -> "Query":
        return replace(
            self, clauses=(*self.clauses[:place], clause, *self.clauses[place + 1 :])
        )


def clauses_of(text: str) -> Iterable[Clause]:
    """The clauses of a text that was `cleaned`."""
    clauses: list[Clause] = []
    joins = False
    for match in list(PIECE.finditer(with_whole_numbers(text)))[:MOST_WORDS]:
        words, exact = match["plain"] or match["exact"], match["plain"] is None
        if not words:
            continue
        if not exact and words in EITHER and not match["minus"]:
            joins = bool(clauses)
            continue
        piece, excluded = Piece(words, exact), bool(match["minus"])
        if joins and not excluded and not clauses[-1].excluded:
            last = clauses.pop()
            clauses.append(Clause((*last.pieces, piece)))
        else:
            clauses.append(Clause((piece,), excluded))
        joins = False
    return clauses


# --- In the words of PostgreSQL ----------------------------------------------


def lexeme(form: str) -> str:
    """A stem as PostgreSQL is told it; one letter may stand for a whole sentence."""
    form = form[:LONGEST_FORM]
    return "'" + form.replace("\\", "\\\\").replace("'", "''") + "'"


def any_of(parts: Iterable[str]) -> str:
    parts = [part for part in parts if part]
    return f"({' | '.join(parts)})" if len(parts) > 1 else "".join(parts)


def all_of(parts: Iterable[str]) -> str:
    parts = [part for part in parts if part]
    return f"({' & '.join(parts)})" if len(parts) > 1 else "".join(parts)


def one(word: Word) -> str:
    return any_of(lexeme(form) for form in word.forms)


def together(words: Sequence[Word], language: str) -> str:
    """All of these words, in any place; “co-design” is one word, and “codesign” too."""
    if len(words) > 1 and all(word.is_joined for word in words[1:]):
        return any_of([phrase(words), *map(lexeme, joined(words, language))])
    return all_of(one(word) for word in words if not word.is_common)


def phrase(words: Sequence[Word], *, common: bool = False) -> str:
    """These words one after the other, whatever common ones stand between them."""
    told = [word for word in words if common or not word.is_common]
    if not told:
        return ""
    steps = [after.place - before.place for before, after in pairwise(told)]
    rest = [
        f" <{step}> {one(word)}" for step, word in zip(steps, told[1:], strict=True)
    ]
    sql = one(told[0]) + "".join(rest)
    return f"({sql})" if rest else sql
