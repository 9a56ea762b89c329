"""The words that the network agreed upon, found in what is to be translated.

Whoever keeps such words tells by the hook `translation_terms`, a function of two
language codes that gives `Term`s.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from wagtail import hooks
from wagtail.models import Locale

from .marks import MARK


@dataclass(frozen=True)
class Term:
    """A word, how the network translates it, and what to mind."""

    word: str
    translation: str
    note: str = ""


@dataclass(frozen=True)
class Piece:
    """A part of a text: a mark, a word of the network, or anything else."""

    text: str
    term: Term | None = None
    is_mark: bool = False


class Terms:
    """The words of the network, to be found in texts."""

    def __init__(self, terms: list[Term]):
        self.known = {
            word: term for term in terms for word in alternatives(folded(term.word))
        }

    @classmethod
    def between(cls, source: Locale, target: Locale) -> "Terms":
        codes = source.language_code, target.language_code
        given = [hook(*codes) for hook in hooks.get_hooks("translation_terms")]
        return cls([term for terms in given for term in terms])

    @cached_property
    def pattern(self) -> re.Pattern:
        # The longest first: “user journey” before “user”.
        words = sorted(self.known, key=len, reverse=True)
        found = "|".join(map(in_number, words)) or "(?!)"
        return re.compile(rf"\b(?:{found})\b", re.IGNORECASE)

    def pieces(self, text: str) -> Iterator[Piece]:
        """The text, cut where a mark or a word of the network stands."""
        end = 0
        for mark in MARK.finditer(text):
            yield from self.words(text[end : mark.start()])
            yield Piece(mark.group(), is_mark=True)
            end = mark.end()
        yield from self.words(text[end:])

    def words(self, text: str) -> Iterator[Piece]:
        end = 0
        for found in self.pattern.finditer(folded(text)):
            if text[end : found.start()]:
                yield Piece(text[end : found.start()])
            yield Piece(text[found.start() : found.end()], self.term(found.group()))
            end = found.end()
        if text[end:]:
            yield Piece(text[end:])

    def term(self, said: str) -> Term | None:
        words = self.known
        return next(
            (
                words[word]
                for word in sorted(words, key=len, reverse=True)
                if re.fullmatch(in_number(word), said, re.IGNORECASE)
            ),
            None,
        )


def alternatives(word: str) -> list[str]:
    """Each word of “usager, usagère (d’un service)”, and the first of “résident·e”."""
    bare = re.sub(r"\(.*?\)|·\w+", "", word)
    return [" ".join(one.split()) for one in re.split("[,;/]", bare) if one.strip()]


def folded(text: str) -> str:
    """The text with one kind of apostrophe and of space, and as long as it was."""
    return text.replace("’", "'").replace("\xa0", " ").replace("\u202f", " ")


def in_number(word: str) -> str:
    """A pattern for the word, in the singular or in the plural."""
    return r"(?:s|x)?\s".join(map(re.escape, word.split())) + "(?:e?s|x)?"
