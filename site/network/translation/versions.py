"""What happens to a page in one language, and must happen in the others.

By whatever way: Wagtail tells of all of them by the same signals.
"""

from django.db import transaction
from django.db.models.signals import post_save, pre_save
from django.utils.translation import gettext as _
from wagtail.models import (
    Page,
    PageLogEntry,
    PageViewRestriction,
    Revision,
    get_page_models,
)
from wagtail.signals import (
    copy_for_translation_done,
    page_published,
    page_slug_changed,
    post_page_move,
    pre_page_move,
)

from network.core.following import following, leads
from network.core.models import HOME_DEPTH
from network.moderation.gate import actor, check_moving, refuse

from .copies import carry_over
from .drafts import translation_of
from .positions import free_slug, rename, stand_alike
from .sharing import share_rights
from .verbs import show_elsewhere

# --- What is new -----------------------------------------------------------


def mirror_new(instance, created, raw=False, **kwargs) -> None:
    """Show a page in the other languages from its first revision on."""
    page = instance.content_object if created and not raw and leads() else None
    if isinstance(page, Page) and page.latest_revision_id is None:
        show_elsewhere(page)


def follow_history(instance, created, raw=False, **kwargs) -> None:
    """Do for copies and aliases what was done for what they were made of.

    Wagtail tells of them in its history, and by no signal.
    """
    if not created or raw or not leads():
        return
    if instance.action == "wagtail.copy":
        with following(), transaction.atomic():
            carry_over(instance.page, instance.user)
    elif instance.action == "wagtail.create_alias" and is_apart(instance.page):
        show_elsewhere(instance.page)


def is_apart(alias: Page) -> bool:
    """Whether this alias shows a page at a second place, not in another language."""
    return alias.alias_of.translation_key != alias.translation_key


def settle(source_obj, target_obj, **kwargs) -> None:
    """Give a page that was just mirrored its place, and its people (D5)."""
    if isinstance(target_obj, Page):
        share_rights(source_obj, target_obj)
        with following():
            stand_alike(target_obj, source_obj)


# --- What moves ------------------------------------------------------------


def check_versions(instance, parent_page_after, **kwargs) -> None:
    """Move nothing that cannot be moved in every language."""
    check_language(instance, parent_page_after)
    if not leads() or actor() is None:
        return
    for version in instance.get_translations():
        parent = parent_page_after.get_translation_or_none(version.locale)
        if parent and not may_move(version, parent):
            refuse(version, _("You may not move this page in all its languages."))
        if parent:
            check_moving(version, parent)


def may_move(version: Page, parent: Page) -> bool:
    rights = version.specific.permissions_for_user(actor())
    return version.is_child_of(parent) or rights.can_move_to(parent.specific)


def check_language(page: Page, parent: Page) -> None:
    if parent.depth >= HOME_DEPTH and parent.locale_id != page.locale_id:
        refuse(page, _("A page stays among the pages of its language."))


def check_new(instance, raw=False, **kwargs) -> None:
    if not raw and instance._state.adding and (instance.depth or 0) > HOME_DEPTH:
        check_language(instance, instance.get_parent())


def move_versions(instance, parent_page_after, **kwargs) -> None:
    """Put each version where the page was put, and between the same pages (D7)."""
    if not leads():
        return
    show_elsewhere(parent_page_after)
    with following(), transaction.atomic():
        for version in instance.get_translations():
            stand_alike(version, instance)


# --- What changes its name, and what becomes public ------------------------


def rename_versions(instance, instance_before, **kwargs) -> None:
    """Have a version change its slug as well, unless it has one of its own (D8)."""
    if not leads() or instance.depth <= HOME_DEPTH:
        return
    with following():
        for version in instance.get_translations():
            if follows_slug(version, instance, instance_before.slug):
                slug = free_slug(version, instance.slug, version.get_parent())
                rename(version, slug)


def follows_slug(version: Page, source: Page, slug_before: str) -> bool:
    if version.alias_of_id:
        return version.alias_of_id == source.pk
    translation = translation_of(version)
    is_its = translation and translation.source.locale_id == source.locale_id
    return bool(is_its) and version.slug == slug_before


def keep_private(instance, **kwargs) -> None:
    """Have a translation be as private as its source, once it is no alias any more."""
    versions = instance.get_translations(inclusive=True)
    if not PageViewRestriction.objects.filter(page__in=versions).exists():
        return
    if translation := translation_of(instance):
        translation.source.update_target_view_restrictions(instance.locale)


def date_alias(instance, alias=False, **kwargs) -> None:
    """An alias is as old as what it shows; Wagtail forgets that of a former draft."""
    if alias and instance.first_published_at is None:
        day = instance.alias_of.first_published_at
        Page.objects.filter(pk=instance.pk).update(first_published_at=day)


def follow_versions() -> None:
    for model in get_page_models():
        pre_save.connect(check_new, sender=model)
    post_save.connect(mirror_new, sender=Revision)
    post_save.connect(follow_history, sender=PageLogEntry)
    copy_for_translation_done.connect(settle)
    pre_page_move.connect(check_versions)
    post_page_move.connect(move_versions)
    page_slug_changed.connect(rename_versions)
    page_published.connect(keep_private)
    page_published.connect(date_alias)
