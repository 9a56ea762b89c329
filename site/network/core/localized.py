"""The same things in the reader's language.

A case written in French names French methods, and so does its copy under `/en/`:
links are kept as their author made them, and read through what all language
versions of a thing have in common, its translation key.
"""

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.models import Orderable, TranslatableMixin


def counterparts(things: Iterable[TranslatableMixin], among: QuerySet) -> QuerySet:
    """Of `among` (things in one language), those that `things` are in any language."""
    if isinstance(things, QuerySet):
        keys = things.order_by().values("translation_key")
        return among.filter(translation_key__in=keys)
    # A page being previewed holds its links in memory.
    return among.filter(translation_key__in=[thing.translation_key for thing in things])


def place_of(row: Orderable) -> tuple[int, int]:
    """Where `row` stands; rows made by a program may all have no place, or the same."""
    return row.sort_order or 0, row.pk or 0


def linked(links, name: str, among: QuerySet) -> list[tuple]:
    """What the rows `links` point at by their field `name`, as found in `among`.

    Pairs of the thing and its row, in the order of the rows. A thing that is not
    in `among` (a draft, say) is left out.
    """
    rows = [
        (getattr(row, name).translation_key, row)
        for row in sorted(links.select_related(name), key=place_of)
    ]
    things = among.filter(translation_key__in=[key for key, row in rows])
    found = {thing.translation_key: thing for thing in things}
    return [(found[key], row) for key, row in rows if key in found]
