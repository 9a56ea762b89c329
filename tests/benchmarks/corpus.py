"""A network as large as one likes: few of its cases are written, all others copied.

Each has 220 words, as frequent as words are: few of them everywhere, most nearly
nowhere. For each ten cases there is a draft.
"""

import random
from itertools import accumulate

from django.db import connection
from wagtail.models import Page

from cities.models import CasePage
from cities.models.case import MethodUse
from tests.factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    CityPageFactory,
    MethodPageFactory,
    PrinciplePageFactory,
    TopicFactory,
)

VOCABULARY = 20_000
WORDS = 220
PRINCIPLES, TOPICS = 7, 13
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
# As treebeard writes it, above all that it wrote: the digits of a number in base 36.
DIGITS = "'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'"
STEP = " || ".join(
    f"substr({DIGITS}, (n + 10 * 36 ^ 3)::int / {36**place} %% 36 + 1, 1)"
    for place in (3, 2, 1, 0)
)
TABLES = {
    "wagtailcore_page": (
        "id",
        f"""
        'path', left(r.path, -4) || {STEP}, 'slug', 'page-' || n,
        'url_path', left(r.url_path, -length(r.slug) - 1) || 'page-' || n || '/',
        'first_published_at', timestamptz '2020-01-01' + n * interval '10 minutes',
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
        'path', left(p.path, -4) || lower(right(p.path, 4)), 'live', false,
        'slug', p.slug || '-draft', 'url_path', left(p.url_path, -1) || '-draft/'
    ))).*
    FROM wagtailcore_page AS p
    WHERE p.id >= %(first)s + %(start)s AND p.id < %(first)s + %(end)s
        AND p.id %% 10 = 0
"""
FIRST = 1_000_000


class Corpus:
    """Cases that anyone may read, in some cities; as many as one likes."""

    def __init__(self, written: int = 2_000, cities: int = 40, methods: int = 32):
        self.dice = random.Random(27)  # noqa: S311 - the same words in each run
        self.size = self.written = written
        self.cities = [
            CityPageFactory(title=f"City {number}") for number in range(cities)
        ]
        self.methods = [
            MethodPageFactory(title=f"Method {number}") for number in range(methods)
        ]
        page = CasePageFactory(
            title="Un cas",
            question="Une question ?",
            parent=CaseIndexPageFactory(parent=self.cities[0]),
        )
        self.copy(0, written, source=page.pk, written=1)
        self.write(list(CasePage.objects.filter(pk__gte=FIRST, live=True)))

    def write(self, cases: list[CasePage]) -> None:
        """Say something else in each, and name other pages."""
        lists = [self.cities[0].get_children().get()]
        lists += [CaseIndexPageFactory(parent=city) for city in self.cities[1:]]
        topics = [TopicFactory(name=f"Theme {number}") for number in range(TOPICS)]
        principles = [PrinciplePageFactory() for _number in range(PRINCIPLES)]
        one_of = self.dice.choice
        for number, case in enumerate(cases):
            words = self.dice.choices(ALL_WORDS, cum_weights=WEIGHTS, k=WORDS)
            parent = lists[number % len(lists)]
            case.path = parent.path + case.path[-Page.steplen :]
            case.url_path = f"{parent.url_path}{case.slug}/"
            case.title, case.question = " ".join(words[:6]), " ".join(words[6:26])
            case.context = f"<p>{' '.join(words[26:])}</p>"
            case.start = str(self.dice.randrange(2010, 2020))
            case.status = one_of(CasePage.Status.values)
        Page.objects.bulk_update(cases, ["path", "url_path", "title"])
        CasePage.objects.bulk_update(cases, ["question", "context", "start", "status"])
        link(CasePage.topics.through, "topic", {c: one_of(topics) for c in cases})
        named = {case: one_of(principles) for case in cases}
        link(CasePage.principles.through, "principlepage", named)
        MethodUse.objects.bulk_create(
            MethodUse(page=case, method=one_of(self.methods), locale=case.locale)
            for case in cases
        )

    def grow(self, size: int) -> None:
        self.copy(self.size, size, source=FIRST, written=self.written)
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
