"""What the values of facets are called, in addresses and on screen.

Only what is public has a name: a method that is offline is offered to nobody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from operator import itemgetter
from uuid import UUID

from django.conf import settings
from django.db.models import IntegerField, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast
from django.utils.functional import Promise

from network.core.models import Topic

from .facets import BY_NAME, OF_PAGES, Facet
from .models import Entry, Promotion, Synonym
from .models.entries import Kind
from .public import Closed
from .wording import Pair, spellings, stems, ways_to_say

OF_PAGE = {facet.kind: facet for facet in OF_PAGES}
TOPIC, SYNONYM, PROMOTION = "topic", "synonym", "promotion"
NAME = ["kind", "key", "language", "slug", "title"]
FACET_OF: dict[str, Facet] = {**OF_PAGE, TOPIC: BY_NAME[TOPIC]}  # type: ignore[dict-item]


@dataclass(frozen=True)
class Name:
    """A page or a topic as the value of a facet, in one language."""

    word: str
    language: str
    slug: str
    label: str
    # In which order it is shown: the number of a principle, or nothing.
    order: int = 0


class Names:
    """All that has a name on the public site; asked once for a search."""

    def __init__(self, language: str, closed: Closed):
        self.language = language
        self.closed = closed

    @cached_property
    def entries(self) -> list[tuple]:
        """(kind, key, language, slug, title, number), of what is public.

        Topics too, and what the team says: a page has few queries to spend.
        """
        others = [topics(), *said_by_team(), *([terms()] if self.has_terms else [])]
        return list(self.pages.union(*others, all=True))

    @property
    def pages(self) -> QuerySet:
        named = Entry.objects.filter(self.is_open, kind__in=[*OF_PAGE], page__live=True)
        return named.values_list(*NAME, "page__principlepage__number")

    @property
    def is_open(self) -> Q:
        """Of an entry: whether its page is below no place that is closed.

        To ask which pages are public takes as long as there are pages.
        """
        closed = [Q(page__path__startswith=place) for place in self.closed.places]
        return ~Q(*closed, _connector=Q.OR) if closed else Q()

    @property
    def has_terms(self) -> bool:
        """Whether there is a glossary that readers of the language may look into."""
        return self.language in self.closed.glossaries

    @cached_property
    def named(self) -> list[Name]:
        return [
            Name(FACET_OF[kind].word(key), language, slug, title, number or 0)
            for kind, key, language, slug, title, number in self.entries
            if kind in FACET_OF
        ]

    @cached_property
    def by_word(self) -> dict[str, Name]:
        """By its word in the index; in the reader's language where there is one."""
        own_last = sorted(self.named, key=lambda name: name.language == self.language)
        return {name.word: name for name in own_last}

    @cached_property
    def by_slug(self) -> dict[tuple[str, str], str]:
        """The word in the index, by facet and short name in whatever language."""
        own_last = sorted(self.named, key=lambda name: name.language == self.language)
        return {(facet_of(name.word), name.slug): name.word for name in own_last}

    def word(self, facet: Facet, slug: str) -> str:
        """What the index calls a value that an address names."""
        if facet.choices is not None:
            return facet.word(slug)
        return self.by_slug.get((facet.name, slug), facet.word(slug))

    def slug(self, word: str) -> str:
        """What an address calls a value of the index."""
        name = self.by_word.get(word)
        return name.slug if name else word.partition(":")[2]

    def label(self, word: str) -> str | Promise:
        """What readers call it; nothing if it is not public."""
        facet, _colon, value = word.partition(":")
        choices = BY_NAME[facet].choices
        if choices is not None:
            return choices.get(value, "")
        name = self.by_word.get(word)
        return name.label if name else ""

    def language_of(self, word: str) -> str:
        name = self.by_word.get(word)
        return name.language if name else self.language

    # --- Other words ---------------------------------------------------------

    def spoken(self, words: str) -> str:
        """The language of words of the glossary; nothing if nobody says it."""
        return self.languages.get(words, "")

    @cached_property
    def languages(self) -> dict[str, str]:
        return {
            word: language
            for kind, _key, language, _slug, title, _number in self.entries
            if kind == Kind.TERM
            for word in ways_to_say(title)
        }

    @cached_property
    def terms(self) -> dict[UUID, dict[str, str]]:
        """The words of the glossary: by their key, then by language."""
        terms: dict[UUID, dict[str, str]] = {}
        for kind, key, language, _slug, title, _number in self.entries:
            if kind == Kind.TERM:
                terms.setdefault(key, {})[language] = title
        return terms

    @cached_property
    def pairs(self) -> list[Pair]:
        """The words of the glossary in both languages, and the team's synonyms."""
        pairs = [
            Pair(word, other)
            for key, words in self.terms.items()
            for (language, term), (_other, meaning) in permutations(words.items(), 2)
            for word in ways_to_say(term)
            if not self.is_false_friend(word, language, key)
            for other in ways_to_say(meaning)
            if word != other
        ]
        return longest_first(
            Pair(typed, pair.meaning)
            for pair in (*pairs, *self.synonyms)
            for typed in spellings(pair.words)
        )

    def is_false_friend(self, word: str, language: str, key: UUID) -> bool:
        """Whether a word of `language` is another term in the reader's own."""
        own = self.own_words.get((language, stems(word, language)), set())
        return language != self.language and bool(own) and key not in own

    @cached_property
    def own_words(self) -> dict[tuple, set[UUID]]:
        """Which terms are said so in the reader's language, whichever it is read in."""
        found: dict[tuple, set[UUID]] = {}
        for key, words in self.terms.items():
            for word in ways_to_say(words.get(self.language, "")):
                for code, _name in settings.LANGUAGES:
                    found.setdefault((code, stems(word, code)), set()).add(key)
        return found

    # --- What the team says --------------------------------------------------

    @property
    def synonyms(self) -> Iterator[Pair]:
        rows = [row[3:] for row in self.entries if row[0] == SYNONYM]
        for meaning, words, both_ways in sorted(rows, key=itemgetter(1, 0)):
            yield Pair(words, meaning)
            if both_ways:
                yield Pair(meaning, words)

    @property
    def promotions(self) -> list[tuple[str, UUID]]:
        """The pages that are put first, each with the words for which they are."""
        rows = [row for row in self.entries if row[0] == PROMOTION]
        # Of several for the same words, the one that was added first.
        return [(row[4], row[1]) for row in sorted(rows, key=itemgetter(4, 5))]


