"""What a search costs in a large network, beside a bare query of the same words.

    make bench ARGS="-m benchmark tests/benchmarks/test_search.py"

Ten thousand entries, then a hundred thousand, of 225 words each, as frequent as words
are: few of them everywhere, most nearly nowhere. Bare is what PostgreSQL takes to
rank all that it finds, without a total, facets or texts; of a write, one keyed update.
A search begins with asking what is closed; what a whole request takes stands beside it.
Of a write, reading the page is told apart from putting its row into the index.
"""

import random
import time
from collections.abc import Callable
from itertools import accumulate
from uuid import NAMESPACE_OID, uuid5

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from search import indexing
from search.finding import Found, Search
from search.models import Entry
from search.queries import Query
from search.texts import Said, finished
from tests.factories import CasePageFactory
from tests.search.indexed import index_all

pytestmark = [pytest.mark.django_db, pytest.mark.benchmark]

SIZES = [10_000, 100_000]
WRITTEN = 2_000
WORDS = 225
VOCABULARY = 20_000
TURNS = 15
# How many values each facet has.
FACETS = {"city": 40, "topic": 13, "status": 5, "method": 32, "principle": 7}
LETTERS = "bcdfglmnprstv"
VOWELS = "aeiou"


def word(number: int) -> str:
    """A word that nobody knows, always the same for a number."""
    syllables = []
    for _ in range(4):
        number, consonant = divmod(number, len(LETTERS))
        number, vowel = divmod(number, len(VOWELS))
        syllables.append(LETTERS[consonant] + VOWELS[vowel])
    return "".join(syllables) + "ban"


ALL_WORDS = [word(number) for number in range(VOCABULARY)]
WEIGHTS = list(accumulate(1 / (rank + 1) for rank in range(VOCABULARY)))
ASKED = {
    "a word on every other page": ALL_WORDS[30],
    "two frequent words": f"{ALL_WORDS[12]} {ALL_WORDS[40]}",
    "a rare word": ALL_WORDS[9_000],
}


def written(page: Page, dice: random.Random) -> Entry:
    words = dice.choices(ALL_WORDS, cum_weights=WEIGHTS, k=WORDS)
    said = Said(
        title=" ".join(words[:6]),
        summary=" ".join(words[6:30]),
        text=" ".join(words[30:]),
        around="",
        names="",
    )
    year = dice.randrange(2010, 2020)
    entry = Entry(
        page=page,
        key=page.translation_key,
        language="fr",
        readers=["fr", "en"],
        kind="case",
        slug=page.slug,
        facets=[
            f"{name}:{uuid5(NAMESPACE_OID, str(dice.randrange(many)))}"
            for name, many in FACETS.items()
        ],
        first_year=year,
        last_year=year,
        published_at=timezone.now(),
    )
    return finished(entry, said)


# Each row is another one with some of its columns changed: all else is as it was.
MORE_PAGES = """
    INSERT INTO wagtailcore_page
    SELECT (jsonb_populate_record(p, jsonb_build_object(
        'id', %(first)s + n, 'path', p.path || 'z' || lpad(n::text, 7, '0'),
        'depth', p.depth + 2, 'slug', 'page-' || n,
        'translation_key', gen_random_uuid(), 'url_path', p.url_path || n || '/'
    ))).*
    FROM wagtailcore_page AS p, generate_series(%(start)s, %(end)s - 1) AS n
    WHERE p.id = %(page)s
"""
MORE_ENTRIES = """
    INSERT INTO search_entry
    SELECT (jsonb_populate_record(e, jsonb_build_object(
        'id', %(first)s + n, 'page_id', %(first)s + n, 'key', p.translation_key
    ))).*
    FROM generate_series(%(start)s, %(end)s - 1) AS n
    JOIN wagtailcore_page AS p ON p.id = %(first)s + n
    JOIN search_entry AS e ON e.id = %(first)s + n %% %(written)s
"""
FIRST = 1_000_000


