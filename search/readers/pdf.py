"""The text of PDF files, with pypdf."""

from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, WrongPasswordError

from .limits import MOST_PAGES, Broken, Locked, TooLong


def pages_of(file: BinaryIO) -> Iterator[str]:
    """The text of each page; those that are broken are left out, and it says so."""
    try:
        pages = PdfReader(file).pages
        count = len(pages)
    except (FileNotDecryptedError, WrongPasswordError):
        raise Locked from None
    lost = 0
    for number in range(min(count, MOST_PAGES)):
        try:
            yield pages[number].extract_text() + "\n"
        except Exception:  # noqa: BLE001 – anything can be wrong in there
            lost += 1
    if lost and lost == count:
        raise Broken
    if lost or count > MOST_PAGES:
        raise TooLong
