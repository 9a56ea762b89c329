"""What a translation was made from, remembered with each revision of it.

So what is approved after its source changed is known to be outdated, and a draft
changes nothing.
"""

from dataclasses import asdict, dataclass

from wagtail.models import Page, Revision, TranslatableMixin
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from network.core.remembered import REMEMBERED, remembered_with

from .models import PublicText
from .places import segments_of
from .texts import NOT_SAID, Texts, facts_of

ORIGIN = "origin"


@dataclass(frozen=True)
class Origin:
    """The sentences of the source that a translation says, and its source's facts."""

    made_from: Texts
    made_from_facts: str = ""
    machine: bool = False


def hand_on(page: Page, origin: Origin) -> None:
    """Have the next revision of `page` remember what it was made from."""
    page.remembered[ORIGIN] = asdict(origin)


def remember(revision: Revision, origin: Origin) -> None:
    """Write down with `revision` what it was made from."""
    revision.content.setdefault(REMEMBERED, {})[ORIGIN] = asdict(origin)
    # The gate keeps revisions that others rely on as they are; this one is new.
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def origin_with(revision: Revision | None) -> Origin | None:
    """What `revision` was made from, if somebody wrote it down."""
    found = remembered_with(revision).get(ORIGIN)
    return Origin(**found) if found else None


def origin_of(translation: Translation, whole: bool = False) -> Origin:
    """What is translated now: of a `whole` translation, what stays as it was too.

    So does a sentence that nobody translated if the public translation was approved
    with it as it is: it is the same in both languages.
    """
    done = kinds_of_translation(translation)
    kept = said_in_public(translation)
    made_from: Texts = {}
    machine = False
    for segment in sentences_of(translation.source):
        path, sentence = segment.context.path, segment.string.data
        kind = done.get((segment.string_id, segment.context_id))
        machine = machine or kind == StringTranslation.TRANSLATION_TYPE_MACHINE
        if whole or kind or sentence in kept.get(path, []):
            made_from.setdefault(path, []).append(sentence)
    facts = facts_of(translation.source.as_instance())
    return Origin(made_from, facts, machine)


def said_in_public(translation: Translation) -> Texts:
    """The sentences of the source that the public translation says as they are."""
    row = PublicText.objects.filter(
        page__translation_key=translation.source.object_id,
        page__locale=translation.target_locale_id,
        page__live=True,
        page__alias_of=None,
    ).first()
    if row is None or not row.made_from:
        return {}
    # What had a translation, and was emptied since, has to be translated again.
    return {
        path: [one for one in sentences if one in row.texts.get(path, [])]
        for path, sentences in row.made_from.items()
    }


def is_whole(translation: Translation, origin: Origin) -> bool:
    """Whether no sentence is left to translate."""
    sentences = sum(len(said) for said in origin.made_from.values())
    return sentences == len(sentences_of(translation.source))


def sentences_of(source: TranslationSource) -> list[StringSegment]:
    """What there is to translate in `source`, in the order of its form."""
    found = segments_of(source)
    return [segment for segment in found if segment.context.path not in NOT_SAID]


def kinds_of_translation(translation: Translation) -> dict[tuple[int, int], str]:
    """Each sentence that is translated, and whether a machine did it."""
    rows = StringTranslation.objects.filter(
        locale=translation.target_locale_id,
        context__object_id=translation.source.object_id,
        has_error=False,
    )
    return {
        (string, context): kind
        for string, context, kind in rows.values_list(
            "translation_of_id", "context_id", "translation_type"
        )
    }


def link_of(thing: TranslatableMixin) -> Translation | None:
    """What makes `thing` a translation, worked on or not; none if it is a source."""
    return (
        Translation.objects.filter(
            source__object_id=thing.translation_key, target_locale_id=thing.locale_id
        )
        .select_related("source")
        .first()
    )
