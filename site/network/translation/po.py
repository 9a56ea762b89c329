"""A translation as a PO file, for those who work with tools of their own.

What is to be looked at again is marked `fuzzy` there, as such tools know it; a comment
says what stood there, so that nothing is written over that was typed in the meantime.
"""

import re

import polib
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from .answers import Answer
from .marks import typed
from .passages import Passage, Stand, digest, passages_of

TRANSLATION = "X-WagtailLocalize-TranslationID"
SEEN = re.compile(r"seen: (\w*)")
MOST_BYTES = 2 * 2**20
# What stood in an empty field.
EMPTY = digest("")


class BadFile(ValueError):
    """What was uploaded is not a PO file of this translation."""


# --- To take it away -------------------------------------------------------


def exported(translation: Translation) -> str:
    """The translation as it is now, fit to be taken back."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "POT-Creation-Date": timezone.now().isoformat(),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": translation.target_locale.language_code,
        TRANSLATION: str(translation.uuid),
    }
    file.extend(entry(passage) for passage in passages_of(translation))
    return str(file)


def entry(passage: Passage) -> polib.POEntry:
    is_fuzzy = passage.stand in (Stand.OUTDATED, Stand.MACHINE, Stand.WRONG)
    before = passage.before
    return polib.POEntry(
        msgctxt=passage.path,
        msgid=passage.source,
        msgstr=html_of(passage),
        comment=f"{passage.place.name}\nseen: {passage.seen}",
        flags=["fuzzy"] if is_fuzzy else [],
        previous_msgid=before.translation_of.data if before else None,
    )


def html_of(passage: Passage) -> str:
    row = passage.kept or passage.before
    return row.data if row else ""


# --- To bring it back ------------------------------------------------------


def answers_from(content: bytes, translation: Translation) -> dict[str, Answer]:
    """What the file says, as if it had been typed; BadFile if it cannot be read."""
    file = parsed(content)
    if file.metadata.get(TRANSLATION) != str(translation.uuid):
        raise BadFile(_("This file is of another translation, or was changed by hand."))
    known = {(one.path, one.source): one for one in passages_of(translation)}
    answers = {}
    for said in file:
        passage = known.get((said.msgctxt, said.msgid))
        if passage and said.msgstr and not said.obsolete and not said.fuzzy:
            answers[passage.key] = answer(said, passage)
    return answers


def answer(said: polib.POEntry, passage: Passage) -> Answer:
    seen = SEEN.search(said.comment or "")
    return Answer(
        text=typed(said.msgstr, passage.is_rich),
        # A tool that drops comments: what stands there now is not written over.
        seen=seen.group(1) if seen else EMPTY,
        keep=passage.is_left,
    )


def parsed(content: bytes) -> polib.POFile:
    if len(content) > MOST_BYTES:
        raise BadFile(_("This file is too large."))
    text = in_utf_8(content)
    try:
        # polib opens a file if it is given a name: no name has two lines.
        return polib.pofile(f"{text}\n\n")
    except (OSError, ValueError) as error:
        raise BadFile(_("This is not a PO file.")) from error


def in_utf_8(content: bytes) -> str:
    """The text of the file; a tool may save it in another encoding unasked."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(
            _(
                "This file is not in UTF-8: save it in that encoding, and upload it "
                "again."
            )
        ) from error
    # PostgreSQL knows no such character, and no keyboard has it.
    return text.replace("\0", "")
