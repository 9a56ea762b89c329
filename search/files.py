"""What the files say that pages offer, and to whom.

A job reads a file while another writes the entries of the pages that offer it. So that
neither misses what the other does, who reads a file holds it alone, and who writes of
it holds it with others, each until what they did is saved.
"""

from django.db import connection
from django.db.models import prefetch_related_objects
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


def texts_of(keys: list[int]) -> dict[int, str]:
    """What these say to everybody, each as much as there is room for."""
    if not keys:
        return {}
    said = FileText.objects.current().open_to_all().exclude(text="")
    share = Left("text", MOST_TEXT // len(keys))
    rows = said.filter(document__in=keys).order_by("document")
    return dict(rows.values_list("document", share))
