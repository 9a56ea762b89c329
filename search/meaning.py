"""What somebody likely meant whose words find little, or nothing."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import starmap

from .finding import Search, totals
from .queries import Query
from .spelling import Mistyped, is_slip, mended, mistyped
from .wording import Pair, widened

# With so few results, somebody may have meant something else.
FEW = 3
# Which of two finds more matters as long as that is few.
MORE = FEW + 1


@dataclass(frozen=True)
class Meaning:
    """What words are taken for."""

    query: Query
    # How many of the words are enough, if not all.
    least: int = 0
    # The words were put right, since nothing was found as they stood.
    instead_of: str = ""
    # Words that find more.
    meant: str = ""
    # Of those that say some of the words: how many say all.
    complete: int = 0

    @property
    def is_loose(self) -> bool:
        """Whether some of the words had to do."""
        return bool(self.least)

    @property
    def is_as_typed(self) -> bool:
        return not (self.is_loose or self.instead_of)


def meaning_of(search: Search, total: int, pairs: Sequence[Pair]) -> Meaning:
    """What the words of `search` are taken for, that find `total` as they stand."""
    if not search.query.clauses or total > FEW:
        return Meaning(search.query)
    return CloserLook(search, total, pairs).meaning


@dataclass(frozen=True)
class CloserLook:
    """What else may be meant, and how much is found then; asked all at once."""

    search: Search
    total: int
    pairs: Sequence[Pair]

    @property
    def query(self) -> Query:
        return self.search.query

    @property
    def meaning(self) -> Meaning:
        """Words put right if nothing was found; or else some of the words."""
        more = self.others_total > self.total
        least = next((n for n in self.ways if self.counts[n] > self.total), 0)
        if more and not self.total and (self.is_sure or not least):
            return Meaning(self.other.query, instead_of=self.query.text)
        return Meaning(
            self.query,
            least=least,
            meant=self.other.query.text if more else "",
            complete=self.total if least else 0,
        )

    # --- Some of the words ---------------------------------------------------

    @property
    def ways(self) -> list[int]:
        """How many of the words may do: of three or more, two are better than one."""
        if self.total and (self.query.is_exact or self.search.by_date):
            return []
        words = self.query.number_of_words
        return [2, 1] if words > 2 else [1] if words == 2 else []

    # --- Other words ---------------------------------------------------------

    @cached_property
    def mistyped(self) -> list[Mistyped]:
        return mistyped(self.query, self.search.language)

    @cached_property
    def first(self) -> Search:
        """In the words most like those that were typed."""
        return self.mended({one.written: one.alike[0] for one in self.mistyped})

    @cached_property
    def words(self) -> dict[str, str]:
        """For each, one that a page says which all may read now: one may have gone."""
        return {
            one.written: next(filter(self.counts.get, one.alike), one.written)
            for one in self.mistyped
        }

    @cached_property
    def other(self) -> Search:
        return self.mended(self.words)

    @property
    def is_sure(self) -> bool:
        """Whether all that was typed can hardly stand for anything else."""
        return all(starmap(is_slip, self.words.items()))

    def mended(self, words: dict[str, str]) -> Search:
        query = mended(self.query, words)
        return self.search.like(query=widened(query, self.pairs))

    @cached_property
    def others_total(self) -> int:
        """How many are found in other words; none if there are none."""
        text = self.other.query.text if self.mistyped else self.query.text
        if text == self.query.text:
            return 0
        if text == self.first.query.text:
            return self.counts[FIRST]
        return totals([self.other], MORE)[0]

    # --- How much is found ---------------------------------------------------

    @cached_property
    def counts(self) -> dict[Hashable, int]:
        """By how many words may do, by each word that is alike, and in `FIRST`."""
        asked: dict[Hashable, Search] = {
            word: self.search.like(query=Query.of(word))
            for one in self.mistyped
            for word in one.alike
        }
        asked |= {least: self.search.like(least=least) for least in self.ways}
        if self.mistyped:
            asked[FIRST] = self.first
        return dict(zip(asked, totals(asked.values(), MORE), strict=True))


FIRST = object()
