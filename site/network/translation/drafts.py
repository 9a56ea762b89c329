"""To work on a translation without touching what is public, until it is approved.

wagtail-localize writes into the public row of a page: when a translation begins, when
one is saved as a draft, and before one is published. Here a draft is a revision, and an
alias stays one, for readers to find, until a revision of its own is published.
"""

import json
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    Locale,
    Page,
    Revision,
    TranslatableMixin,
    WorkflowState,
)
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from network.core.following import following
from network.moderation.history import TRANSLATE
from network.moderation.review import require_not_retracted

from .origins import hand_on, origin_of
from .places import Form
from .sources import content_of, source_of

# What Wagtail keeps of every page, but for what is written by hand.
NOTES = {field.name for field in Page._meta.fields} - {
    *("title", "slug", "seo_title", "search_description", "show_in_menus"),
} | {COMMENTS_RELATION_NAME}


class AlreadyWaitingError(Exception):
    """What is submitted waits for its approval already."""


def translation_of(thing: TranslatableMixin) -> Translation | None:
    """The translation by which `thing` is, or will be, what its source says."""
    return Translation.objects.filter(
        source__object_id=thing.translation_key,
        target_locale_id=thing.locale_id,
        enabled=True,
    ).first()


@transaction.atomic
def begin(thing: TranslatableMixin, locale: Locale, user) -> Translation:
    """Make `thing` ready to be translated; what stands in for it stays as it is."""
    translation, _ = Translation.objects.update_or_create(
        source=source_of(thing), target_locale=locale, defaults={"enabled": True}
    )
    if not thing.has_translation(locale):
        translation.save_target(user=user, publish=False)
    return translation


@transaction.atomic
def keep_draft(translation: Translation, user) -> Revision:
    """Save what was translated so far as a draft that `user` made."""
    source, locale = translation.source, translation.target_locale
    keep_at_hand(source)
    # Before the draft, which is made of the same blocks.
    origin = origin_of(translation)
    draft = source.get_ephemeral_translated_instance(locale, fallback=True)
    given = {}
    if isinstance(draft, Page):
        prepare(draft)
        hand_on(draft, origin)
        given = {"clean": False}
    with following():
        # It is there in all languages, or it would be no translation.
        revision = draft.save_revision(user=user, **given)
    log(
        instance=draft,
        action=TRANSLATE,
        user=user,
        revision=revision,
        content_changed=True,
    )
    return revision


def keep_at_hand(source: TranslationSource) -> None:
    """Have `source` give its page once, as its form has read it if nothing was deleted.

    wagtail-localize asks anew each time, and then for each link of the page.
    """
    row = source.get_source_instance()
    if isinstance(row, Page):
        # Beside the page; the database is not asked for what is noted there.
        setattr(row, COMMENTS_RELATION_NAME, [])
    if isinstance(row, Page) and same(content_of(row), source.content_json):
        # All that the row links to is there: the database would not let it go.
        thing = Form.of(source).thing
    else:
        thing = source.as_instance()
    source.as_instance = lambda: thing


def same(one: str, other: str) -> bool:
    """Whether two contents say the same, whatever Wagtail notes about the page."""
    said = [json.loads(content) for content in (one, other)]
    return written(said[0]) == written(said[1])


def written(content: dict) -> dict:
    return {name: plain(value) for name, value in content.items() if name not in NOTES}


def plain(value):
    # The database keeps streams with the names of their parts in its own order.
    is_stream = isinstance(value, str) and value.startswith("[")
    with suppress(ValueError):
        return json.loads(value) if is_stream else value
    return value


def prepare(draft: Page) -> None:
    """Make `draft` what may be saved; raise a ValidationError where it may not."""
    # Only in memory: Wagtail keeps no revision of what it takes for an alias.
    draft.alias_of = None
    # The time for which its source was planned is over, or not its own.
    draft.go_live_at = None
    rows = Page.objects.annotate(has_address=Exists(addresses_of(draft)))
    known, has_address = rows.values_list("slug", "has_address").get(pk=draft.pk)
    if not has_address:
        # It keeps the one it has until somebody translates it.
        draft.slug = known
    try:
        draft.full_clean(exclude=NOTES)
    except ValidationError as wrong:
        if not has_address or set(wrong.error_dict) != {"slug"}:
            raise
        draft.slug = find_available_slug(
            draft.get_parent(), draft.slug, ignore_page_id=draft.pk
        )
        draft.full_clean(exclude=NOTES)


def addresses_of(draft: Page):
    """What somebody has made of the address of its source in its language."""
    return StringSegment.objects.filter(
        source__object_id=draft.translation_key,
        context__path="slug",
        string__translations__locale_id=draft.locale_id,
        string__translations__context_id=F("context_id"),
        string__translations__has_error=False,
    )


@transaction.atomic
def submit(translation: Translation, user) -> None:
    """Ask for the approval of what was translated."""
    page = translation.get_target_instance()
    require_not_retracted(page)
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise AlreadyWaitingError
    keep_draft(translation, user)
    if state:
        state.resume(user)
    else:
        # Fetched anew: the workflow asks it for the revision that was just saved.
        page = translation.get_target_instance()
        page.get_workflow().start(page, user)


@transaction.atomic
def publish(translation: Translation, user) -> None:
    """Publish what was translated, in the name of `user`."""
    keep_draft(translation, user).publish(user=user)
