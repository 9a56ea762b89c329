"""What the files say that pages offer, and to whom.

A job reads a file while another writes the entries of the pages that offer it. So that
neither misses what the other does, who reads a file holds it alone, and who writes of
it holds it with others, each until what they did is saved.
"""

from collections import defaultdict

from django.db import connection
from django.db.models import Case, When, prefetch_related_objects
from django.db.models.functions import Left
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from network.access.references import kept_references
from network.media.models import Document

from .facets import by_type
from .models import FileText

# Of all the files of a page together: a vector has no room for much more.
MOST_TEXT = 200_000
# What our locks are called, and how many numbers there are for them.
LOCK, NUMBERS = 27, 2**31


def hold(keys: list[int]) -> None:
    """Wait for those who read these files, and have others wait until we are done."""
    each = "SELECT pg_advisory_xact_lock_shared(%s, key) FROM unnest(%s::int[]) key"
    with connection.cursor() as cursor:
        cursor.execute(each, [LOCK, [key % NUMBERS for key in keys]])


def hold_alone(key: int) -> None:
    """Wait for those who write of this file, and have others wait until we are done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, key % NUMBERS])


def files_of(pages: list[Page]) -> dict[int, list[int]]:
    """The documents that each page offers, and that nobody reads until we are done."""
    for model, same in by_type(pages).items():
        children = get_all_child_relations(model)
        prefetch_related_objects(same, *(one.get_accessor_name() for one in children))
    files = {page.pk: documents_in(page) for page in pages}
    if keys := {key for keys in files.values() for key in keys}:
        hold(sorted(keys))
    return files


def documents_in(page: Page) -> list[int]:
    kept = kept_references(page)
    return sorted(int(key) for kind, key in kept if kind is Document)


def texts_of(files: dict[int, list[int]]) -> dict[int, dict[int, str]]:
    """What the files of each page say to everybody, as much as there is room for."""
    said = beginnings_of(files)
    return {
        page: {key: said[key][: room_for(keys)] for key in keys if key in said}
        for page, keys in files.items()
    }


def room_for(keys: list[int]) -> int:
    """How much of each of these files, which one page offers."""
    return MOST_TEXT // len(keys)


def beginnings_of(files: dict[int, list[int]]) -> dict[int, str]:
    """What each says, as much as any page has room for: one query for all pages."""
    crowded_first = sorted(filter(None, files.values()), key=len, reverse=True)
    room = {key: room_for(keys) for keys in crowded_first for key in keys}
    if not room:
        return {}
    same = defaultdict(list)
    for key, length in room.items():
        same[length].append(key)
    most = Case(*(When(document__in=same[length], then=length) for length in same))
    said = FileText.objects.current().open_to_all().exclude(text="")
    return dict(
        said.filter(document__in=room).values_list("document", Left("text", most))
    )
