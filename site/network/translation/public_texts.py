"""To write down what a page says in public, and which translations are outdated by it.

`note` does it, whenever a page is published, by whatever door. It changes no page.
"""

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import zip_longest

from django.db import transaction
from django.utils import timezone
from modelcluster.models import (
    get_all_child_m2m_relations,
    get_all_child_relations,
)
from wagtail.models import Page, Revision
from wagtail.signals import page_published
from wagtail_localize.models import Translation, TranslationSource

from network.core.remembered import is_minor, remembered_with

from .minor import carry, counted_as_said, still_said
from .models import PublicText
from .origins import Origin, link_of, origin_with
from .sources import refresh
from .texts import Texts, digest_of, facts_of, texts_of, words_in, words_of

# By path: what it said, and what it says there now; "" where there is nothing.
Differences = dict[str, list[tuple[str, str]]]


def note_publication(instance, revision=None, **kwargs) -> None:
    if not instance.alias_of_id:
        note(instance, revision)


@transaction.atomic
def note(page: Page, revision: Revision | None = None) -> PublicText | None:
    """Write down what `page` says in public, as `revision` has made it."""
    page = as_public(page)
    if not page.live or page.alias_of_id:
        return None
    rows = rows_of(page)
    row = rows.pop(page.pk, None) or PublicText(page=page)
    if link := link_of(page):
        note_translation(row, page, link, origin_with(revision), rows)
    else:
        minor = is_minor(remembered_with(revision), row.revision_key)
        note_source(row, page, minor, rows.values())
    return row


def as_public(page: Page) -> Page:
    """The page as its row is now, with all that belongs to it fetched once."""
    # Not as it was given: what is restored may come with a draft of it.
    page = page.specific_class._default_manager.get(pk=page.pk)
    for rows in get_all_child_relations(page) + get_all_child_m2m_relations(page):
        getattr(page, rows.name).get_object_list()
    return page


def rows_of(page: Page) -> dict[int, PublicText]:
    """What this page says in each language, for nobody else to change meanwhile."""
    rows = PublicText.objects.filter(page__translation_key=page.translation_key)
    rows = rows.select_related("page").select_for_update(of=("self",)).order_by("pk")
    return {row.page_id: row for row in rows}


def say(row: PublicText, page: Page) -> None:
    row.texts, row.facts = texts_of(page), facts_of(page)
    row.digest = digest_of([row.texts, row.facts])
    row.words = words_of(row.texts)
    row.revision_key = page.live_revision_id


# --- A source --------------------------------------------------------------


def note_source(
    row: PublicText, page: Page, minor: bool, others: Iterable[PublicText]
) -> None:
    before, digest = row.texts, row.digest
    say(row, page)
    row.made_from, row.made_from_facts = None, ""
    row.outdated_since, row.words_outdated, row.machine = None, 0, False
    keep = counted_as_said if minor else still_said
    row.minor_edits = keep(row.minor_edits, before, row.texts)
    if digest != row.digest:
        row.changed_at = timezone.now()
    row.save()
    refresh_strings(page, changed(before, row.texts) if minor else {})
    settle([one for one in others if one.is_translation], row)


def refresh_strings(page: Page, minor_changes: Differences) -> None:
    """Have translators meet what is public now; they have translated what is minor."""
    source = TranslationSource.objects.filter(
        object_id=page.translation_key, locale=page.locale_id
    ).first()
    if source:
        refresh(source, page)
        if minor_changes:
            carry(page, minor_changes)


# --- A translation ---------------------------------------------------------


def note_translation(
    row: PublicText,
    page: Page,
    link: Translation,
    origin: Origin | None,
    rows: dict[int, PublicText],
) -> None:
    say(row, page)
    if origin:
        row.made_from, row.made_from_facts = origin.made_from, origin.made_from_facts
        row.machine = origin.machine
    elif row.made_from is None:
        row.made_from = {}
    locale = link.source.locale_id
    source = next((one for one in rows.values() if one.page.locale_id == locale), None)
    source = source or source_row(page, locale)
    row.save()
    if source:
        settle([row], source)


def source_row(page: Page, locale: int) -> PublicText | None:
    """What the source says that nobody has noted yet: it was made public by code."""
    source = page.get_translations().filter(locale=locale).first()
    return note(source) if source else None


def settle(translations: list[PublicText], source: PublicText) -> None:
    """Write down which of the translations do not say what their source says now."""
    for row in translations:
        found = differences(row.made_from or {}, source)
        outdated = found or row.made_from_facts != source.facts
        since = row.outdated_since or source.changed_at
        row.outdated_since = since if outdated else None
        row.words_outdated = sum(
            words_in(new) for pairs in found.values() for _, new in pairs
        )
    PublicText.objects.bulk_update(translations, ["outdated_since", "words_outdated"])


def differences(said: Texts, source: PublicText) -> Differences:
    """What `source` says otherwise than the sentences `said`, by path."""
    counted = source.minor_edits
    return {
        path: pairs
        for path, pairs in changed(said, source.texts).items()
        if said.get(path, []) not in counted.get(path, [])
    }


def changed(old: Texts, new: Texts) -> Differences:
    return {
        path: list(pairs(old.get(path, []), new.get(path, [])))
        for path in [*new, *(path for path in old if path not in new)]
        if old.get(path) != new.get(path)
    }


def pairs(old: list[str], new: list[str]) -> Iterable[tuple[str, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield from zip_longest(old[start:end], new[new_start:new_end], fillvalue="")


def follow_publications() -> None:
    page_published.connect(note_publication)
