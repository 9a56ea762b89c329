"""A translation is public with its original, and never before it."""

from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from network.moderation.gate import actor
from network.moderation.models.approval import CannotBePublic

from .origins import link_of


def require_public_original(page: Page, revision: Revision) -> None:
    """Refuse to publish what readers would find in one language alone.

    Commands and jobs act for nobody, and know in which order they publish.
    """
    if actor() and is_alone(page):
        raise CannotBePublic(
            _("Its original is not public yet: that one is to be approved first.")
        )


def is_alone(page: Page) -> bool:
    """Whether this is a translation whose original nobody can read."""
    link = link_of(page)
    if link is None:
        return False
    original = page.get_translation_or_none(link.source.locale)
    return original is not None and not original.live
