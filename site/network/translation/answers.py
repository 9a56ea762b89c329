"""What somebody typed about passages, and what becomes of it.

Nothing is written over that they have not seen, and nothing that they typed is lost:
what cannot be used is kept with what is wrong about it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from wagtail.coreutils import cautious_slugify
from wagtail.models import Page
from wagtail_localize.models import (
    String,
    StringTranslation,
    Translation,
    TranslationContext,
)

from .marks import BadMarks, stored, typed
from .passages import Passage, Stand, digest, passages_of

TEXT, SEEN, KEEP = "text-", "seen-", "keep-"
MANUAL = StringTranslation.TRANSLATION_TYPE_MANUAL


@dataclass(frozen=True)
class Answer:
    """What was typed for one passage, and what stood there when they began."""

    text: str
    # The digest of what stood there.
    seen: str
    # Whether they say that it is right as it is.
    keep: bool = False

    @property
    def is_typed(self) -> bool:
        return digest(self.text) != self.seen

    @property
    def is_something(self) -> bool:
        return self.is_typed or self.keep


@dataclass
class Outcome:
    """What came of many answers."""

    saved: int = 0
    # What was typed where somebody else had typed something, by key.
    conflicts: dict[str, str] = field(default_factory=dict)


def answers_in(data: Mapping[str, str]) -> dict[str, Answer]:
    """What a form says, by the key of the passage."""
    return {
        name.removeprefix(TEXT): Answer(
            # PostgreSQL knows no such character, and no keyboard has it.
            text=data[name].replace("\0", ""),
            seen=data.get(name.replace(TEXT, SEEN, 1), ""),
            keep=name.replace(TEXT, KEEP, 1) in data,
        )
        for name in data
        if name.startswith(TEXT)
    }


@transaction.atomic
def settle(translation: Translation, answers: dict[str, Answer], user) -> Outcome:
    """Keep what was typed; give back what somebody else has typed otherwise."""
    # Two who save at once do so one after the other.
    Translation.objects.select_for_update().get(pk=translation.pk)
    passages = passages_of(translation)
    outcome = Outcome()
    rows, emptied = [], []
    for passage in passages:
        answer = answers.get(passage.key)
        if answer is None or not answer.is_something:
            continue
        if is_conflict(passage, answer):
            outcome.conflicts[passage.key] = answer.text
        elif answer.is_typed and not answer.text.strip():
            emptied.append(passage)
        elif row := row_of(translation, passage, answer, user):
            rows.append(row)
    rows += rows_of_former(translation, gone(answers, passages), user)
    rows += address(translation, passages, rows, user)
    write(rows)
    forget(emptied)
    outcome.saved = len(rows) + len(emptied)
    return outcome


def is_conflict(passage: Passage, answer: Answer) -> bool:
    """Whether somebody else has written here what they have not seen."""
    now = digest(passage.text)
    return answer.is_typed and now not in (answer.seen, digest(answer.text))


def row_of(
    translation: Translation, passage: Passage, answer: Answer, user
) -> StringTranslation | None:
    if not answer.is_typed:
        return as_it_is(translation, passage, answer, user)
    row = new_row(translation, passage.segment.string_id, passage, user)
    try:
        row.data = passage.fitting(answer.text)
    except ValueError as wrong:
        # Kept as it was typed, and not used until it is mended.
        row.data, row.has_error, row.field_error = answer.text, True, str(wrong)
    return row


def as_it_is(
    translation: Translation, passage: Passage, answer: Answer, user
) -> StringTranslation | None:
    """What they say is right without a change, if it is still what they saw."""
    if digest(passage.text) != answer.seen or passage.stand == Stand.WRONG:
        return None
    known = passage.kept or passage.before
    row = new_row(translation, passage.segment.string_id, passage, user)
    row.data = known.data if known else passage.source
    return row


def new_row(
    translation: Translation, string_id: int, passage: Passage, user
) -> StringTranslation:
    return StringTranslation(
        locale_id=translation.target_locale_id,
        translation_of_id=string_id,
        context_id=passage.segment.context_id,
        translation_type=MANUAL,
        last_translated_by=user,
        updated_at=timezone.now(),
    )


# --- The source was changed while somebody typed ---------------------------


def gone(answers: dict[str, Answer], passages: list[Passage]) -> dict[str, Answer]:
    """What was typed for passages that are no more."""
    known = {passage.key for passage in passages}
    return {
        key: answer
        for key, answer in answers.items()
        if key not in known and answer.is_typed and answer.text.strip()
    }


def rows_of_former(
    translation: Translation, gone: dict[str, Answer], user
) -> Iterable[StringTranslation]:
    """What was typed for sentences that the source has no more: it is offered again."""
    if not gone:
        return
    contexts = TranslationContext.objects.filter(object_id=translation.source.object_id)
    places = {context.pk: context for context in contexts}
    strings = String.objects.in_bulk([number(key, 1) for key in gone])
    for key, answer in gone.items():
        context, string = places.get(number(key, 0)), strings.get(number(key, 1))
        if context is None or string is None:
            continue
        if string.locale_id != translation.source.locale_id:
            continue
        try:
            data = stored(answer.text, string.data, "<" in typed(string.data, True))
        except BadMarks:
            continue
        yield StringTranslation(
            locale_id=translation.target_locale_id,
            translation_of=string,
            context=context,
            data=data,
            translation_type=MANUAL,
            last_translated_by=user,
        )


def number(key: str, part: int) -> int:
    """One of the two numbers in the key of a passage, which a browser has sent."""
    found = key.split("-")
    return int(found[part]) if len(found) == 2 and found[part].isdecimal() else 0


# --- The address of a page -------------------------------------------------


def address(
    translation: Translation, passages: list[Passage], rows: list, user
) -> Iterable[StringTranslation]:
    """The address that a page keeps, or that its title gives it the first time."""
    slug = next((one for one in passages if one.place.is_slug), None)
    answered = {(row.context_id, row.translation_of_id): row for row in rows}
    if slug is None or slug.kept or slug.pair in answered:
        return
    title = next((one for one in passages if one.path == "title"), None)
    row = new_row(translation, slug.segment.string_id, slug, user)
    if slug.before:
        row.data = slug.before.data
    elif title and (named := answered.get(title.pair)) and not named.has_error:
        row.data = cautious_slugify(typed(named.data, False))
    if row.data and (slug.before or is_new(translation)):
        yield row


def is_new(translation: Translation) -> bool:
    """Whether readers know no address of its own yet."""
    pages = Page.objects.filter(
        translation_key=translation.source.object_id,
        locale=translation.target_locale_id,
    )
    return not pages.filter(live=True, alias_of=None).exists()


# --- All of it at once -----------------------------------------------------


def write(rows: list[StringTranslation]) -> None:
    StringTranslation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=[
            *("data", "translation_type", "tool_name", "last_translated_by"),
            *("updated_at", "has_error", "field_error"),
        ],
    )


def forget(passages: list[Passage]) -> None:
    """Leave these passages untranslated, as somebody has emptied their fields."""
    if rows := [passage.kept.pk for passage in passages if passage.kept]:
        StringTranslation.objects.filter(pk__in=rows).delete()
