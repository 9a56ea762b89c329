"""To mirror a page into the other languages, and to translate it, from code."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import (
    LocaleSynchronization,
    StringSegment,
    StringTranslation,
    Translation,
)

from .origins import origin_of, remember
from .public_texts import note
from .sources import source_of


def follow(locale: Locale, source: Locale) -> None:
    """Show in `locale` every page of `source`, as it is until it is translated."""
    LocaleSynchronization.objects.get_or_create(
        locale=locale, defaults={"sync_from": source}
    )


def mirror(page: Page) -> None:
    """Show a page that code has made in all languages, and note what it says."""
    show_elsewhere(page)
    if page.live and not page.alias_of_id:
        note(page)


def show_elsewhere(page: Page) -> None:
    """Show a page in the languages where it is missing, as it is until translated."""
    if page.is_root():
        return
    for locale in languages_without(page):
        # Whoever published it may hold it as it was before.
        page = Page.objects.get(pk=page.pk)
        page.copy_for_translation(locale, copy_parents=True, alias=True)


def languages_without(page: Page) -> QuerySet[Locale]:
    """The languages that should show this page, and have nothing of it.

    A language shows what is written in the one that it follows, and the other way
    round: somebody may write in English first.
    """
    pairs, here = LocaleSynchronization.objects, page.locale_id
    versions = Page.objects.filter(translation_key=page.translation_key)
    linked = Q(pk__in=pairs.filter(sync_from=here).values("locale"))
    linked |= Q(pk__in=pairs.filter(locale=here).values("sync_from"))
    return Locale.objects.filter(linked).exclude(pk__in=versions.values("locale"))


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
