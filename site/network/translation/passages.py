"""What a translator meets: each string of a page in its place, and what it became."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.coreutils import cautious_slugify
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from network.moderation.changes import Words, words_compared
from network.moderation.review import NotReady, translation_of

from .marks import is_rich, stored, typed, words_of
from .places import Form, Place, segments_of

# How alike two strings of a rich text are for one to have become the other.
ALIKE = 0.5
# How many of what is left to do are named in a message.
NAMED = 5


class Stand(StrEnum):
    """What is to be done about a passage."""

    MISSING = "missing"
    # Its source was changed since it was translated.
    OUTDATED = "outdated"
    # A machine translated it, and nobody has read that.
    MACHINE = "machine"
    # What was typed cannot be used.
    WRONG = "wrong"
    DONE = "done"


@dataclass
class Passage:
    """A string of the source in its place, and its translation as it is kept."""

    segment: StringSegment
    place: Place
    kept: StringTranslation | None = None
    # What was translated here, when the source said something else.
    before: StringTranslation | None = None

    @property
    def key(self) -> str:
        """Its name in the form; the same as long as the source says the same."""
        return key_of(self.segment.context_id, self.segment.string_id)

    @property
    def pair(self) -> tuple[int, int]:
        return self.segment.context_id, self.segment.string_id

    @property
    def path(self) -> str:
        return self.segment.context.path

    @property
    def anchor(self) -> str:
        return f"passage-{self.key}"

    @property
    def may_be_kept(self) -> bool:
        """Whether somebody may say that it is right as it stands."""
        return self.stand in (Stand.MISSING, Stand.OUTDATED, Stand.MACHINE)

    @property
    def source(self) -> str:
        return self.segment.string.data

    @property
    def is_rich(self) -> bool:
        return self.place.is_rich or is_rich(self.source)

    @property
    def original(self) -> str:
        """What the source says, marks included."""
        return typed(self.source, self.is_rich)

    @property
    def text(self) -> str:
        """What stands in the field until somebody types something else."""
        if self.kept and self.kept.has_error:
            return self.kept.data
        known = self.kept or self.before
        return typed(known.data, self.is_rich) if known else ""

    @property
    def stand(self) -> Stand:
        if self.kept is None:
            # A page that is given no address has one all the same.
            if self.place.is_slug:
                return Stand.DONE
            return Stand.OUTDATED if self.before else Stand.MISSING
        if self.kept.has_error:
            return Stand.WRONG
        machine = StringTranslation.TRANSLATION_TYPE_MACHINE
        is_machine = self.kept.translation_type == machine
        return Stand.MACHINE if is_machine else Stand.DONE

    @property
    def is_left(self) -> bool:
        """Whether something is to be done about it before it can be approved."""
        return self.stand != Stand.DONE

    def fitting(self, text: str) -> str:
        """What is kept of what was typed here; ValueError if it does not fit."""
        data = stored(text, self.source, self.is_rich)
        require_fit(text, self.place)
        return data

    @cached_property
    def error(self) -> str:
        """What is wrong here, in the language of whoever looks: another may type."""
        if self.kept is None or not self.kept.has_error:
            return ""
        try:
            self.fitting(self.kept.data)
        except ValueError as wrong:
            return str(wrong)
        return self.kept.field_error

    @property
    def changes(self) -> list[Words]:
        """The old source and the new one in one text, word by word."""
        if self.before is None:
            return []
        old = typed(self.before.translation_of.data, self.is_rich)
        return list(words_compared(old.split(), self.original.split()))

    @property
    def seen(self) -> str:
        return digest(self.text)

    @property
    def words(self) -> int:
        return len(words_of(self.source))


def require_fit(text: str, place: Place) -> None:
    if place.max_length and len(text) > place.max_length:
        raise ValueError(
            _("This is too long: %(length)s characters, where %(most)s fit.")
            % {"length": len(text), "most": place.max_length}
        )
    if place.is_slug and text != cautious_slugify(text):
        raise ValueError(
            _("An address has lower-case letters, digits and hyphens: “%(slug)s”.")
            % {"slug": cautious_slugify(text)}
        )
    if "\n" in text and not (place.is_long or place.is_rich):
        raise ValueError(_("This is one line."))


def key_of(context_id: int, string_id: int) -> str:
    return f"{context_id}-{string_id}"


def digest(text: str) -> str:
    """A short name for a text, to know it again after a browser has sent it back."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def passages_of(translation: Translation) -> list[Passage]:
    """All that there is to translate, in the order of the source."""
    form = Form.of(translation.source)
    found: dict[str, Passage] = {}
    for segment in segments_of(translation.source):
        passage = Passage(segment, form.place(segment.context.path))
        # A string may stand twice in a rich text; it is translated once.
        found.setdefault(passage.key, passage)
    add_translations(found, translation)
    return sorted(found.values(), key=lambda passage: passage.place.order)


