"""Words of the glossary, explained where they are first met in a text.

The first mention of each becomes a link to its entry, which carries the definition.
Only prose is read: paragraphs, lists and cells that no class makes something else,
and nothing in a title, a link or a name.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import escape

from network.core.typography import INLINE, LANGUAGE, TAG, VERBATIM, VOID

PROSE = frozenset({"p", "li", "td"})
LISTS = frozenset({"ul", "ol"})
# What is said in these is a name or a label, or leads somewhere already.
NAMING = VERBATIM | {
    *("a", "abbr", "address", "button", "caption", "cite", "dfn", "dt", "figcaption"),
    *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "label", "legend", "nav"),
    *("summary", "svg", "th", "time", "title"),
}
CLASS = re.compile(r"\sclass=")
HIDDEN = re.compile(r"""\s(?:hidden|aria-hidden=["']?true)\b""")
# Other characters of HTML, and addresses: no word is looked for in them.
OPAQUE = r"&#?\w+;|\b(?:[a-z][a-z+.-]*://|www\.|mailto:)\S+|\b[\w.+-]{1,64}@\S+"
APOSTROPHE = "(?:’|'|&#x27;|&#39;)"
ASIDE = re.compile(r"\([^)]*\)")


class Word(NamedTuple):
    """A term in one language, as it may be met in a text."""

    key: int
    forms: tuple[str, ...]
    definition: str


def forms_of(term: str) -> tuple[str, ...]:
    """“élu, élue; membre (du conseil)” is met as “élu”, “élue” or “membre”."""
    forms = re.split("[,;]", ASIDE.sub("", term))
    return tuple(form.strip() for form in forms if form.strip())


def as_written(form: str) -> str:
    """A pattern for a form in HTML: its words, each perhaps in the plural."""
    words = [re.escape(escape(word)) for word in form.split()]
    plural = r"(?:e?s|x)?(?:\s|&nbsp;|&\#160;)+".join(words) + "(?:e?s|x)?"
    return re.sub(r"’|\\&\\#x27;", lambda _: APOSTROPHE, plural)


@lru_cache(maxsize=64)
def pattern_of(forms: tuple[str, ...]) -> re.Pattern:
    """What finds any of `forms` as whole words, a long one before its parts."""
    longest_first = sorted(forms, key=len, reverse=True)
    met = "|".join(f"({as_written(form)})" for form in longest_first)
    return re.compile(rf"{OPAQUE}|(?<![\w/·-])(?:{met})(?![\w·-])", re.IGNORECASE)


class Vocabulary:
    """The words of one language, and which of them were met already."""

    def __init__(self, words: Iterable[Word]):
        self.words = list(words)
        forms = [(form, word) for word in self.words for form in word.forms]
        self.by_place = sorted(forms, key=lambda pair: len(pair[0]), reverse=True)
        self.pattern = pattern_of(tuple(form for form, word in forms))

    def word_of(self, met: re.Match) -> Word | None:
        """The word that was met; none if it is an address, or another character."""
        return self.by_place[met.lastindex - 1][1] if met.lastindex else None


def vocabularies(terms: list[dict]) -> dict[str, Vocabulary]:
    """The words of each language that are to be explained in texts."""
    return {
        language: Vocabulary(words_in(language, terms))
        for language in ("fr", "en")
        if words_in(language, terms)
    }


def words_in(language: str, terms: list[dict]) -> list[Word]:
    return [
        Word(
            term["pk"],
            forms_of(term[f"word_{language}"]),
            term[f"definition_{language}"],
        )
        for term in terms
        if term[f"explained_{language}"]
    ]


def explain(
    html: str, language: str, vocabularies: dict[str, Vocabulary], address: str
) -> str:
    """`html`, whose words lead to the glossary at `address` where first met."""
    place, reader = 0, Reader(language, vocabularies, address)
    for tag in TAG.finditer(html):
        reader.read(html[place : tag.start()])
        reader.meet(tag)
        place = tag.end()
    reader.read(html[place:])
    return "".join(reader.done)


class Inside(NamedTuple):
    """An element that is open, and what that makes of the text in it."""

    tag: str
    language: str
    is_prose: bool
    is_name: bool
    has_class: bool


class Reader:
    """Goes through a page, and knows at each place whether its text is prose."""

    def __init__(
        self, language: str, vocabularies: dict[str, Vocabulary], address: str
    ):
        self.open = [Inside("", language, False, False, False)]
        self.vocabularies = vocabularies
        self.address = address
        self.explained: set[int] = set()
        self.done: list[str] = []

    def read(self, text: str) -> None:
        around = self.open[-1]
        vocabulary = self.vocabularies.get(around.language[:2])
        if vocabulary and around.is_prose and text and not text.isspace():
            text = vocabulary.pattern.sub(
                lambda met: self.linked(met, vocabulary.word_of(met)), text
            )
        self.done.append(text)

    def linked(self, met: re.Match, word: Word | None) -> str:
        if word is None or word.key in self.explained:
            return met[0]
        self.explained.add(word.key)
        place = f"{self.address}#term-{word.key}"
        return (
            f'<a class="term-link" href="{escape(place)}" '
            f'title="{escape(word.definition)}">{met[0]}</a>'
        )

    def meet(self, tag: re.Match) -> None:
        self.done.append(tag[0])
        name, attributes = (tag[1] or "").lower(), tag[2] or ""
        if tag[0].startswith("</"):
            self.close(name)
        # A comment has no name.
        elif name and name not in VOID and not attributes.endswith("/"):
            self.open.append(self.inside(name, attributes))

    def inside(self, name: str, attributes: str) -> Inside:
        around, said = self.open[-1], LANGUAGE.search(attributes)
        has_class = bool(CLASS.search(attributes))
        is_name = around.is_name or name in NAMING or bool(HIDDEN.search(attributes))
        return Inside(
            name,
            said[1] if said else around.language,
            not is_name and self.is_prose(name, has_class),
            is_name,
            has_class,
        )

    def is_prose(self, name: str, has_class: bool) -> bool:
        """Whether an element that begins here holds sentences."""
        around = self.open[-1]
        if name in INLINE:
            return around.is_prose and not has_class
        if name == "li" and around.tag in LISTS and around.has_class:
            return False
        return name == "td" or (name in PROSE and not has_class)

    def close(self, name: str) -> None:
        names = [around.tag for around in self.open]
        if name in names[1:]:
            del self.open[len(names) - 1 - names[::-1].index(name) :]
