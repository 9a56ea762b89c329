"""The pictures of a page that is read: those it has, and those it had in public."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from wagtail.models import Page

from network.media.models import Picture

from .changes import Kind
from .texts import pictures_in


@dataclass(frozen=True)
class Shown:
    """A picture, and what became of it since the page was last public."""

    picture: Picture
    alternative: str
    kind: Kind


def pictures_compared(before: Page | None, after: Page) -> list[Shown]:
    """Each picture of `after`, then those that it has no more."""
    old, new = found_in(before) if before else {}, found_in(after)
    shown = [
        Shown(picture, said, Kind.SAME if key in old or not before else Kind.ADDED)
        for key, (picture, said) in new.items()
    ]
    shown += [
        Shown(picture, said, Kind.REMOVED)
        for key, (picture, said) in old.items()
        if key not in new
    ]
    with_renditions(one.picture for one in shown)
    return shown


def found_in(page: Page) -> dict[int, tuple[Picture, str]]:
    """Each picture once, with what is said of it where it comes first."""
    found: dict[int, tuple[Picture, str]] = {}
    for picture, alternative in pictures_in(page):
        found.setdefault(picture.pk, (picture, alternative))
    return found


def with_renditions(pictures: Iterable[Picture]) -> None:
    """One query, however many there are."""
    prefetch_related_objects(list(pictures), "renditions")