def terms() -> QuerySet:
    # Without the first condition, PostgreSQL reads all entries that have no term.
    named = Entry.objects.filter(term__isnull=False, term__live=True)
    return named.values_list(*NAME, Value(None, IntegerField()))


def topics() -> QuerySet:
    named = Topic.objects.filter(live=True).order_by().annotate(kind=Value(TOPIC))
    return named.values_list(
        *("kind", "translation_key", "locale__language_code", "slug", "name"),
        Value(None, IntegerField()),
    )


def said_by_team() -> tuple[QuerySet, QuerySet]:
    """Synonyms and promotions as rows of `Names.entries`: words stand as the title."""
    synonyms = Synonym.objects.order_by().values_list(
        *(Value(SYNONYM), Value(None, UUIDField()), Value(""), "meaning", "words"),
        Cast("both_ways", IntegerField()),
    )
    promotions = Promotion.objects.order_by().values_list(
        *(Value(PROMOTION), "page__translation_key", Value(""), Value(""), "words"),
        Cast("pk", IntegerField()),
    )
    return synonyms, promotions


def facet_of(word: str) -> str:
    return word.partition(":")[0]


def longest_first(pairs: Iterable[Pair]) -> list[Pair]:
    """“User journey” is looked for before “user”."""
    return sorted(pairs, key=lambda pair: -len(pair.words))
