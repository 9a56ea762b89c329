"""Passages as the translation screen shows them, in the structure of their page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from wagtail.models import Page

from network.moderation.models import Submission
from network.moderation.review import last_submission

from .passages import Passage
from .states import outdated_paths
from .terms import Piece, Term

# As many as a field of the screen shows in one line.
CHARACTERS = 55


@dataclass
class Row:
    """A passage as the screen shows it."""

    passage: Passage
    pieces: list[Piece]
    # What was typed, where it is not what is kept.
    typed: str | None = None
    is_conflict: bool = False

    @property
    def text(self) -> str:
        return self.passage.text if self.typed is None else self.typed

    @property
    def terms(self) -> list[Term]:
        return list(dict.fromkeys(piece.term for piece in self.pieces if piece.term))

    @property
    def has_marks(self) -> bool:
        return any(piece.is_mark for piece in self.pieces)

    @property
    def is_high(self) -> bool:
        """Whether it needs more than one line, be it only to be seen."""
        place = self.passage.place
        longest = max(len(self.text), len(self.passage.original))
        return place.is_long or place.is_rich or longest > CHARACTERS

    @property
    def lines(self) -> int:
        """How high a field is to hold what is in it."""
        text = max(self.text, self.passage.original, key=len)
        return max(2, sum(len(line) // CHARACTERS + 1 for line in text.splitlines()))


@dataclass
class Box:
    """One field of the form, and its blocks."""

    label: str
    help: str
    blocks: list[tuple[str, list[Row]]] = field(default_factory=list)


def tabs(rows: list[Row]) -> Iterator[tuple[str, list[Box]]]:
    """The rows by tab, field and block, in the order of the form."""
    for name, in_tab in groupby(rows, lambda row: row.passage.place.tab):
        boxes = []
        for _order, in_field in groupby(in_tab, lambda row: row.passage.place.order):
            some = list(in_field)
            place = some[0].passage.place
            box = Box(place.label, "" if place.block else place.help)
            for block, in_block in groupby(some, lambda row: row.passage.place.block):
                box.blocks.append((block, list(in_block)))
            boxes.append(box)
        yield name, boxes


def sent_back(page: Page) -> Submission | None:
    """The last submission of a page, if somebody asked for changes in it."""
    workflow = page.current_workflow_state
    if workflow and workflow.status == workflow.STATUS_NEEDS_CHANGES:
        return last_submission(page)
    return None


def removed(page: Page) -> Iterator[str]:
    """What the source says no more, though the public translation does."""
    for pairs in outdated_paths(page).values():
        yield from (old for old, new in pairs if old and not new)
