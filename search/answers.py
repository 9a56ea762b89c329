"""What a search gives, and what else may help if that is little."""

from dataclasses import dataclass, replace

from .asking import Asked
from .finding import Found, Search
from .queries import Query
from .spelling import mended
from .wording import widened

# With so few results, somebody may have meant something else.
FEW = 3


@dataclass(frozen=True)
class Answer:
    """What was found, and for which words: not always the ones that were typed."""

    search: Search
    found: Found
    # The words were put right, since nothing was found as they stood.
    instead_of: str = ""
    # Words that find more.
    meant: str = ""

    @property
    def query(self) -> Query:
        return self.search.query

    # Of those that say some of the words: how many say all.
    complete: int = 0

    @property
    def total_as_typed(self) -> int:
        """How many say all of the words, as they were typed."""
        if self.instead_of:
            return 0
        return self.complete if self.is_loose else self.found.total

    @property
    def is_loose(self) -> bool:
        """Whether some of the words had to do."""
        return bool(self.search.least)


def answer(asked: Asked) -> Answer:
    """What is found for what was asked, or else for what was likely meant.

    Which of the two, everything says that is found: the same words mean the same when
    the results are narrowed, so that as many are found as a facet told.
    """
    search = asked.search
    if not asked.is_narrowed:
        return best_answer(asked, search)
    whole = search.like(chosen={}, since=None, until=None, page=1, per_page=1)
    given = best_answer(asked, whole)
    narrowed = search.like(query=given.query, least=given.search.least)
    return replace(given, search=narrowed, found=narrowed.run())


def best_answer(asked: Asked, search: Search) -> Answer:
    found = search.run()
    if not search.query.clauses or found.total > FEW:
        return Answer(search, found)
    other = with_mended_words(asked, search)
    if found.total and (search.query.is_exact or search.by_date):
        return Answer(search, found, meant=meant(other, found))
    if found.total:
        return replace(loose(search, found), meant=meant(other, found))
    if other and (better := other.run()).total:
        return Answer(other, better, instead_of=search.query.text)
    return loose(search, found)


def with_mended_words(asked: Asked, search: Search) -> Search | None:
    query = mended(search.query, search.language)
    if query is None:
        return None
    return search.like(query=widened(query, asked.names.pairs))


def meant(other: Search | None, found: Found) -> str:
    """What finds more than was found: nothing is proposed that would not."""
    if other is None or other.run().total <= found.total:
        return ""
    return other.query.text


def loose(search: Search, found: Found) -> Answer:
    """After what was found, what says some of the words, if there are several.

    Of three or more words, two are better than one.
    """
    words = search.query.number_of_words
    for least in [2, 1] if words > 2 else [1] if words == 2 else []:
        loosely = search.like(least=least)
        some = loosely.run()
        if some.total > found.total:
            return Answer(loosely, some, complete=found.total)
    return Answer(search, found)
