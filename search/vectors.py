"""Texts as PostgreSQL keeps them to be found: the stems, and where they stand."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from django.conf import settings

from .queries import lexeme
from .words import Word, joined, words_of

Weight = Literal["A", "B", "C", "D"]
TITLE: Weight = "A"

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
        before = None
        for word in words_of(text, language):
            last = word.place
            place = f"{min(start + word.place, LAST_PLACE)}{weight}"
            for form in forms_in(weight, word, before, language):
                if len(places[form]) < MOST_PLACES:
                    places[form].append(place)
            before = word
        start += last + GAP
    return " ".join(f"{lexeme(form)}:{','.join(at)}" for form, at in places.items())


def forms_in(
    weight: Weight, word: Word, before: Word | None, language: str
) -> tuple[str, ...]:
    """What a word is found by; a common one only in titles, like “Et si…”."""
    if len(word.folded) > LONGEST_WORD or (word.is_common and weight != TITLE):
        return ()
    if before and word.is_joined:
        return (*word.forms, *joined((before, word), language))
    return word.forms


def names_vector(title: str) -> str:
    """The words of a title as they are typed, without accents."""
    language = settings.LANGUAGE_CODE
    words = {word.folded for word in words_of(title, language)}
    return " ".join(sorted(lexeme(word) for word in words if len(word) <= LONGEST_WORD))
