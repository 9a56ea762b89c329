"""To work on a translation without touching what is public, until it is approved.

wagtail-localize writes into the public row of a page: when a translation begins, when
one is saved as a draft, and before one is published. Here a draft is a revision, and an
alias stays one, for readers to find, until a revision of its own is published.
"""

from django.db import transaction
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import Locale, Page, Revision, TranslatableMixin, WorkflowState
from wagtail_localize.models import Translation

from network.moderation.history import TRANSLATE

from .sources import source_of


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
    draft = source.get_ephemeral_translated_instance(locale, fallback=True)
    if isinstance(draft, Page):
        prepare(draft)
    revision = draft.save_revision(user=user)
    log(
        instance=draft,
        action=TRANSLATE,
        user=user,
        revision=revision,
        content_changed=True,
    )
    return revision


def prepare(draft: Page) -> None:
    # Only in memory: Wagtail keeps no revision of what it takes for an alias.
    draft.alias_of = None
    # The time for which its source was planned is over, or not its own.
    draft.go_live_at = None
    draft.slug = find_available_slug(
        draft.get_parent(), draft.slug, ignore_page_id=draft.pk
    )


@transaction.atomic
def submit(translation: Translation, user) -> None:
    """Ask for the approval of what was translated."""
    page = translation.get_target_instance()
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
