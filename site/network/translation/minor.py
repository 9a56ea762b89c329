"""Minor edits of a source: a comma, a misspelling. Translations stay up to date.

Whoever edits says so, of all that the draft changes in what is public, and each
revision remembers it until it is published: see `network.core.remembered`.
"""

from wagtail.models import Locale, Page
from wagtail_localize.models import String, StringTranslation, TranslationContext

from .texts import Texts


def counted_as_said(known: dict[str, list], before: Texts, now: Texts) -> dict:
    """What was said before minor edits, with this one."""
    edited = {path for path in {*before, *now} if before.get(path) != now.get(path)}
    return known | {
        path: [*known.get(path, []), before.get(path, [])] for path in edited
    }


def still_said(known: dict[str, list], before: Texts, now: Texts) -> dict:
    """What was said before minor edits, where this change, a real one, is not."""
    return {
        path: earlier
        for path, earlier in known.items()
        if before.get(path) == now.get(path)
    }


def carry(page: Page, changed: dict[str, list[tuple[str, str]]]) -> None:
    """Have what translates an old sentence translate the one that took its place."""
    replaced = {
        (path, old): new
        for path, pairs in changed.items()
        for old, new in pairs
        if old and new
    }
    contexts = TranslationContext.objects.filter(
        object_id=page.translation_key, path__in=changed
    )
    rows = StringTranslation.objects.filter(context__in=contexts, has_error=False)
    rows = list(rows.select_related("context", "translation_of"))
    strings = strings_of(page.locale, set(replaced.values()))
    StringTranslation.objects.bulk_create(
        [copied(row, strings[new]) for row in rows if (new := new_for(row, replaced))],
        ignore_conflicts=True,
    )


def new_for(row: StringTranslation, replaced: dict[tuple[str, str], str]) -> str:
    return replaced.get((row.context.path, row.translation_of.data), "")


def strings_of(locale: Locale, sentences: set[str]) -> dict[str, String]:
    hashes = [String._get_data_hash(sentence) for sentence in sentences]
    known = String.objects.filter(locale=locale, data_hash__in=hashes)
    return {string.data: string for string in known}


def copied(row: StringTranslation, string: String) -> StringTranslation:
    return StringTranslation(
        translation_of=string,
        locale_id=row.locale_id,
        context=row.context,
        data=row.data,
        translation_type=row.translation_type,
        tool_name=row.tool_name,
        last_translated_by_id=row.last_translated_by_id,
        # Nobody wrote anything now.
        updated_at=row.updated_at,
    )
