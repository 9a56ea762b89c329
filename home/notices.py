"""What a reader must know of the language of a page before reading it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.functional import cached_property
from wagtail.models import Page

from network.core.models import EditorialPage
from network.translation.doors import door_to_translation


@dataclass
class Notice:
    """What to say of `page` to who reads in `language`; nothing, of most pages.

    `versions` are the page itself and its other languages, as the public may see them,
    with what `network.translation` tells of each.
    """

    page: EditorialPage
    language: str
    versions: dict[str, Page]
    user: object = None

    @property
    def is_needed(self) -> bool:
        return bool(self.shown_in or self.outdated_since or self.machine)

    @property
    def shown_in(self) -> str:
        """The language that the page is shown in, if it is not the reader's."""
        written_in = self.page.content_language
        return written_in if written_in != self.language else ""

    @property
    def outdated_since(self) -> datetime | None:
        """When the original came to say something that this translation does not."""
        return getattr(self.public, "outdated_since", None) if self.original else None

    @property
    def machine(self) -> bool:
        """Whether a machine wrote some of it, and nobody has read that yet."""
        return bool(getattr(self.public, "machine", False))

    @cached_property
    def public(self) -> Page | None:
        """This page as the public knows it, be it being previewed as a draft."""
        versions = self.versions.values()
        return next((one for one in versions if one.pk == self.page.pk), None)

    @cached_property
    def original(self) -> dict | None:
        """The text that this one was made from, if anyone may read it."""
        links = (
            {"url": page.url, "code": page.content_language}
            for page in self.versions.values()
            if page.pk != self.page.pk
        )
        return next(links, None)

    @property
    def door(self) -> str:
        """Where whoever reads this may translate it, if they may."""
        # A front door that is shown for another has nothing to be translated into.
        if self.user is None or (self.shown_in and not self.page.alias_of_id):
            return ""
        return door_to_translation(self.user, self.page)


def somebody(request):
    """Whoever has signed in; none without even asking for who has no session.

    An answer to a reader must not depend on cookies: one copy of it serves them all.
    """
    return request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else None
