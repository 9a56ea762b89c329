"""Texts as PostgreSQL keeps them to be found: the stems, and where they stand."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from django.conf import settings

from .queries import lexeme
from .words import words_of

Weight = Literal["A", "B", "C", "D"]

# PostgreSQL knows no place further back, and 255 places of a word.
LAST_PLACE = 16_383
MOST_PLACES = 255
LONGEST_WORD = 60
# Between two texts, so that no phrase begins in one and ends in the next.
GAP = 20


def vector(texts: Iterable[tuple[str, Weight]], language: str) -> str:
    """The stems of `texts`, each with its weight, as a tsvector is written."""
    places: dict[str, list[str]] = defaultdict(list)
    start = 1
    for text, weight in texts:
        last = 0
        before = ""
        for word in words_of(text, language):
            last = word.place
            place = f"{min(start + word.place, LAST_PLACE)}{weight}"
            joined = before + word.folded if word.is_joined else ""
            before = word.folded
            if word.is_common or len(word.folded) > LONGEST_WORD:
                continue
            for form in (*word.forms, joined) if joined else word.forms:
                if len(places[form]) < MOST_PLACES:
                    places[form].append(place)
        start += last + GAP
    return " ".join(f"{lexeme(form)}:{','.join(at)}" for form, at in places.items())


def names_vector(title: str) -> str:
    """The words of a title as they are typed, without accents."""
    language = settings.LANGUAGE_CODE
    words = {word.folded for word in words_of(title, language)}
    return " ".join(sorted(lexeme(word) for word in words if len(word) <= LONGEST_WORD))
