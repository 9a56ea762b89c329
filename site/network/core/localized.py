"""The same things in the reader's language.

A case written in French names French methods, and so does its copy under `/en/`:
links are kept as their author made them, and read through what all language
versions of a thing have in common, its translation key.
"""

from collections.abc import Iterable

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from wagtail.models import Orderable, Page, TranslatableMixin

from .querysets import found_by


def counterparts(things: Iterable[TranslatableMixin], among: QuerySet) -> QuerySet:
    """Of `among` (things in one language), those that `things` are in any language."""
    among = with_versions(among)
    if isinstance(things, QuerySet):
        keys = things.order_by().values("translation_key")
        return among.filter(found_by(keys, "translation_key"))
    # A page being previewed holds its links in memory.
    return among.filter(translation_key__in=[thing.translation_key for thing in things])


def versions_of(kind: type[TranslatableMixin], key) -> QuerySet:
    """The primary keys of a thing in all languages.

    PostgreSQL knows how few of all pages share a key, and not how few of one kind.
    """
    everything = (Page if issubclass(kind, Page) else kind).objects.order_by()
    return everything.filter(translation_key=key).values("pk")


def with_versions(things: QuerySet) -> QuerySet:
    """Each with the primary keys that it has in all languages.

    To count what names it, PostgreSQL must be told these: it knows which are frequent.
    """
    versions = versions_of(things.model, OuterRef("translation_key"))
    return things.annotate(version_keys=ArraySubquery(versions))


def place_of(row: Orderable) -> tuple[int, int]:
    """Where `row` stands; rows made by a program may all have no place, or the same."""
    return row.sort_order or 0, row.pk or 0


def linked(links, name: str, among: QuerySet) -> list[tuple]:
    """What the rows `links` point at by their field `name`, as found in `among`.

    Pairs of the thing and its row, in the order of the rows. A thing that is not
    in `among` (a draft, say) is left out.
    """
    rows, among = links.all(), with_versions(among)
    if not isinstance(rows, QuerySet):
        return linked_in_memory(rows, name, among)
    key = f"{name}__translation_key"
    named = found_by(rows.order_by().values(key), "translation_key")
    things = among.filter(named).annotate(
        links=as_data(rows.filter(**{key: OuterRef("translation_key")}))
    )
    found = [(thing, rows.model(**row)) for thing in things for row in thing.links]
    return sorted(found, key=lambda pair: place_of(pair[1]))


def as_data(rows: QuerySet) -> ArraySubquery:
    """These rows as a column of something else: no query more."""
    names = [field.attname for field in rows.model._meta.concrete_fields]
    return ArraySubquery(
        rows.order_by().values(row=JSONObject(**{name: name for name in names}))
    )


def linked_in_memory(rows: Iterable[Orderable], name: str, among: QuerySet):
    """A page being previewed holds its links in memory."""
    keys = [(getattr(row, name).translation_key, row) for row in rows]
    things = among.filter(translation_key__in=[key for key, row in keys])
    found = {thing.translation_key: thing for thing in things}
    pairs = [(found[key], row) for key, row in keys if key in found]
    return sorted(pairs, key=lambda pair: place_of(pair[1]))
