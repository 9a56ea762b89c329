"""Files that are nothing but text: notes, and tables."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from .limits import MOST_TEXT, Broken

# Of a letter in UTF-8, or UTF-16.
MOST_BYTES = 4


def lines_of(file: BinaryIO) -> Iterator[str]:
    """All of it: French spreadsheets still write in the encoding of Windows."""
    said = file.read(MOST_TEXT * MOST_BYTES)
    if said.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = said.decode("utf-16", errors="ignore")
    elif b"\x00" in said:
        raise Broken
    else:
        text = decoded(said)
    yield text


def decoded(said: bytes) -> str:
    # The last letter may be cut in two.
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        return decoder.decode(said)
    except UnicodeDecodeError:
        return said.decode("cp1252", errors="ignore")
