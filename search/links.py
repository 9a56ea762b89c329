"""What pages are linked to, read for many of them at once.

Something may be renamed, or go offline, while others write what it is called. So that
neither misses what the other does, who writes asks once more for the names, holding all
of them until that is saved; and who changed something waits, once that is saved, for
those who hold them, and then looks at what they wrote.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from wagtail.models import Page

from network.core.models import Topic

from .facets import keys_in, words_of
from .files import files_of, texts_of
from .public import public_pages

NAME = ("translation_key", "locale__language_code")
# What the lock of all names is called.
LOCK = 28, 0


@dataclass(frozen=True)
class Links:
    """By the number of a page: where it stands in facets, and what files it offers."""

    facets: dict[int, list[str]]
    # What has a page or a topic is called so, by key and language; from A to Z.
    names: dict[tuple[UUID, str], str]
    files: dict[int, list[int]]
    # What these say, each by the number of its document.
    texts: dict[int, dict[int, str]]

    @classmethod
    def of(cls, pages: list[Page]) -> "Links":
        facets = words_of(pages)
        files = files_of(pages)
        return cls(facets, names_of(keys_at(facets)), files, texts_of(files))

    def still_hold(self) -> bool:
        """Whether all is called as it was; until that is saved, others wait for us."""
        keys = keys_at(self.facets)
        if keys:
            hold_names()
        return names_of(keys) == self.names

    def names_around(self, page: Page, language: str) -> list[str]:
        """What it is linked to, in one language if there is a name in that.

        Whoever looks for a method finds the cases that used it.
        """
        keys = keys_in(self.facets[page.pk])
        return [
            name
            for (key, spoken), name in self.names.items()
            if key in keys and (spoken == language or (key, language) not in self.names)
        ]


def keys_at(facets: dict[int, list[str]]) -> set[UUID]:
    return keys_in(word for words in facets.values() for word in words)


def names_of(keys: Iterable[UUID]) -> dict[tuple[UUID, str], str]:
    pages = public_pages().filter(translation_key__in=keys)
    topics = Topic.objects.filter(translation_key__in=keys, live=True)
    rows = pages.values_list(*NAME, "title").union(topics.values_list(*NAME, "name"))
    return {(key, spoken): name for key, spoken, name in rows.order_by("title")}


def hold_names() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", LOCK)


def wait_for_names(patience: str) -> None:
    """Until all is saved by those who asked for names before now."""
    alone = """
        SELECT set_config('lock_timeout', %s, true);
        SELECT pg_advisory_xact_lock(%s, %s)
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(alone, [patience, *LOCK])
