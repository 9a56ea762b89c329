"""To mirror a page into the other languages, and to translate it, from code."""

from collections.abc import Mapping

from django.db import transaction
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import (
    LocaleSynchronization,
    StringSegment,
    StringTranslation,
    Translation,
)
from wagtail_localize.synctree import create_aliases_for_new_page

from .origins import origin_of, remember
from .public_texts import note
from .sources import source_of


def follow(locale: Locale, source: Locale) -> None:
    """Show in `locale` every page of `source`, as it is until it is translated."""
    LocaleSynchronization.objects.get_or_create(
        locale=locale, defaults={"sync_from": source}
    )


def mirror(page: Page) -> None:
    """Give a page made by code the copies that one made in the admin gets by itself."""
    create_aliases_for_new_page(page)
    if page.live and not page.alias_of_id:
        note(page)


@transaction.atomic
def translate(
    thing: TranslatableMixin, locale: Locale, strings: Mapping[str, str], user=None
) -> TranslatableMixin:
    """Publish `thing` in `locale`, its strings being those of `strings`.

    Keys and values are strings as wagtail-localize stores them, HTML-escaped; what
    is missing stays as in the source. The translation can be worked on afterwards
    in the admin like any other.
    """
    source = source_of(thing)
    link, _ = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    StringTranslation.objects.bulk_create(
        translated_strings(source, locale, strings, user),
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=["data"],
    )
    # Not its `publish` argument, which waits for the end of the transaction.
    translation, _ = source.create_or_update_translation(
        locale, user=user, publish=False, fallback=True
    )
    revision = translation.latest_revision
    if isinstance(thing, Page):
        # Whoever calls this says that it is whole: what stays the same is meant to.
        remember(revision, origin_of(link, whole=True))
    revision.publish(user=user)
    return translation


def translated_strings(source, locale, strings, user) -> list[StringTranslation]:
    segments = StringSegment.objects.filter(source=source).select_related("string")
    return [
        StringTranslation(
            translation_of=segment.string,
            locale=locale,
            context_id=segment.context_id,
            data=strings[segment.string.data],
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            last_translated_by=user,
        )
        for segment in segments
        if segment.string.data in strings
    ]
