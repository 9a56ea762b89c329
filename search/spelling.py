"""What somebody may have meant who typed a word that is nowhere on the site."""

import re
from difflib import SequenceMatcher

from django.contrib.postgres.search import SearchQuery, TrigramSimilarity
from django.db.models import Q

from .models import Entry, KnownWord
from .public import closed_now, is_public
from .queries import Query
from .words import Word, words_of

# How many words are put right, and how alike they must be to one that is known.
MOST_MENDED = 4
ALIKE = 0.72
AMONG = 50
TRIED = 5
BEGINNING = 3
# Hardly anybody mistypes the first letter: “gestionnaire” is no “questionnaire”.
BEGINS_OTHERWISE = 0.8


def mended(query: Query, language: str) -> Query | None:
    """`query` in words that the site knows, or nothing if that is what it is.

    Whether it then finds anything is for the caller to ask.
    """
    mistyped = unknown(query, language)[:MOST_MENDED]
    text = query.text
    for word, written in mistyped:
        if meant := nearest(word, language):
            text = replaced(text, written, meant)
    return Query.of(text) if text != query.text else None


def replaced(text: str, word: str, other: str) -> str:
    """`text` with `other` in place of `word`, where that is not a part of another."""
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _match: other, text)


def unknown(query: Query, language: str) -> list[tuple[str, str]]:
    """The words that no page says, each without accents and as it was typed."""
    told: dict[str, str] = {}
    for clause in query.wanted:
        for piece in clause.pieces:
            for word in words_of(piece.text, language):
                if may_be_mistyped(word):
                    told[word.folded] = piece.text[word.start : word.end]
    known = KnownWord.objects.filter(word__in=told).values_list("word", flat=True)
    return [(word, told[word]) for word in told if word not in set(known)]


def may_be_mistyped(word: Word) -> bool:
    return not word.is_common and len(word.folded) > 3 and word.folded.isalpha()


def nearest(word: str, language: str) -> str:
    """The known word that is most like `word`, of the reader's language if two are."""
    # Few have three letters in a row in common with “musuem”.
    begins_alike = Q(word__startswith=word[:BEGINNING])
    alike = (
        KnownWord.objects.filter(Q(word__trigram_similar=word) | begins_alike)
        .annotate(likeness=TrigramSimilarity("word", word))
        .order_by("-likeness", "-entries", "word")[:AMONG]
    )
    candidates = sorted(
        (one for one in alike if likeness(word, one.word) >= ALIKE),
        key=lambda one: (
            likeness(word, one.word),
            one.language == language,
            one.entries,
        ),
        reverse=True,
    )
    hidden = closed_now().files
    said = (one.written for one in candidates[:TRIED] if is_said(one, hidden))
    return next(said, "")


def is_said(word: KnownWord, hidden: list[int]) -> bool:
    """Whether a page says it that all may read now: one may have gone offline."""
    asked = Query.of(word.written).in_sql(word.language)
    says = SearchQuery(asked, config="simple", search_type="raw")
    entries = Entry.objects.filter(is_public(), language=word.language, vector=says)
    return entries.exclude(pk__in=hidden).exists()


def likeness(one: str, other: str) -> float:
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio if one[0] == other[0] else ratio * BEGINS_OTHERWISE