def left_in(translation: Translation) -> list[Passage]:
    """What is still to be done before a translation can be approved."""
    return [passage for passage in passages_of(translation) if passage.is_left]


def require_complete(page: Page) -> None:
    """Have no translation wait for approval that says things in two languages."""
    translation = translation_of(page)
    if translation and (left := left_in(translation)):
        raise NotReady(what_is_left(left))


def what_is_left(left: list[Passage]) -> str:
    """What keeps a translation from being approved, in words."""
    names = list(dict.fromkeys(passage.place.name for passage in left))
    named = ", ".join(names[:NAMED]) + ("…" if len(names) > NAMED else ".")
    return ngettext(
        "Not submitted: %(count)s passage is still to be translated or confirmed. "
        "%(names)s",
        "Not submitted: %(count)s passages are still to be translated or confirmed. "
        "%(names)s",
        len(left),
    ) % {"count": len(left), "names": named}


def add_translations(found: dict[str, Passage], translation: Translation) -> None:
    kept = StringTranslation.objects.filter(
        locale_id=translation.target_locale_id,
        context__object_id=translation.source.object_id,
    ).select_related("translation_of", "last_translated_by")
    former = defaultdict(list)
    for row in kept.order_by("updated_at", "pk"):
        if passage := found.get(key_of(row.context_id, row.translation_of_id)):
            passage.kept = row
        elif not row.has_error:
            former[row.context_id].append(row)
    missing = defaultdict(list)
    for passage in found.values():
        if passage.kept is None:
            missing[passage.segment.context_id].append(passage)
    for context_id, passages in missing.items():
        pair(passages, former[context_id])


def pair(passages: list[Passage], former: list[StringTranslation]) -> None:
    """Say of each passage which one it was before its source was changed."""
    if len(passages) == 1 and not passages[0].place.is_rich:
        passages[0].before = former[-1] if former else None
        return
    # The latest comes first among those that are as alike.
    scores = sorted(
        (
            (alikeness(passage, row), age, number)
            for number, passage in enumerate(passages)
            for age, row in enumerate(former)
        ),
        reverse=True,
    )
    taken: set[int] = set()
    for score, age, number in scores:
        if score < ALIKE:
            break
        if age not in taken and passages[number].before is None:
            passages[number].before = former[age]
            taken.add(age)


def alikeness(passage: Passage, row: StringTranslation) -> float:
    old, new = words_of(row.translation_of.data), words_of(passage.source)
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


# --- How far it is ---------------------------------------------------------


@dataclass(frozen=True)
class Progress:
    """How much of a page is translated, in passages and in words."""

    total: int
    done: int
    left: dict[Stand, int]
    words_left: int

    @classmethod
    def of(cls, passages: Iterable[Passage]) -> "Progress":
        passages = list(passages)
        left: dict[Stand, int] = defaultdict(int)
        for passage in passages:
            if passage.is_left:
                left[passage.stand] += 1
        return cls(
            total=len(passages),
            done=len(passages) - sum(left.values()),
            left=dict(left),
            words_left=sum(one.words for one in passages if one.is_left),
        )

    @property
    def is_complete(self) -> bool:
        return self.done == self.total
