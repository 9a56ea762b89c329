"""What happens to a page in one language, and must happen in the others."""

from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, post_page_move

from network.moderation.gate import actor

from .drafts import translation_of


def move_versions(instance, parent_page_before, parent_page_after, **kwargs) -> None:
    """Move the page in each language to where its parent stands in that one."""
    for version in instance.get_translations():
        old, new = version.get_parent(), counterpart(parent_page_after, version)
        stood_alike = old.translation_key == parent_page_before.translation_key
        if new and new != old and stood_alike:
            version.specific.move(new, pos="last-child", user=actor())


def counterpart(parent: Page, version: Page) -> Page | None:
    return parent.get_translation_or_none(version.locale)


def keep_private(instance, **kwargs) -> None:
    """Have a translation be as private as its source, once it is no alias any more."""
    versions = instance.get_translations(inclusive=True)
    if not PageViewRestriction.objects.filter(page__in=versions).exists():
        return
    if translation := translation_of(instance):
        translation.source.update_target_view_restrictions(instance.locale)


def follow_versions() -> None:
    post_page_move.connect(move_versions)
    page_published.connect(keep_private)
