"""Read the file at standard input; its text goes to standard output, part by part.

So what was read is not lost if the process is ended in the midst of it.
"""

import logging
import re
import sys
from collections.abc import Iterator
from typing import BinaryIO

from .limits import (
    BROKEN,
    CUT,
    LOCKED,
    MOST_TEXT,
    Locked,
    TooLong,
    limit_this_process,
)
from .office import paragraphs_of
from .pdf import pages_of
from .plain import lines_of

HEAD = 1024
# What an office program makes of a document that it locks with a password.
LOCKED_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# “média-” at the end of a line; but “arc-en-” had a hyphen before.
CUT_IN_TWO = re.compile(r"(?<![\w‐-])([^\W\d_]+)[-‐]\n(?=[a-zß-öø-ÿœ])")


def parts_of(file: BinaryIO) -> Iterator[str]:
    """The text of a file, by what it is and not by what it is called."""
    head = file.read(HEAD)
    file.seek(0)
    if head.startswith(LOCKED_OFFICE):
        raise Locked
    if b"%PDF-" in head:
        return pages_of(file)
    return paragraphs_of(file) if head.startswith(b"PK") else lines_of(file)


def tidied(text: str) -> str:
    """Without words that the end of a line cuts in two, and without odd spaces."""
    text = text.replace("\x00", " ").replace("\u00ad\n", "").replace("\u00ad", "")
    text = CUT_IN_TWO.sub(r"\1", text)
    text = re.sub(r"(?<=\w)([-‐])\n(?=\w)", r"\1", text)
    text = re.sub(r"[^\S\n]+", " ", text)
    return re.sub(r"\s*\n\s*", "\n", text)


def tell(parts: Iterator[str]) -> None:
    """Write these, as far as they go."""
    left = MOST_TEXT
    for part in parts:
        text = tidied(part)
        sys.stdout.buffer.write(text[:left].encode(errors="ignore"))
        sys.stdout.buffer.flush()
        left -= len(text)
        if left < 0:
            raise TooLong


def main() -> int:
    limit_this_process()
    # What pypdf thinks of a file helps nobody here.
    logging.disable()
    try:
        tell(parts_of(sys.stdin.buffer))
    except TooLong:
        return CUT
    except Locked:
        return LOCKED
    except Exception:  # noqa: BLE001 – anything can be wrong in there
        return BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(main())
