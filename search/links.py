"""What pages are linked to, read for many of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Page

from network.core.models import Topic

from .facets import keys_in, words_of
from .files import files_of, texts_of
from .public import public_pages

NAME = ("translation_key", "locale__language_code")


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
        keys = keys_in(word for words in facets.values() for word in words)
        files = files_of(pages)
        return cls(facets, names_of(keys), files, texts_of(files))

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


def names_of(keys: Iterable[UUID]) -> dict[tuple[UUID, str], str]:
    pages = public_pages().filter(translation_key__in=keys)
    topics = Topic.objects.filter(translation_key__in=keys, live=True)
    rows = pages.values_list(*NAME, "title").union(topics.values_list(*NAME, "name"))
    return {(key, spoken): name for key, spoken, name in rows.order_by("title")}
