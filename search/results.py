"""Results as readers see them: where to go, and why it was found."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, Site

from network.core.dates import period_in_words
from network.core.querysets import EditorialQuerySet

from .marks import Part, in_one_line, marked, passage
from .models.entries import Kind
from .names import Names
from .queries import Query
from .words import folded


@dataclass(frozen=True)
class Result:
    """Something that was found, as the reader's language shows it."""

    row: dict
    page: Page
    query: Query
    names: Names

    @property
    def title(self) -> str:
        return self.row["title"]

    @property
    def language(self) -> str:
        return self.row["language"]

    @property
    def url(self) -> str:
        return f"{self.page.url}{self.anchor}"

    @property
    def full_url(self) -> str:
        return f"{self.page.full_url}{self.anchor}"

    @property
    def anchor(self) -> str:
        """A term is a part of the glossary."""
        return f"#{self.row['slug']}" if self.row["kind"] == Kind.TERM else ""

    @cached_property
    def forms(self) -> set[str]:
        return self.query.forms(self.language)

    @cached_property
    def title_parts(self) -> list[Part]:
        return marked(self.title, self.language, self.forms)

    @cached_property
    def passage(self) -> list[Part]:
        row = self.row
        # The lines of a file end where its paper does.
        texts = [*map(in_one_line, (row["summary"], row["text"])), row["file_text"]]
        return passage(texts, self.language, self.forms)

    @property
    def kind(self) -> str:
        return str(Kind(self.row["kind"]).label)

    def named(self, facet: str) -> list[tuple[str, str]]:
        """What its values in a facet are called, each with the language of that."""
        words = [word for word in self.row["facets"] if word.startswith(f"{facet}:")]
        return [
            (str(label), self.names.language_of(word))
            for word in words
            if (label := self.names.label(word))
        ]

    @cached_property
    def cities(self) -> list[tuple[str, str]]:
        """All that it is of, in alphabetical order; a city is not of itself."""
        if self.row["kind"] == Kind.CITY:
            return []
        return sorted(self.named("city"), key=lambda name: folded(name[0])[1])

    @property
    def status(self) -> str:
        return ", ".join(name for name, _language in self.named("status"))

    @property
    def years(self) -> str:
        first, last = self.row["first_year"], self.row["last_year"]
        if not first:
            return ""
        return period_in_words(str(first), str(last) if last != first else "")

    @property
    def published_at(self):
        return parse_datetime(self.row["published_at"])


def results_of(rows: Iterable[dict], query: Query, names: Names) -> list[Result]:
    """These rows with the pages that readers are led to."""
    rows = list(rows)
    pages = pages_for(rows, names.language) if rows else {}
    shown = [(row, pages.get(page_key(row))) for row in rows]
    return [Result(row, page, query, names) for row, page in shown if page]


GLOSSARY = "glossary"


def is_in(page: Page, language: str) -> bool:
    return page.locale.language_code == language


def page_key(row: dict) -> UUID | str:
    return GLOSSARY if row["term_id"] else UUID(row["key"])


def pages_for(rows: list[dict], language: str) -> dict[UUID | str, Page]:
    """The page of each row: in the reader's tree, or else where it was written."""
    own = Q(locale__language_code=language)
    model = apps.get_model("home", "GlossaryPage")
    glossary = ContentType.objects.get_for_model(model)
    wanted = Q(pk__in=[row["page_id"] for row in rows])
    wanted |= own & Q(translation_key__in=[row["key"] for row in rows])
    wanted |= own & Q(content_type=glossary)
    pages = EditorialQuerySet(Page).live().open_to_all().filter(wanted)
    found: dict[UUID | str, Page] = {}
    roots = Site.get_site_root_paths()
    for page in sorted(
        pages.with_language().select_related("locale"),
        key=lambda page: is_in(page, language),
    ):
        if page.content_type_id == glossary.pk and is_in(page, language):
            found[GLOSSARY] = page
        # Wagtail would look for them once for each page, which costs a query where the
        # cache is a table.
        page._wagtail_cached_site_root_paths = roots
        found[page.translation_key] = page
    return found
