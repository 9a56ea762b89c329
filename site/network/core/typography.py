"""What printers do to a text and people at a keyboard forget.

French sets a no-break space before a colon and inside quotation marks; both languages
have an apostrophe and quotation marks of their own. It is done when a page is shown:
what editors typed stays as they typed it.
"""

import re
from collections.abc import Callable
from re import Pattern
from typing import NamedTuple

NO_BREAK = "\u00a0"
SPACES = f"[ {NO_BREAK}]+"

# What stands for a character in HTML, and is safe between tags as what it stands for.
REFERENCES = {
    "&nbsp;": NO_BREAK,
    "&#160;": NO_BREAK,
    "&#xa0;": NO_BREAK,
    "&laquo;": "«",
    "&raquo;": "»",
    "&#x27;": "'",
    "&#39;": "'",
    "&apos;": "'",
    "&rsquo;": "’",
    "&quot;": '"',
    "&#34;": '"',
}
REFERENCE = re.compile("|".join(map(re.escape, REFERENCES)), re.IGNORECASE)
TAG = re.compile(
    r"""<!--.*?-->|</?(\w[\w:-]*)((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""", re.DOTALL
)
LANGUAGE = re.compile(r"""\slang=["']?([\w-]+)""")
# Between these, every character means what it is.
VERBATIM = frozenset({"code", "kbd", "pre", "samp", "script", "style", "textarea"})
# Nothing stands within these, and nothing closes them.
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
# What a sentence goes on through, rather than end at it.
INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em"),
        *("i", "img", "ins", "kbd", "mark", "q", "s", "samp", "small", "span"),
        *("strong", "sub", "sup", "time", "u", "var", "wbr"),
    }
)
# Addresses, and other characters of HTML that are written with a semicolon.
OPAQUE = re.compile(
    r"(&#?\w+;|\b(?:[a-z][a-z+.-]*://|www\.|mailto:)\S+)", re.IGNORECASE
)

Rules = list[tuple[Pattern[str], str | Callable]]

APOSTROPHE: Rules = [(re.compile(r"(?<=\w)'(?=\w)"), "’")]
# Straight ones, in pairs that somebody opened before a word and closed after one.
QUOTED = re.compile(r'(?<![\w"])"(?=\S)[^"\n]*[^\s"]"(?![\w"])')
QUOTES = {"fr": (f"«{NO_BREAK}", f"{NO_BREAK}»"), "en": ("“", "”")}
# Stands for what nobody reads as a text: neither a space, nor a letter, nor a quote.
SOMETHING = "\ufffc"

# A space that is there, and one that was forgotten: not in 10:30, nor in 2:1.
BEFORE_MARK = re.compile(rf"{SPACES}(?=[:;?!»%€])|(?<=[\w)»…])(?=[:;?!]+(?:\s|$))")
INSIDE_MARKS = re.compile(rf"(?<=«){SPACES}|(?<=«)(?=\S)|(?<=[^\s«])(?=»)")
AFTER_NUMBER = re.compile(r"(?<=\d)(?=[%€](?!\w))|(?<=\b[nN][º°]) (?=\d)")
THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?: \d{3})+(?!\d)")
BEFORE_DASH = re.compile(r" (?=–\s)")

FRENCH: Rules = [
    *APOSTROPHE,
    (BEFORE_MARK, NO_BREAK),
    (INSIDE_MARKS, NO_BREAK),
    (AFTER_NUMBER, NO_BREAK),
    (THOUSANDS, lambda number: number[0].replace(" ", NO_BREAK)),
    (BEFORE_DASH, NO_BREAK),
]
ENGLISH: Rules = [
    *APOSTROPHE,
    (BEFORE_DASH, NO_BREAK),
]
RULES = {"fr": FRENCH, "en": ENGLISH}
# Most texts have none of what the rules look for.
CONCERNED = re.compile(r"""['":;?!«»%€º°–]|\d \d""")


class Piece(NamedTuple):
    """A text without a tag in it, and the language it is in; none if it is code."""

    text: str
    language: str | None


