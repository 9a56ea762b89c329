"""All that anyone can read, to compare before and after somebody tried something."""

import re
from collections.abc import Iterable
from difflib import unified_diff
from functools import cache, lru_cache

from bs4 import BeautifulSoup
from django.apps import apps
from django.db import connection
from modelcluster.fields import ParentalKey
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Comment,
    CommentReply,
    DraftStateMixin,
    Locale,
    Page,
    PageViewRestriction,
    Revision,
    Site,
)

from home.models import NetworkSettings
from network.moderation.gate import BOOKKEEPING
from network.moderation.models import Retraction
from network.moderation.used_media import CONSENT, SHOWN
from tests.visitors import Visitor

WHOLE = [Redirect, Site, Locale, PageViewRestriction, NetworkSettings, Retraction]
# They hang on a page, and no reader sees them.
OF_DRAFTS = [Comment, CommentReply]
API = [f"/api/v2/pages/?fields=*&limit=20&offset={start}" for start in (0, 20, 40)]
MISSING = (0, "")
# What a public row notes about drafts, of itself and below it.
HIDDEN = {*BOOKKEEPING, "numchild"}
# New with each answer, and nothing that a reader sees.
CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"')


def crawl(also: Iterable[str] = ()) -> dict[str, tuple[int, str]]:
    """Every address that a visitor can find, or knows from before: what it answers."""
    visitor, found = Visitor(), {}
    ways = ["/fr/", "/en/", *API, *also]
    while ways:
        address = ways.pop()
        if address not in found:
            found[address] = visit(visitor, address)
            ways += links(found[address][1])
    return found


def visit(visitor: Visitor, address: str) -> tuple[int, str]:
    answer = visitor.get(address)
    return answer.status_code, CHANGING.sub("", answer.content.decode())


# Most pages say after an attempt what they said before.
@lru_cache(1000)
def links(text: str) -> list[str]:
    anchors = BeautifulSoup(text, "html.parser").find_all("a", href=True)
    addresses = (anchor["href"].partition("#")[0] for anchor in anchors)
    return [one for one in addresses if one.startswith(("/fr/", "/en/"))]


def changes(before: dict, after: dict) -> dict[str, list[str]]:
    """What reads differently, by address, and how."""
    return {
        address: difference(before.get(address, MISSING), after.get(address, MISSING))
        for address in sorted({*before, *after})
        if before.get(address) != after.get(address)
    }


def difference(before, after) -> list[str]:
    old, new = (
        str(one or "").replace("\\n", "\n").splitlines() for one in (before, after)
    )
    lines = unified_diff(old, new, lineterm="", n=0)
    return [line[:200] for line in lines if line.strip("+-@ ")][:10]


def public_rows() -> set[str]:
    """All that is public in the database, and what is planned, row by row."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(row_queries()))
        return {row for (row,) in cursor.fetchall()}


@cache
def row_queries() -> list[str]:
    queries = []
    live = "SELECT id FROM wagtailcore_page WHERE live"
    for model in apps.get_models():
        key = model._meta.pk.column
        if issubclass(model, Page):
            queries.append(rows_of(model, f"{key} IN ({live})"))
        elif issubclass(model, DraftStateMixin):
            queries.append(rows_of(model, "live"))
        elif model in WHOLE:
            queries.append(rows_of(model, "true"))
        links = [one for one in model._meta.local_fields if is_part(model, one)]
        queries += [rows_of(model, f"{one.column} IN ({live})") for one in links]
    queries.append(rows_of(Revision, "approved_go_live_at IS NOT NULL"))
    return [*queries, *map(media_rows, SHOWN)]


def media_rows(model: type) -> str:
    """What public pages show of a picture or a document; a consent may only hide it."""
    table = model._meta.db_table
    kind = (
        "SELECT id FROM django_content_type "
        f"WHERE app_label = 'media' AND model = '{model._meta.model_name}'"
    )
    columns = ",".join(f"'{name}', {name}" for name in sorted(SHOWN[model] - CONSENT))
    return (
        f"SELECT '{table} ' || jsonb_build_object('id', id, {columns})::text "
        f"FROM {table} t WHERE EXISTS (SELECT 1 FROM wagtailcore_referenceindex r "
        "JOIN wagtailcore_page p ON p.id::varchar = r.object_id AND p.live "
        f"WHERE r.to_object_id = t.id::varchar AND r.to_content_type_id = ({kind}))"
    )


def is_part(model: type, field) -> bool:
    return isinstance(field, ParentalKey) and model not in OF_DRAFTS


def rows_of(model: type, which: str) -> str:
    own = {field.name: field.column for field in model._meta.local_fields}
    hidden = ",".join(own[name] for name in HIDDEN if name in own)
    table = model._meta.db_table
    name = f"'{table} '"
    return (
        f"SELECT {name} || (to_jsonb(t) - '{{{hidden}}}'::text[])::text "
        f"FROM {table} t WHERE {which}"
    )
