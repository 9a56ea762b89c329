"""What printers do to a text and people at a keyboard forget.

French sets a no-break space before a colon and inside quotation marks; both languages
have an apostrophe and quotation marks of their own. It is done when a page is shown:
what editors typed stays as they typed it.
"""

import re
from collections.abc import Callable
from re import Pattern

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
# Addresses, and other characters of HTML that are written with a semicolon.
OPAQUE = re.compile(
    r"(&#?\w+;|\b(?:[a-z][a-z+.-]*://|www\.|mailto:)\S+)", re.IGNORECASE
)

Rules = list[tuple[Pattern[str], str | Callable]]

APOSTROPHE: Rules = [(re.compile(r"(?<=\w)'(?=\w)"), "’")]
# Straight ones, in pairs that somebody opened before a word and closed after one.
QUOTED = re.compile(r'(?<![\w"])"(?=\S)([^"\n]*[^\s"])"(?![\w"])')

# A space that is there, and one that was forgotten: not in 10:30, nor in 2:1.
BEFORE_MARK = re.compile(rf"{SPACES}(?=[:;?!»%€])|(?<=[\w)»…])(?=[:;?!]+(?:\s|$))")
INSIDE_MARKS = re.compile(rf"(?<=«){SPACES}|(?<=«)(?=\S)|(?<=[^\s«])(?=»)")
AFTER_NUMBER = re.compile(r"(?<=\d)(?=[%€](?!\w))|(?<=\b[nN][º°]) (?=\d)")
THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?: \d{3})+(?!\d)")
BEFORE_DASH = re.compile(r" (?=–\s)")

FRENCH: Rules = [
    *APOSTROPHE,
    (QUOTED, rf"«{NO_BREAK}\1{NO_BREAK}»"),
    (BEFORE_MARK, NO_BREAK),
    (INSIDE_MARKS, NO_BREAK),
    (AFTER_NUMBER, NO_BREAK),
    (THOUSANDS, lambda number: number[0].replace(" ", NO_BREAK)),
    (BEFORE_DASH, NO_BREAK),
]
ENGLISH: Rules = [
    *APOSTROPHE,
    (QUOTED, r"“\1”"),
    (BEFORE_DASH, NO_BREAK),
]
RULES = {"fr": FRENCH, "en": ENGLISH}
# Most texts have none of what the rules look for.
CONCERNED = re.compile(r"""['":;?!«»%€º°–]|\d \d""")


def typeset(text: str, language: str | None) -> str:
    """A plain text as `language` is printed; addresses stay as they are."""
    if not CONCERNED.search(text):
        return text
    rules = RULES.get((language or "")[:2], [])
    parts = OPAQUE.split(text)
    for place in range(0, len(parts), 2):
        for pattern, instead in rules:
            parts[place] = pattern.sub(instead, parts[place])
    return "".join(parts)


def typeset_html(html: str, language: str | None) -> str:
    """Each text of `html` as the language is printed that its `lang` says.

    Tags and what they carry stay as they are, and so does whatever is code.
    """
    place, done, reader = 0, [], Reader(language)
    for tag in TAG.finditer(html):
        done += [reader.read(html[place : tag.start()]), tag[0]]
        reader.meet(tag)
        place = tag.end()
    return "".join([*done, reader.read(html[place:])])


class Reader:
    """Goes through a page, and knows at each place what language it is in."""

    def __init__(self, language: str | None):
        # What is open, outermost first: [tag, how often within itself, language].
        self.open: list[list] = [["", 0, language]]

    def read(self, text: str) -> str:
        _tag, _depth, language = self.open[-1]
        if language is None or text.isspace():
            return text
        return typeset(REFERENCE.sub(meant, text), language)

    def meet(self, tag: re.Match) -> None:
        name, attributes = (tag[1] or "").lower(), tag[2] or ""
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
