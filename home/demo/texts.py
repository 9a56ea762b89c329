"""The YAML texts of the demonstration, in French, each paired with its English."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from django.utils.html import escape
from wagtail_localize.strings import StringValue, extract_strings

FOLDER = Path(__file__).parent
# Ten times as fast, where the library it needs is there: in all wheels of PyYAML.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# “[words](slug)” leads to the page of that French slug.
LINK = re.compile(r"\[([^\]]+)\]\(([\w-]+)\)")
ADDRESS = re.compile(r"https?://[^\s<>()]+[^\s<>().,;:]")


@cache
def read(name: str):
    """The content of one of the YAML files."""
    text = (FOLDER / f"{name}.yaml").read_text("utf-8")
    return yaml.load(text, Loader=LOADER)  # noqa: S506


class Texts:
    """The texts of one thing: read in French, with their English remembered.

    `strings` ends up with all that a translator would have typed: French to
    English, both as wagtail-localize stores them.
    """

    def __init__(self, entry: Mapping, strings: dict[str, str] | None = None):
        self.entry = entry
        self.strings = {} if strings is None else strings

    def __contains__(self, name: str) -> bool:
        return bool(self.entry.get(f"{name}_fr"))

    def line(self, name: str) -> str:
        """A plain text, empty if there is none."""
        french, english = (
            str(self.entry.get(f"{name}_{code}") or "") for code in ("fr", "en")
        )
        return self.pair(french, english)

    def pair(self, french: str, english: str) -> str:
        """Remember the English of a plain French text, and give the French back."""
        if french:
            self.remember(
                StringValue.from_plaintext(french), StringValue.from_plaintext(english)
            )
        return french

    def prose(self, name: str) -> str:
        """A text of paragraphs and lists as HTML, empty if there is none."""
        french, english = (
            html(self.entry.get(f"{name}_{code}")) for code in ("fr", "en")
        )
        pairs = zip(segments(french), segments(english), strict=True)
        for ours, theirs in pairs:
            self.remember(ours, theirs)
        return french

    def remember(self, french: StringValue, english: StringValue) -> None:
        self.strings[french.data] = english.data

    def each(self, name: str) -> list["Texts"]:
        """The things of a list, which remember in the same place."""
        return [Texts(entry, self.strings) for entry in self.entry.get(name) or []]


def segments(source: str) -> list[StringValue]:
    """The strings of an HTML text that a translator meets."""
    return [string for string, attributes in extract_strings(source)[1]]


def html(text: str | None) -> str:
    """Paragraphs, and lines that begin with a dash, as HTML."""
    parts = re.split(r"\n\s*\n", (text or "").strip())
    return "".join(block for part in parts for block in blocks(part.splitlines()))


def blocks(lines: list[str]) -> list[str]:
    """The paragraph and the list that a few lines make."""
    words = " ".join(line.strip() for line in lines if not line.startswith("- "))
    items = [line[2:].strip() for line in lines if line.startswith("- ")]
    paragraph = [f"<p>{linked(words)}</p>"] if words else []
    listed = "".join(f"<li>{linked(item)}</li>" for item in items)
    return [*paragraph, f"<ul>{listed}</ul>"] if items else paragraph


def linked(text: str) -> str:
    """`text` as HTML, its addresses being links; pages are known by their slugs yet."""
    to_pages = LINK.sub(r'<a linktype="page" id="\2">\1</a>', escape(text))
    return ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', to_pages)
