"""Pages in the index, and what is found there."""

from wagtail.models import Page

from search.finding import Search
from search.indexing import catch_up
from search.queries import Query
from search.rebuilding import differences, rebuild
from tests.submissions import fresh


def published(factory: type, **fields) -> Page:
    """A page that somebody published; what is above it is in the index already."""
    page = factory(live=False, **fields)
    index_all()
    return publish(page)


def publish(page: Page, **changes) -> Page:
    """The page with these changes, for all to read."""
    page = fresh(page)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return fresh(page)


def index() -> None:
    """Write what was noted, as a worker would."""
    catch_up.call()


def index_all() -> None:
    for _done in rebuild():
        pass


def found(words: str, language: str = "fr") -> list[str]:
    """What readers of a language find, in the order of the alphabet."""
    rows = Search(query=Query.of(words), language=language).run().rows
    return sorted(row["title"] for row in rows)


def told(words: str) -> list[list[str]]:
    """What readers of each language find."""
    return [found(words, code) for code in ("fr", "en")]


def agrees() -> bool:
    """Whether the index says what the site says."""
    return list(differences()) == []
