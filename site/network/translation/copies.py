"""What a copy takes along of the other languages.

A copy is shown in the other language as its original begins: as it is written. What
was translated of the original waits there as a draft, for somebody to approve it.
"""

from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page
from wagtail_localize.models import (
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
)

from .drafts import begin, keep_draft


def carry_over(copied: Page, user) -> None:
    """Give a page that was just copied what its original has in other languages."""
    original = getattr(copied, "copied_from", None)
    if original is None:
        return
    if copied.live:
        dates = {"first_published_at": copied.first_published_at}
        copied.aliases.update(last_published_at=copied.last_published_at, **dates)
    if is_shown_for_another(original):
        turn_around(original, copied, user)
    for translation in translations_from(original):
        carry_translation(translation, copied, user)


def is_shown_for_another(page: Page) -> bool:
    """Whether this is what readers find of a page in the language of another."""
    return bool(page.alias_of_id) and page.alias_of.locale_id != page.locale_id


def turn_around(original: Page, copied: Page, user) -> None:
    """Have the copy of an alias be an alias: its text is in the other language."""
    written = copied.get_translation_or_none(original.alias_of.locale)
    if written is None:
        return
    action = ConvertAliasPageAction(written.specific, log_action=None, user=user)
    action.execute(skip_permission_checks=True)
    copied.revisions.all().delete()
    Page.objects.filter(pk=copied.pk).update(
        alias_of=written, latest_revision=None, live_revision=None
    )


# --- Translations ----------------------------------------------------------


def translations_from(original: Page) -> list[Translation]:
    made = Translation.objects.filter(
        source__object_id=original.translation_key,
        source__locale=original.locale_id,
        enabled=True,
    )
    return list(made.select_related("target_locale"))


def carry_translation(translation: Translation, copied: Page, user) -> None:
    """Keep what was translated of the original as a draft of the copy."""
    copy = begin(copied, translation.target_locale, user)
    carry_strings(translation, copy)
    carry_overrides(translation, copy)
    keep_draft(copy, user)


def carry_strings(translation: Translation, copy: Translation) -> None:
    """A string keeps its translation, wherever it stands in the copy."""
    known = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id,
        locale=translation.target_locale_id,
    ).select_related("context")
    by_string = {one.translation_of_id: one for one in known}
    by_place = {(one.translation_of_id, one.context.path): one for one in known}
    segments = StringSegment.objects.filter(source=copy.source)
    carried = []
    for segment in segments.select_related("context"):
        place = (segment.string_id, segment.context.path)
        if one := by_place.get(place) or by_string.get(segment.string_id):
            carried.append(again(one, context_id=segment.context_id))
    StringTranslation.objects.bulk_create(carried, ignore_conflicts=True)


def carry_overrides(translation: Translation, copy: Translation) -> None:
    """So does what was chosen for one language: a picture, a link."""
    overrides = SegmentOverride.objects.filter(
        context__object_id=translation.source.object_id,
        locale=translation.target_locale_id,
    )
    contexts = copy.source.overridablesegment_set.values_list(
        "context__path", "context"
    )
    places = dict(contexts)
    SegmentOverride.objects.bulk_create(
        again(one, context_id=places[one.context.path])
        for one in overrides.select_related("context")
        if one.context.path in places
    )


def again(row, context_id: int):
    """The same row once more, at another place."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
    return type(row)(**fields | {"id": None, "context_id": context_id})
