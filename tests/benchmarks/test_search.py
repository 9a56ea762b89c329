"""What a search costs in a large network, beside a bare query of the same words.

    make bench ARGS="-m benchmark tests/benchmarks/test_search.py"

Ten thousand cases, then a hundred thousand, each time as they are first indexed and
once all is rebuilt.

Bare is what PostgreSQL takes to rank all that it finds, without a total, facets or
texts; of a write, one keyed update. A search begins with asking what is closed; what a
whole request takes stands beside it. A write is all that is done for a page that was
published: it is read with its links and files, and its row is put into the index.
"""

import sys
import time
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.finding import Found, Search
from search.models import Entry
from search.queries import Query
from search.writing import entries_for, save, write
from tests.benchmarks.corpus import ALL_WORDS, FIRST, Corpus, tidy_up
from tests.benchmarks.measures import late, middle, table, times
from tests.search.indexed import index_all

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.benchmark,
]

SMALL, LARGE = 10_000, 100_000
ASKED = {
    "a word on every other page": ALL_WORDS[30],
    "two frequent words": f"{ALL_WORDS[12]} {ALL_WORDS[40]}",
    "a rare word": ALL_WORDS[9_000],
}

# --- What it takes -----------------------------------------------------------


def bare(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM search_entry WHERE vector @@ %s::tsquery"
            " ORDER BY ts_rank(vector, %s::tsquery) DESC LIMIT 20",
            [words, words],
        )
        cursor.fetchall()


def touch(entry: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE search_entry SET vector = %s::tsvector WHERE page_id = %s",
            [entry.vector, entry.page_id],
        )


def run(query: Query) -> Found:
    return Search(query=query, language="fr").run()


def read_again(entry: Entry) -> None:
    list(entries_for([entry.key]))


def write_again(entry: Entry) -> None:
    """The whole row, as if all of it had changed."""
    save([entry])


def have_changed() -> None:
    """Have the index say something else than the page, so that it is written."""
    Entry.objects.filter(page=FIRST).update(digest="")


def figures_of(client) -> Iterator[tuple[str, float]]:
    for name, words in ASKED.items():
        query = Query.of(words)
        ours, plain = times(run, query), times(bare, query.in_sql("fr"))
        whole = times(client.get, "/fr/search/", {"q": words})
        yield f"P6, {name}: found", run(query).total
        yield f"P6, {name}: ms, median", middle(ours)
        yield f"P6, {name}: ms, 95 %", late(ours)
        yield f"P6, {name}: bare, ms, median", middle(plain)
        yield f"P6, {name}: times bare", middle(ours) / middle(plain)
        yield f"P6, {name}: 95 %, times bare", late(ours) / middle(plain)
        yield f"P6, {name}: whole page, ms, median", middle(whole)
    typed = {"q": ALL_WORDS[9_000][:5]}
    whole = times(client.get, "/fr/search/suggestions.json", typed)
    yield "Suggestions: whole request, ms, 95 %", late(whole)
    entry = Entry.objects.get(page=FIRST)
    plain = middle(times(touch, entry))
    yield "P7, bare: ms, median", plain
    for name, taken in {
        "row alone": times(write_again, entry),
        "page read alone": times(read_again, entry),
        "read and written": times(write, [entry.key], before=have_changed),
    }.items():
        yield f"P7, {name}: ms, median", middle(taken)
        yield f"P7, {name}: times bare", middle(taken) / plain


def test_p6_and_p7_a_search_and_a_write_beside_bare_ones(client, capsys, settings):
    settings.SEARCHES_AT_MOST = settings.SUGGESTIONS_AT_MOST = (10_000, 60)
    corpus, columns, taken = Corpus(), {}, {}
    index_all()
    for size in (SMALL, LARGE):
        corpus.grow(size)
        columns[f"{size:,}"] = dict(figures_of(client))
        taken[size] = seconds_to_rebuild()
        columns[f"{size:,} rebuilt"] = dict(figures_of(client))
    small, large = columns[f"{SMALL:,}"], columns[f"{LARGE:,}"]
    columns["100,000 / 10,000"] = {name: large[name] / small[name] for name in small}
    address = {"q": ASKED["two frequent words"]}
    with CaptureQueriesContext(connection) as queries:
        client.get("/fr/search/", address)
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(table(columns)) + "\n")
        for size, seconds in taken.items():
            sys.stdout.write(f"To rebuild {size:,}: {seconds:.0f} s\n")
        sys.stdout.write(f"Queries of the page of results: {len(queries)}\n")


def seconds_to_rebuild() -> float:
    start = time.perf_counter()
    call_command("rebuild_search", stdout=StringIO())
    seconds = time.perf_counter() - start
    tidy_up()
    return seconds