class Corpus:
    """Public pages and their entries, as many as one likes."""

    def __init__(self, page: Page):
        self.page, self.size = page, 0
        dice = random.Random(27)  # noqa: S311 - the same words in each run
        self.insert(MORE_PAGES, WRITTEN)
        entries = [written(copy, dice) for copy in Page.objects.filter(pk__gte=FIRST)]
        for entry in entries:
            entry.pk = entry.page_id
        Entry.objects.bulk_create(entries)
        self.size = WRITTEN

    def grow(self, size: int) -> None:
        forget_limits()
        self.insert(MORE_PAGES, size)
        self.insert(MORE_ENTRIES, size)
        self.size = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE wagtailcore_page, search_entry")

    def insert(self, statement: str, size: int) -> None:
        values = {"first": FIRST, "start": self.size, "end": size}
        values |= {"page": self.page.pk, "written": WRITTEN}
        with connection.cursor() as cursor:
            cursor.execute(statement, values)


def times(act: Callable, *arguments) -> list[float]:
    """How many milliseconds it takes, from the shortest to the longest."""
    taken = []
    for _turn in range(TURNS):
        forget_limits()
        start = time.perf_counter()
        act(*arguments)
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)


def forget_limits() -> None:
    """Those of a search hold until its transaction ends: here, that of the test."""
    names = ("statement_timeout", "enable_seqscan", "work_mem")
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"RESET {name}" for name in names))


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
    list(indexing.entries_for(entry.key))


def write_again(entry: Entry) -> None:
    """The whole row, as if all of it had changed."""
    entry.save()


def middle(taken: list[float]) -> float:
    return taken[len(taken) // 2]


def late(taken: list[float]) -> float:
    """What nineteen of twenty take at most."""
    return taken[int(len(taken) * 0.95)]


def test_p6_and_p7_a_search_and_a_write_beside_bare_ones(
    home, client, record_property, settings
):
    settings.SEARCHES_AT_MOST = settings.SUGGESTIONS_AT_MOST = (10_000, 60)
    page = CasePageFactory(title="Un cas", summary="Un résumé")
    index_all()
    corpus = Corpus(Page.objects.get(pk=page.pk))
    for size in SIZES:
        corpus.grow(size)
        for name, words in ASKED.items():
            query = Query.of(words)
            ours, plain = times(run, query), times(bare, query.in_sql("fr"))
            whole = times(client.get, "/fr/search/", {"q": words})
            told = f"tried: P6, {size} entries, {name}"
            record_property(f"{told}, found", run(query).total)
            record_property(f"{told}, ms, median", round(middle(ours), 1))
            record_property(f"{told}, ms, 95 %", round(late(ours), 1))
            record_property(f"{told}, bare ms, median", round(middle(plain), 1))
            record_property(
                f"{told}, times bare", round(middle(ours) / middle(plain), 2)
            )
            record_property(f"{told}, whole page, ms, median", round(middle(whole), 1))
        typed = {"q": ALL_WORDS[9_000][:5]}
        whole = times(client.get, "/fr/search/suggestions.json", typed)
        told = f"tried: suggestions, {size} entries"
        record_property(f"{told}, whole request, ms, 95 %", round(late(whole), 1))
        entry = Entry.objects.get(page=page)
        ours, plain = times(indexing.write, entry.key), times(touch, entry)
        read, kept = times(read_again, entry), times(write_again, entry)
        told = f"tried: P7, {size} entries, to write one"
        record_property(f"{told}, ms, median", round(middle(ours), 1))
        record_property(f"{told}, reading, ms, median", round(middle(read), 1))
        record_property(f"{told}, row alone, ms, median", round(middle(kept), 2))
        record_property(f"{told}, bare ms, median", round(middle(plain), 2))
    address = {"q": ASKED["two frequent words"]}
    client.get("/fr/search/", address)
    with CaptureQueriesContext(connection) as queries:
        client.get("/fr/search/", address)
    record_property("tried: queries of the page of results", len(queries))
