"""The trees of all languages, as one query gives them: small enough for any network."""

from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property
from uuid import UUID

from wagtail.models import Locale, Page
from wagtail_localize.models import LocaleSynchronization, Translation

from network.core.models import HOME_DEPTH


@dataclass(frozen=True)
class Row:
    """A page, as far as its place and its versions go."""

    pk: int
    path: str
    depth: int
    slug: str
    title: str
    url_path: str
    locale_id: int
    translation_key: UUID
    alias_of_id: int | None
    live: bool
    latest_revision_id: int | None
    last_published_at: datetime | None

    @property
    def page(self) -> Page:
        return Page.objects.get(pk=self.pk).specific


class Trees:
    """What stands where, in which language."""

    def __init__(self) -> None:
        names = [field.name for field in fields(Row)]
        pages = Page.objects.filter(depth__gte=HOME_DEPTH).order_by("path")
        self.rows = [Row(*values) for values in pages.values_list(*names)]

    @cached_property
    def by_pk(self) -> dict[int, Row]:
        return {row.pk: row for row in self.rows}

    @cached_property
    def by_path(self) -> dict[str, Row]:
        return {row.path: row for row in self.rows}

    @cached_property
    def versions(self) -> dict[UUID, dict[int, Row]]:
        """The versions of each page by their language."""
        versions: dict[UUID, dict[int, Row]] = defaultdict(dict)
        for row in self.rows:
            versions[row.translation_key][row.locale_id] = row
        return versions

    @cached_property
    def children(self) -> dict[str, list[Row]]:
        """What is right below each path, in the order of the tree."""
        children: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            children[row.path[: -Page.steplen]].append(row)
        return children

    @cached_property
    def languages(self) -> dict[int, str]:
        return dict(Locale.objects.values_list("pk", "language_code"))

    @cached_property
    def followed(self) -> dict[int, int]:
        """The language that each language follows."""
        return dict(LocaleSynchronization.objects.values_list("locale", "sync_from"))

    @cached_property
    def sources(self) -> dict[tuple[UUID, int], int]:
        """The language from which a page is translated into a language."""
        made = Translation.objects.filter(enabled=True)
        names = ("source__object_id", "target_locale", "source__locale")
        return {(key, to): since for key, to, since in made.values_list(*names)}

    def parent(self, row: Row) -> Row | None:
        return self.by_path.get(row.path[: -Page.steplen])

    def shown(self, row: Row) -> Row | None:
        """What an alias shows."""
        return self.by_pk.get(row.alias_of_id) if row.alias_of_id else None

    def version(self, row: Row, locale: int) -> Row | None:
        return self.versions[row.translation_key].get(locale)

    def leader(self, row: Row) -> Row | None:
        """The version that this one follows, if it follows one."""
        shown = self.shown(row)
        if shown and shown.locale_id != row.locale_id:
            return self.version(row, shown.locale_id)
        since = self.sources.get((row.translation_key, row.locale_id))
        if since is None and not self.is_source(row):
            since = self.followed.get(row.locale_id)
        return self.version(row, since) if since else None

    def is_source(self, row: Row) -> bool:
        """Whether another version follows this one by itself."""
        others = self.versions[row.translation_key].values()
        keys = [(other.translation_key, other.locale_id) for other in others]
        made = row.locale_id in [self.sources.get(key) for key in keys]
        return made or any(other.alias_of_id == row.pk for other in others)

    def languages_without(self, row: Row) -> list[int]:
        """The languages that should show a page, and have nothing of it."""
        here = row.locale_id
        linked = [to for to, since in self.followed.items() if since == here]
        linked += [since for to, since in self.followed.items() if to == here]
        return [locale for locale in linked if not self.version(row, locale)]
