"""What it costs to begin a translation, here and in wagtail-localize, in one run.

    make bench

The same page of fifty blocks, in words of its own each time, goes in turns through our
screen and through wagtail-localize's own, which publishes nothing here, as ours does.
"""

import time
from collections.abc import Callable
from statistics import median

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection, reset_queries
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail_localize.models import StringSegment
from wagtail_localize.views.submit_translations import SubmitPageTranslationView

from network.core.following import following
from network.translation.guards import SubmitPageView
from tests.factories import StandardPageFactory
from tests.networks import mirrored

pytestmark = [pytest.mark.django_db, pytest.mark.benchmark]

TURNS = 7
BLOCKS = 50
LATER = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def page_of_blocks(title: str):
    blocks = [
        ("text", f"<p>{title}, partie <b>{number}</b></p><p>Suite {number}</p>")
        for number in range(BLOCKS)
    ]
    return mirrored(StandardPageFactory, title=title, body=blocks)


def begin_by(view, rf, user, language) -> Callable:
    def begin(page):
        request = rf.post("/", {"locales": [language.pk]})
        request.user, request.session = user, {}
        request._messages = FallbackStorage(request)
        assert view(request, page_id=page.pk).status_code == 302

    return begin


def begin_as_wagtail_localize_does(*arguments) -> Callable:
    begin = begin_by(SubmitPageTranslationView.as_view(), *arguments)

    def alone(page):
        # Without what we do on each copy.
        with following():
            begin(page)

    return alone


def cost(act: Callable, *arguments) -> tuple[int, float, float]:
    """How many queries, how many milliseconds of this process, and of a clock."""
    # Its log has an end.
    reset_queries()
    with CaptureQueriesContext(connection) as captured:
        cpu, clock = time.process_time(), time.perf_counter()
        act(*arguments)
        cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
        queries = len(captured)
    return queries, cpu * 1000, clock * 1000


def medians(costs: list[tuple]) -> list[float]:
    return [median(column) for column in zip(*costs, strict=True)]


@override_settings(TASKS=LATER)
def test_p10_a_page_of_fifty_blocks_beside_wagtail_localize(
    home, english, moderator, rf, record_property
):
    ways = {
        "ours": begin_by(SubmitPageView.as_view(), rf, moderator, english),
        "stock": begin_as_wagtail_localize_does(rf, moderator, english),
    }
    costs = {name: [] for name in ways}
    # The first of each finds nothing at hand, and is not counted.
    for turn in range(TURNS + 1):
        for name, begin in ways.items():
            page = page_of_blocks(f"Page {turn} {name}")
            costs[name].append(cost(begin, page))
            segments = StringSegment.objects.filter(
                source__object_id=page.translation_key
            )
            assert segments.count() > 2 * BLOCKS
    ours, stock = (medians(costs[name][1:]) for name in ways)

    for unit, mine, theirs in zip(
        ("queries", "ms of CPU", "ms"), ours, stock, strict=True
    ):
        record_property(f"tried: P10, 50 blocks, {unit}", round(mine))
        record_property(f"tried: P10, 50 blocks, {unit}, stock", round(theirs))
        record_property(
            f"tried: P10, 50 blocks, {unit}, percent of stock",
            round(100 * mine / theirs),
        )


@override_settings(TASKS=LATER)
def test_p10_a_tree_of_fifty_pages_is_answered(
    home, english, moderator, client, record_property
):
    root = mirrored(StandardPageFactory, title="Tout")
    for number in range(BLOCKS):
        StandardPageFactory(parent=root, title=f"Page {number}")
    client.force_login(moderator)
    address = reverse("translate_tree", args=[root.pk])

    costs = [
        cost(client.post, address, {"locale": english.pk}) for _turn in range(TURNS)
    ]

    queries, cpu, clock = medians(costs[1:])
    record_property("tried: P10, tree of 50 pages, queries", round(queries))
    record_property("tried: P10, tree of 50 pages, ms of CPU", round(cpu))
    record_property("tried: P10, tree of 50 pages, ms", round(clock))
