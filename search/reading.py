"""To read files, each once and in the background, so that what they say can be found.

Anybody may have made a file: it is read in a process of its own, which has little
memory and time, knows no secret of the site, and may end in whatever way.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha1
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django_tasks import task

from network.media.models import Document

from .files import hold_alone
from .models import FileText
from .readers import limits

State = FileText.State

MOST_BYTES = 50 * 2**20
PIECE = 2**20
# By the clock, whatever the process does.
SECONDS = 60
COMMAND = [sys.executable, "-B", "-P", "-m", "search.readers"]
# Nothing else of the site's own, which has passwords in it.
ENVIRONMENT = {"PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONUTF8": "1"}


@task()
def read_later(pk: int) -> None:
    """Read the file of a document, unless it was read already."""
    if document := Document.objects.filter(pk=pk).first():
        read(document)


def unread() -> QuerySet[Document]:
    """The documents whose file nobody has read."""
    read_already = FileText.objects.current().filter(document=OuterRef("pk"))
    return Document.objects.filter(~Exists(read_already))


def read(document: Document, *, again: bool = False) -> FileText | None:
    """What its file says; nothing if it was replaced while it was read.

    The same file is read once, whatever documents it is in; or once more `again`.
    """
    try:
        with copied(document) as (copy, digest):
            known = FileText.objects.filter(file_hash=digest)
            own = known.filter(document=document).first()
            if again or not (text := own or known.first()):
                return keep(document, digest, *text_in(copy))
            return keep(document, digest, text.state, text.text, own)
    except FileNotFoundError:
        return keep(document, document.file_hash, State.BROKEN, "")


@contextmanager
def copied(document: Document) -> Iterator[tuple[IO[bytes] | None, str]]:
    """A copy of its file and the hash of that; no copy if it is too big."""
    digest, size = sha1(usedforsecurity=False), 0
    with TemporaryFile() as copy:
        with document.open_file() as file:
            while piece := file.read(PIECE):
                digest.update(piece)
                size += len(piece)
                if size <= MOST_BYTES:
                    copy.write(piece)
        copy.seek(0)
        yield (copy if size <= MOST_BYTES else None), digest.hexdigest()


def keep(
    document: Document, digest: str, state: str, text: str, own: FileText | None = None
) -> FileText | None:
    """Remember what a file says, and have the pages that offer it indexed."""
    with transaction.atomic():
        hold_alone(document.pk)
        still_there = Document.objects.filter(pk=document.pk, file=document.file.name)
        # What puts a file there without a form does not say its hash.
        if not still_there.update(file_hash=digest):
            return None
        if own:
            return own
        said = {"file_hash": digest, "state": state, "text": text}
        return FileText.objects.update_or_create(document=document, defaults=said)[0]


# --- In another process ------------------------------------------------------


def text_in(file: IO[bytes] | None) -> tuple[str, str]:
    """What a file says, and how far it could be read."""
    if file is None:
        return State.BIG, ""
    ending, said = run_reader(file)
    text = said.decode(errors="ignore").replace("\x00", " ").strip()
    return state_after(ending, text), text


def run_reader(file: IO[bytes]) -> tuple[int, bytes]:
    """How the process ended, and what it had said until then."""
    try:
        done = subprocess.run(
            COMMAND,
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
            timeout=SECONDS,
            check=False,
            # A Ctrl-C is for us: it would look like a broken file.
            start_new_session=True,
        )
    except subprocess.TimeoutExpired as late:
        return limits.BROKEN, late.stdout or b""
    return done.returncode, done.stdout


def state_after(ending: int, text: str) -> State:
    if ending == limits.LOCKED:
        return State.LOCKED
    if any(letter.isalnum() for letter in text):
        return State.CUT if ending else State.READ
    return State.EMPTY if ending in {0, limits.CUT} else State.BROKEN
