"""The text of office documents: archives of XML, which may lie about their size.

OpenDocument has its text in paragraphs and headings; Office has it in runs, inside
paragraphs. What was deleted, and what somebody remarked, is still in there: it is not
what the document says.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat
from zipfile import ZipFile

from .limits import MOST_INSIDE, Broken, Locked, TooLong

PIECE = 64 * 1024
MANIFEST = "META-INF/manifest.xml"
OPEN_DOCUMENT = "content.xml"
OFFICE = re.compile(
    r"""
    word/(?:document|footnotes|endnotes)\.xml
    | ppt/slides/slide\d+\.xml
    | xl/sharedStrings\.xml
    """,
    re.VERBOSE,
)

PARAGRAPHS = {"p", "h", "si"}
SPACES = {"tab", "br", "cr", "s", "line-break"}
# What OpenDocument keeps besides: remarks, what was deleted, what hides in a field.
ASIDE = {"annotation", "tracked-changes"}


def paragraphs_of(file: BinaryIO) -> Iterator[str]:
    archive = ZipFile(file)
    names = set(archive.namelist())
    left = MOST_INSIDE
    for name in parts_in(archive, names):
        reader = Reader(in_runs=name != OPEN_DOCUMENT)
        with archive.open(name) as part:
            while piece := part.read(PIECE):
                left -= len(piece)
                if left < 0:
                    raise TooLong
                yield reader.read(piece)
        yield reader.end()


def parts_in(archive: ZipFile, names: set[str]) -> list[str]:
    """The parts that have the text, in the order of their numbers."""
    if OPEN_DOCUMENT in names:
        if MANIFEST in names and is_locked(archive):
            raise Locked
        return [OPEN_DOCUMENT]
    found = [name for name in names if OFFICE.fullmatch(name)]
    if not found:
        raise Broken
    return sorted(found, key=lambda name: (len(name), name))


def is_locked(archive: ZipFile) -> bool:
    with archive.open(MANIFEST) as part:
        return b"encryption-data" in part.read(PIECE)


class Reader:
    """Takes the text out of XML, piece by piece, and believes none of its promises."""

    def __init__(self, *, in_runs: bool):
        self.in_runs = in_runs
        self.said: list[str] = []
        self.runs = self.aside = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.finish
        self.parser.CharacterDataHandler = self.text
        # No office program writes one: it is where bombs are declared.
        self.parser.StartDoctypeDeclHandler = self.refuse

    def read(self, piece: bytes) -> str:
        self.parser.Parse(piece)
        return self.taken()

    def end(self) -> str:
        self.parser.Parse(b"", True)
        return self.taken()

    def taken(self) -> str:
        said, self.said = "".join(self.said), []
        return said

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        self.runs += name == "t"
        self.aside += name in ASIDE
        if name in SPACES and not self.aside:
            self.said.append(" ")

    def finish(self, name: str) -> None:
        name = local(name)
        self.runs -= name == "t"
        self.aside -= name in ASIDE
        if name in PARAGRAPHS and not self.aside:
            self.said.append("\n")

    def text(self, said: str) -> None:
        if not self.aside and (self.runs or not self.in_runs):
            self.said.append(said)

    def refuse(self, *declared) -> None:
        raise Broken


def local(name: str) -> str:
    return name.rpartition(" ")[2]
