"""What a search gives, for what its words were taken for."""

from dataclasses import dataclass

from .asking import Asked
from .finding import Found, Search, totals
from .meaning import MORE, Meaning, meaning_of
from .queries import Query


@dataclass(frozen=True)
class Answer:
    """What was found, and for which words."""

    search: Search
    found: Found
    meaning: Meaning

    @property
    def query(self) -> Query:
        return self.search.query

    @property
    def total_as_typed(self) -> int:
        """How many say all of the words, as they were typed."""
        if self.meaning.instead_of:
            return 0
        return self.meaning.complete if self.meaning.is_loose else self.found.total


def answer(asked: Asked) -> Answer:
    """What is found for what was asked, or else for what was likely meant.

    Which of the two, everything says that is found: the same words mean the same when
    the results are narrowed, so that as many are found as a facet told.
    """
    return narrowed(asked) if asked.is_narrowed else unnarrowed(asked)


def search_for(asked: Asked) -> Search:
    """What is asked, in the words that were likely meant."""
    return meant(asked.search, meaning_in_everything(asked))


def unnarrowed(asked: Asked) -> Answer:
    search = asked.search
    found = search.run()
    meaning = meaning_of(search, found.total, asked.names.pairs)
    if meaning.is_as_typed:
        return Answer(search, found, meaning)
    search = meant(search, meaning)
    return Answer(search, search.run(), meaning)


def narrowed(asked: Asked) -> Answer:
    meaning = meaning_in_everything(asked)
    search = meant(asked.search, meaning)
    return Answer(search, search.run(), meaning)


def meaning_in_everything(asked: Asked) -> Meaning:
    everything = asked.search.like(chosen={}, since=None, until=None)
    [total] = totals([everything], MORE)
    return meaning_of(everything, total, asked.names.pairs)


def meant(search: Search, meaning: Meaning) -> Search:
    return search.like(query=meaning.query, least=meaning.least)
