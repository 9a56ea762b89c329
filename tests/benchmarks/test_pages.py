"""What a public page costs that is in no cache, in a network that grows.

    make bench ARGS="-m benchmark tests/benchmarks/test_pages.py"

A page of each kind, with something in every field, in a network of a hundred cases,
of ten thousand and of a hundred thousand. The lists are full from the start: two cities
wrote all cases, and each of four methods was used in a quarter of them.
"""

import sys
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cities.models import CasePage
from tests.benchmarks.corpus import FIRST, Corpus
from tests.benchmarks.measures import middle, table, times
from tests.networks import network

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.benchmark,
]

SMALL, MIDDLE, LARGE = 100, 10_000, 100_000


def addresses(pages: dict[str, Page], corpus: Corpus) -> dict[str, str]:
    """Where a page of each kind is, and what belongs to none."""
    case = CasePage.objects.get(pk=FIRST)
    grown = [corpus.cities[0], case.get_parent().specific, case, corpus.methods[0]]
    pages |= {type(page).__name__: page for page in [*grown, case.principles.get()]}
    found = {name: page.url for name, page in sorted(pages.items())}
    return found | {
        "CaseIndexPage, page 2": f"{found['CaseIndexPage']}?page=2",
        "nothing": "/fr/nowhere/at/all/",
        "index of sitemaps": "/sitemap.xml",
        "sitemap": "/sitemap-fr.xml",
    }


def figures_of(client, found: dict[str, str]) -> Iterator[tuple[str, float]]:
    for name, address in found.items():
        # Cuts its pictures, once and for all.
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            body = client.get(address).content
        # Now, for the next request forgets them.
        yield f"{name}: queries", len(queries)
        yield f"{name}: bytes", len(body)
        yield f"{name}: ms, median", middle(times(client.get, address))


def test_p5_each_page_in_a_network_that_grows(client, capsys):
    pages = network(3)
    corpus = Corpus(written=SMALL, cities=2, methods=4)
    found = addresses(pages, corpus)
    columns = {}
    for size in (SMALL, MIDDLE, LARGE):
        corpus.grow(size)
        columns[f"{size:,}"] = dict(figures_of(client, found))
    small, middling, _large = columns.values()
    grown = {name: middling[name] / small[name] for name in small}
    with capsys.disabled():
        rows = table(columns | {f"{MIDDLE:,} / {SMALL:,}": grown})
        sys.stdout.write("\n" + "\n".join(rows) + "\n")
