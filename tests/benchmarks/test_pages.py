"""What a public page costs that is in no cache, in a network that grows.

    make bench ARGS="-m benchmark tests/benchmarks/test_pages.py"

A page of each kind, with something in every field, in a network of a hundred cases,
of ten thousand and of a hundred thousand. Most lists are full from the start: four
cities wrote all cases, and each of four methods was used in a quarter of them.

Each size has a database of its own, and they are asked in turns: whatever else the
machine does slows all of them down.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cities.models import CasePage
from tests import databases
from tests.benchmarks.corpus import FIRST, Corpus
from tests.benchmarks.measures import TURNS, middle, table, took
from tests.networks import network

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.benchmark,
]

SMALL, *LARGER = 100, 10_000, 100_000


def addresses(pages: dict[str, Page], corpus: Corpus) -> dict[str, str]:
    """Where a page of each kind is, and what belongs to none."""
    case = CasePage.objects.get(pk=FIRST)
    grown = [corpus.cities[0], case.get_parent().specific, case, corpus.methods[0]]
    pages |= {type(page).__name__: page for page in [*grown, case.principles.get()]}
    found = {name: page.url for name, page in sorted(pages.items())}
    return found | {
        "CaseIndexPage, page 2": f"{found['CaseIndexPage']}?page=2",
        "Nothing": "/fr/nowhere/at/all/",
        "Index of the maps": "/sitemap.xml",
        "Part of a map": "/sitemap-fr.xml",
    }


@contextmanager
def grown(corpus: Corpus, size: int) -> Iterator[str]:
    """The name of a copy of the database, with so many cases."""
    with databases.server() as sql:
        copy = databases.Clone(sql, connection.settings_dict["NAME"])
        databases.lock(sql, copy.name)
        connection.close()
        copy.renew()
        with databases.connected_to(copy.name):
            corpus.grow(size)
        yield copy.name
        copy.drop()


def costs(get: Callable, address: str, names: list[str]) -> Iterator[dict[str, float]]:
    """What a page costs in each of these databases."""
    taken = defaultdict(list)
    for name in names * TURNS:
        databases.connect_to(name)
        # Cuts its pictures, and reads again what a cache has.
        get(address)
        taken[name].append(took(get, address))
    for name in names:
        databases.connect_to(name)
        get(address)
        with CaptureQueriesContext(connection) as queries:
            body = get(address).content
        yield {
            "ms, median": middle(sorted(taken[name])),
            "queries": len(queries),
            "bytes": len(body),
        }


def test_p5_each_page_in_a_network_that_grows(client, capsys):
    pages = network(3)
    corpus = Corpus(written=SMALL, cities=4, methods=4)
    found = addresses(pages, corpus)
    small = connection.settings_dict["NAME"]
    columns: dict[str, dict[str, float]] = {f"{SMALL:,}": {}}
    columns |= {f"{size:,}": {} for size in LARGER}
    with ExitStack() as stack:
        larger = [stack.enter_context(grown(corpus, size)) for size in LARGER]
        with databases.connected_to(small):
            for page, address in found.items():
                each = costs(client.get, address, [small, *larger])
                for column, figures in zip(columns.values(), each, strict=True):
                    column |= {f"{page}: {name}": n for name, n in figures.items()}
    first, second, _third = columns.values()
    ratio = {name: second[name] / first[name] for name in first}
    with capsys.disabled():
        rows = table(columns | {f"{LARGER[0]:,} / {SMALL:,}": ratio})
        sys.stdout.write("\n" + "\n".join(rows) + "\n")
