"""What a page, or a term, says to whoever looks for it."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.utils.translation import override
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search.index import SearchField

from cities.models import CityPage
from network.core.models import IndexPage

from .facets import kind_of, sets_of, years_of
from .links import Links
from .models import Entry
from .models.entries import Kind
from .vectors import Weight, names_vector, vector

# Fields that a page boosts say what it is about.
BOOSTED = 2
# When something was published that was put on the site in another way.
NOBODY_KNOWS = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass
class Said:
    """The texts of a page by how much they tell of it."""

    title: str
    # What else it is called: its official name, and its titles in other languages.
    names: str
    # Shown in lists, in this order: what it asks, and in short what it is.
    summary: str
    text: str
    # Found, and not shown: what it is linked to, which kind of page it is.
    around: str
    file_text: str = ""

    @property
    def head(self) -> list[tuple[str, Weight]]:
        return self.weighted[:3]

    @property
    def weighted(self) -> list[tuple[str, Weight]]:
        return [
            (self.title, "A"),
            (self.names, "A"),
            (self.summary, "B"),
            (self.text, "C"),
            (self.around, "C"),
            (self.file_text, "D"),
        ]


def said_by(
    page: Page,
    names: Iterable[str],
    around: Iterable[str],
    in_files: Iterable[str],
) -> Said:
    head, body = [], []
    for field in page.get_search_fields():
        if isinstance(field, SearchField) and field.field_name != "title":
            boosted = (field.boost or 1) >= BOOSTED
            (head if boosted else body).append(text_of(field.get_value(page)))
    return Said(
        title=page.title,
        names="\n".join(names),
        summary="\n".join(filter(None, head)),
        text="\n".join(filter(None, body)),
        around="\n".join(around),
        file_text="\n".join(in_files),
    )


def text_of(value) -> str:
    """The text in what a search field gives: a text, a number or a list of those."""
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, map(text_of, value)))
    return "" if value is None else str(value).strip()


def entry_of(
    page: Page, links: Links, readers: list[str], other_titles: Iterable[str]
) -> Entry:
    """The entry of a page in its own language.

    It is also found by its titles in others: people know things by the name they met.
    """
    language = page.locale.language_code
    first_year, last_year = years_of(page)
    told = links.texts[page.pk]
    # What is chosen from a list is written as readers see it, whoever publishes.
    with override(language):
        said = said_by(
            page,
            names=names_of(page, other_titles),
            around=[*links.names_around(page, language), *kind_names(page)],
            in_files=told.values(),
        )
    return finished(
        Entry(
            page_id=page.pk,
            key=page.translation_key,
            language=language,
            readers=readers,
            kind=kind_of(page),
            slug=page.slug,
            facets=links.facets[page.pk],
            first_year=first_year,
            last_year=last_year,
            published_at=page.first_published_at or NOBODY_KNOWS,
            files=links.files[page.pk],
            files_told=list(told),
        ),
        said,
    )


def is_bare_list(page: Page) -> bool:
    """Whether it says nothing itself: who looks for what it lists finds just that."""
    if not isinstance(page, IndexPage):
        return False
    return not get_text_for_indexing(page.introduction).strip()


def names_of(page: Page, other_titles: Iterable[str]) -> Iterator[str]:
    """What a page is called besides its title; that of a list names nothing."""
    if isinstance(page, CityPage):
        yield page.official_name
    if kind_of(page) != Kind.PAGE:
        yield from other_titles


def kind_names(page: Page) -> list[str]:
    return [str(type(page)._meta.verbose_name)]


def finished(entry: Entry, said: Said) -> Entry:
    entry.title, entry.summary = said.title, said.summary
    entry.text, entry.file_text = said.text, said.file_text
    entry.vector = vector(said.weighted, entry.language)
    entry.head = vector(said.head, entry.language)
    entry.names = names_vector(said.title)
    for column, (number, _words) in sets_of(entry.facets).items():
        setattr(entry, column, number)
    entry.digest = digest_of(entry)
    return entry


def digest_of(entry: Entry) -> str:
    told = [
        *(entry.key, entry.language, entry.readers, entry.kind, entry.slug),
        *(entry.title, entry.summary, entry.text, entry.file_text, entry.vector),
        *(entry.facets, entry.first_year, entry.last_year, entry.published_at),
        *(entry.files, entry.files_told),
    ]
    return sha256(repr(told).encode()).hexdigest()


def entries_of_term(term) -> Iterator[Entry]:
    """A term has an entry in each language, of its word and what that means."""
    for language, _name in settings.LANGUAGES:
        said = Said(
            title=getattr(term, f"word_{language}"),
            names="",
            summary=getattr(term, f"definition_{language}"),
            text="",
            around="",
        )
        facets = [f"kind:{Kind.TERM}", f"language:{language}"]
        entry = Entry(
            term_id=term.pk,
            key=key_of_term(term.pk),
            language=language,
            readers=[language],
            kind=Kind.TERM,
            slug=f"term-{term.pk}",
            facets=facets,
            published_at=term.first_published_at or NOBODY_KNOWS,
        )
        yield finished(entry, said)


# The first half of the keys of all terms; the second is the number of each.
TERMS = uuid.uuid5(uuid.NAMESPACE_OID, "term").int >> 64
NUMBER = (1 << 62) - 1


def key_of_term(pk: int) -> uuid.UUID:
    """A term has no translations, and so no key of its own."""
    return uuid.UUID(int=TERMS << 64 | 0b10 << 62 | pk)


def term_with(key: uuid.UUID) -> int | None:
    """The number of the term that has this key, if it is one of a term."""
    return key.int & NUMBER if key.int >> 64 == TERMS else None
