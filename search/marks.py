"""Where a text says what was looked for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .words import Word, words_of

# Words shown of a text.
WINDOW = 36
BEFORE = 8
# Letters, however few words they make.
MOST_LETTERS = 500


@dataclass(frozen=True)
class Part:
    """A part of a text, and whether it is to be marked."""

    text: str
    marked: bool = False


def marked(text: str, language: str, forms: set[str]) -> list[Part]:
    """All of `text`, the words of these `forms` marked."""
    return parts(text, hits_in(words_of(text, language), forms))


def in_one_line(text: str) -> str:
    """A text whose headings and lines do not run into what comes after them."""
    return re.sub(r"(?<=[^\s.!?…:;,])[^\S\n]*\n\s*(?=\S)", " · ", text)


def passage(texts: Iterable[str], language: str, forms: set[str]) -> list[Part]:
    """The part of one of `texts` that says most of what was looked for.

    The first ones are preferred, for they say more in fewer words; if none says
    anything of it, it is the beginning of the first.
    """
    texts = [text for text in texts if text]
    best, best_score = None, 0
    for text in texts:
        words = list(words_of(text, language))
        start, score = best_window(words, forms)
        if score > best_score:
            best, best_score = (text, words, start), score
    if best is None:
        return (
            cut(texts[0], list(words_of(texts[0], language)), 0, forms) if texts else []
        )
    return cut(*best, forms)


def best_window(words: Sequence[Word], forms: set[str]) -> tuple[int, int]:
    """Where to begin, and how many different words are then shown."""
    hits = [
        (place, hit) for place, word in enumerate(words) if (hit := hit_of(word, forms))
    ]
    best, best_score = 0, 0
    for number, (place, _hit) in enumerate(hits):
        end = place + WINDOW - BEFORE
        near = hits[number : number + WINDOW - BEFORE]
        shown = {hit for other, hit in near if other < end}
        if len(shown) > best_score:
            best, best_score = place, len(shown)
    return best, best_score


def hit_of(word: Word, forms: set[str]) -> str:
    return next(
        (form for form in word.forms if form in forms and not word.is_common), ""
    )


def hits_in(words: Iterable[Word], forms: set[str]) -> list[Word]:
    return [word for word in words if hit_of(word, forms)]


def cut(text: str, words: Sequence[Word], place: int, forms: set[str]) -> list[Part]:
    """`text` around its word at `place`, with “…” where something is left out."""
    if not words:
        return [Part(text[:MOST_LETTERS])]
    first = max(0, place - BEFORE)
    shown = words[first : first + WINDOW]
    start = 0 if first == 0 else shown[0].start
    end = len(text) if shown[-1] is words[-1] else shown[-1].end
    # Some “words” never end: addresses, or what a scanner made of a table.
    start = max(start, words[place].start - MOST_LETTERS // 2)
    end = min(end, start + MOST_LETTERS)
    hits = [word for word in shown if start <= word.start < end]
    hits = [word for word in hits if hit_of(word, forms)]
    before = [Part("… ")] if start > 0 else []
    after = [Part(" …")] if end < len(text) else []
    return [*before, *parts(text, hits, start, end), *after]


def parts(
    text: str, hits: Iterable[Word], start: int = 0, end: int | None = None
) -> list[Part]:
    end = len(text) if end is None else end
    found = []
    for word in hits:
        if word.start > start:
            found.append(Part(text[start : word.start]))
        start = min(word.end, end)
        found.append(Part(text[word.start : start], marked=True))
    if start < end:
        found.append(Part(text[start:end]))
    return found
