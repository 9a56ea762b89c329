"""What changed between two versions of a page, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import chain

from wagtail.models import Page

from .texts import lines_of

# Unchanged lines that are shown around those that changed.
AROUND = 1


class Kind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    # Unchanged lines that are left out.
    GAP = "gap"


@dataclass(frozen=True)
class Words:
    """Words that follow each other, and what became of them."""

    kind: Kind
    text: str

    @property
    def count(self) -> int:
        return len(self.text.split())


Line = list[Words]


@dataclass(frozen=True)
class FieldChange:
    """What changed in one field."""

    label: str
    lines: list[Line]

    def count(self, kind: Kind) -> int:
        words = chain.from_iterable(self.lines)
        return sum(some.count for some in words if some.kind == kind)


@dataclass(frozen=True)
class Changes:
    """What changed in a page, in the order of its form."""

    fields: list[FieldChange] = field(default_factory=list)

    @property
    def words_added(self) -> int:
        return sum(field.count(Kind.ADDED) for field in self.fields)

    @property
    def words_removed(self) -> int:
        return sum(field.count(Kind.REMOVED) for field in self.fields)


def changes(before: Page | None, after: Page) -> Changes:
    """What `after` says otherwise than `before`, or all it says if that is nothing."""
    old = lines_of(before) if before else {}
    found = [
        FieldChange(label, compared(old.get(label, []), lines))
        for label, lines in lines_of(after).items()
        if old.get(label, []) != lines
    ]
    return Changes(found)


def compared(before: Sequence[str], after: Sequence[str]) -> list[Line]:
    """Both versions of a text in one, line by line, without what is the same."""
    lines: list[Line] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for group in matcher.get_grouped_opcodes(AROUND):
        if group[0][1] > 0 or group[0][3] > 0:
            lines.append([Words(Kind.GAP, "")])
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                lines += ([Words(Kind.SAME, line)] for line in before[start:end])
            else:
                lines += replaced(before[start:end], after[new_start:new_end])
    return lines


def replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    """Lines that took the place of others: the first of the first, and so on."""
    for number in range(max(len(before), len(after))):
        old = before[number].split() if number < len(before) else []
        new = after[number].split() if number < len(after) else []
        yield list(words_compared(old, new))


def words_compared(before: list[str], after: list[str]) -> Iterator[Words]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Words(Kind.SAME, " ".join(before[start:end]))
            continue
        if start < end:
            yield Words(Kind.REMOVED, " ".join(before[start:end]))
        if new_start < new_end:
            yield Words(Kind.ADDED, " ".join(after[new_start:new_end]))