def typeset(text: str, language: str | None) -> str:
    """A plain text as `language` is printed; addresses stay as they are."""
    return typeset_pieces([Piece(text, language)])[0]


def typeset_pieces(pieces: list[Piece]) -> list[str]:
    """The texts of a paragraph, with inline tags between them."""
    return [by_rules(piece) for piece in quoted(pieces)]


def by_rules(piece: Piece) -> str:
    text, language = piece
    if not CONCERNED.search(text):
        return text
    rules = RULES.get((language or "")[:2], [])
    parts = OPAQUE.split(text)
    for place in range(0, len(parts), 2):
        for pattern, instead in rules:
            parts[place] = pattern.sub(instead, parts[place])
    return "".join(parts)


def quoted(pieces: list[Piece]) -> list[Piece]:
    """With quotation marks in place of straight ones, be there tags within a pair."""
    if sum(piece.text.count('"') for piece in pieces) < 2:
        return pieces
    whole = "".join(map(readable, pieces))
    pairs = {pair.start(): pair.end() - 1 for pair in QUOTED.finditer(whole)}
    marks: dict[int, str] = {}
    place, done = 0, []
    for text, language in pieces:
        opening, closing = QUOTES.get((language or "")[:2], ('"', '"'))
        for start in range(place, place + len(text)):
            if start in pairs:
                # In the language that it begins in, wherever it ends.
                marks |= {start: opening, pairs[start]: closing}
        inside = enumerate(text, start=place)
        done.append(
            Piece("".join(marks.get(at, sign) for at, sign in inside), language)
        )
        place += len(text)
    return done


def readable(piece: Piece) -> str:
    """A text, of the same length, whose straight quotes are all meant as quotes."""
    if piece.language is None:
        return SOMETHING * len(piece.text)
    return OPAQUE.sub(lambda found: SOMETHING * len(found[0]), piece.text)


def typeset_html(html: str, language: str | None) -> str:
    """Each text of `html` as the language is printed that its `lang` says.

    Tags and what they carry stay as they are, and so does whatever is code.
    """
    place, reader = 0, Reader(language)
    for tag in TAG.finditer(html):
        reader.read(html[place : tag.start()])
        reader.meet(tag)
        place = tag.end()
    reader.read(html[place:])
    return reader.printed()


class Reader:
    """Goes through a page, and knows at each place what language it is in."""

    def __init__(self, language: str | None):
        # What is open, outermost first: [tag, how often within itself, language].
        self.open: list[list] = [["", 0, language]]
        # Tags and texts, and of the last of them the texts of one paragraph: by place.
        self.done: list[str] = []
        self.paragraph: dict[int, Piece] = {}

    def read(self, text: str) -> None:
        _tag, _depth, language = self.open[-1]
        if language is not None and not text.isspace():
            text = REFERENCE.sub(meant, text)
        self.paragraph[len(self.done)] = Piece(text, language)
        self.done.append(text)

    def end_paragraph(self) -> None:
        texts = typeset_pieces([*self.paragraph.values()])
        for place, text in zip(self.paragraph, texts, strict=True):
            self.done[place] = text
        self.paragraph = {}

    def printed(self) -> str:
        self.end_paragraph()
        return "".join(self.done)

    def meet(self, tag: re.Match) -> None:
        name, attributes = (tag[1] or "").lower(), tag[2] or ""
        # A comment has no name.
        if name and name not in INLINE:
            self.end_paragraph()
        self.done.append(tag[0])
        if tag[0].startswith("</"):
            self.close(name)
        elif name not in VOID and not attributes.endswith("/"):
            self.start(name, LANGUAGE.search(attributes))

    def start(self, name: str, said: re.Match | None) -> None:
        _tag, _depth, language = self.open[-1]
        if name in VERBATIM:
            self.open.append([name, 1, None])
        elif said:
            self.open.append([name, 1, language and said[1]])
        elif name == self.open[-1][0]:
            self.open[-1][1] += 1

    def close(self, name: str) -> None:
        if name == self.open[-1][0]:
            self.open[-1][1] -= 1
            if not self.open[-1][1]:
                self.open.pop()


def meant(reference: re.Match) -> str:
    return REFERENCES[reference[0].lower()]
