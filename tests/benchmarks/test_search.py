"""What a search costs in a large network, beside a bare query of the same words.

    make bench ARGS="-m benchmark tests/benchmarks/test_search.py"

Ten thousand cases, then a hundred thousand, each time as they are first indexed and
once all is rebuilt. Each has 220 words, as frequent as words are: few of them
everywhere, most nearly nowhere. For ten cases there is a draft.

Bare is what PostgreSQL takes to rank all that it finds, without a total, facets or
texts; of a write, one keyed update. A search begins with asking what is closed; what a
whole request takes stands beside it. A write is all that is done for a page that was
published: it is read with its links and files, and its row is put into the index.
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from io import StringIO
from itertools import accumulate

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cities.models import CasePage
from cities.models.case import MethodUse
from search.finding import Found, Search
from search.models import Entry
from search.queries import Query
from search.writing import entries_for, save, write
from tests.factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    CityPageFactory,
    HomePageFactory,
    MethodPageFactory,
    PrinciplePageFactory,
    TopicFactory,
)
from tests.search.indexed import index_all

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.benchmark,
]

SMALL, LARGE = 10_000, 100_000
# So many are different; all others are copies.
WRITTEN = 2_000
VOCABULARY = 20_000
WORDS = 220
TURNS = 15
CITIES, METHODS, PRINCIPLES, TOPICS = 40, 32, 7, 13
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

# --- What is searched --------------------------------------------------------

# Each row is another one with some of its columns changed: all else is as it was.
COPIES = """
    INSERT INTO {table}
    SELECT (jsonb_populate_record(r, jsonb_build_object(
        '{page}', %(first)s + n, {changes}
    ))).*
    FROM generate_series(%(start)s, %(end)s - 1) AS n
    JOIN {table} AS r ON r.{page} = %(source)s + n %% %(written)s
"""
NEXT = "'id', nextval(pg_get_serial_sequence('{table}', 'id'))"
KEY = "md5('page ' || n)::uuid"
TABLES = {
    "wagtailcore_page": (
        "id",
        f"""
        'path', left(r.path, -8) || 'z' || lpad(n::text, 7, '0'),
        'slug', 'page-' || n, 'url_path', r.url_path || n || '/',
        'translation_key', {KEY}
        """,
    ),
    "cities_casepage": ("page_ptr_id", "'page_ptr_id', %(first)s + n"),
    "cities_casepage_topics": ("casepage_id", NEXT),
    "cities_casepage_principles": ("casepage_id", NEXT),
    "cities_methoduse": ("page_id", f"{NEXT}, 'translation_key', gen_random_uuid()"),
    "search_entry": ("page_id", f"'id', %(first)s + n, 'key', {KEY}"),
}
DRAFTS = """
    INSERT INTO wagtailcore_page
    SELECT (jsonb_populate_record(p, jsonb_build_object(
        'id', p.id + 10 * %(first)s, 'translation_key', gen_random_uuid(),
        'path', left(p.path, -8) || 'y' || right(p.path, 7), 'live', false
    ))).*
    FROM wagtailcore_page AS p
    WHERE p.id >= %(first)s + %(start)s AND p.id < %(first)s + %(end)s
        AND p.id %% 10 = 0
"""
FIRST = 1_000_000


class Corpus:
    """Cases that anyone may read, and their entries; as many as one likes."""

    def __init__(self):
        HomePageFactory()
        self.dice = random.Random(27)  # noqa: S311 - the same words in each run
        page = CasePageFactory(title="Un cas", question="Une question ?")
        Page.objects.filter(pk=page.pk).update(path=f"{page.path}x0000000")
        self.copy(0, WRITTEN, source=page.pk, written=1)
        self.write(list(CasePage.objects.filter(pk__gte=FIRST)))
        index_all()
        self.size = WRITTEN

    def write(self, cases: list[CasePage]) -> None:
        """Say something else in each, and name other pages."""
        lists = [
            CaseIndexPageFactory(parent=CityPageFactory(title=f"City {number}"))
            for number in range(CITIES)
        ]
        topics = [TopicFactory(name=f"Topic {number}") for number in range(TOPICS)]
        methods = [MethodPageFactory(title=f"Method {n}") for n in range(METHODS)]
        principles = [PrinciplePageFactory() for _number in range(PRINCIPLES)]
        one_of = self.dice.choice
        for number, case in enumerate(cases):
            words = self.dice.choices(ALL_WORDS, cum_weights=WEIGHTS, k=WORDS)
            case.path = f"{lists[number % CITIES].path}z{number:07}"
            case.title, case.question = " ".join(words[:6]), " ".join(words[6:26])
            case.context = f"<p>{' '.join(words[26:])}</p>"
            case.start = str(self.dice.randrange(2010, 2020))
            case.status = one_of(CasePage.Status.values)
        Page.objects.bulk_update(cases, ["path", "title"])
        CasePage.objects.bulk_update(cases, ["question", "context", "start", "status"])
        link(CasePage.topics.through, "topic", {c: one_of(topics) for c in cases})
        named = {case: one_of(principles) for case in cases}
        link(CasePage.principles.through, "principlepage", named)
        MethodUse.objects.bulk_create(
            MethodUse(page=case, method=one_of(methods), locale=case.locale)
            for case in cases
        )

    def grow(self, size: int) -> None:
        self.copy(self.size, size, source=FIRST, written=WRITTEN)
        self.size = size

    def copy(self, start: int, end: int, *, source: int, written: int) -> None:
        values = {"first": FIRST, "start": start, "end": end}
        values |= {"source": source, "written": written}
        with connection.cursor() as cursor:
            for table, (page, changes) in TABLES.items():
                changed = changes.format(table=table)
                statement = COPIES.format(table=table, page=page, changes=changed)
                cursor.execute(statement, values)
            cursor.execute(DRAFTS, values)
        tidy_up()


def link(model: type, name: str, others: dict[CasePage, object]) -> None:
    model.objects.bulk_create(
        model(casepage=case, **{name: other}) for case, other in others.items()
    )


def tidy_up() -> None:
    """As the database does by itself sooner or later."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


# --- What it takes -----------------------------------------------------------


def times(act: Callable, *arguments, before: Callable = dict) -> list[float]:
    """How many milliseconds it takes, from the shortest to the longest."""
    taken = []
    for _turn in range(TURNS):
        before()
        start = time.perf_counter()
        act(*arguments)
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)


def middle(taken: list[float]) -> float:
    return taken[len(taken) // 2]


def late(taken: list[float]) -> float:
    """What nineteen of twenty take at most."""
    return taken[int(len(taken) * 0.95)]


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


def table(columns: dict[str, dict[str, float]]) -> Iterator[str]:
    """The figures side by side."""
    first, *_others = columns.values()
    yield " | ".join(["", *columns])
    for name in first:
        figures = (f"{figures[name]:,.2f}" for figures in columns.values())
        yield " | ".join([name, *figures])


def test_p6_and_p7_a_search_and_a_write_beside_bare_ones(client, capsys, settings):
    settings.SEARCHES_AT_MOST = settings.SUGGESTIONS_AT_MOST = (10_000, 60)
    corpus, columns, taken = Corpus(), {}, {}
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
