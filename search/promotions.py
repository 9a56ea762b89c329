"""The pages that the team puts first for certain words."""

from django.conf import settings
from wagtail.models import Locale, Page

from network.core.querysets import EditorialQuerySet

from .asking import Asked
from .queries import Clause, Query
from .wording import place_of


def promoted(asked: Asked) -> list[Page]:
    """The pages promoted for what is asked, as readers of the language find them."""
    query, promotions = asked.query, asked.names.promotions
    if not query.clauses:
        return []
    keys = [key for words, key in promotions if asks_for(query, words)]
    if not keys:
        return []
    pages = (
        EditorialQuerySet(Page)
        .public_in(Locale.get_active())
        .filter(translation_key__in=keys)
    )
    found = {page.translation_key: page for page in pages.specific()}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def asks_for(query: Query, words: str) -> bool:
    """Whether all of `query` is these words, in any language, in quotes or not."""
    clauses = query.without_others.clauses
    return any(
        place_of(words, query, language, among=is_one) == (0, len(clauses))
        for language, _name in settings.LANGUAGES
    )


def is_one(clause: Clause) -> bool:
    return len(clause.pieces) == 1 and not clause.excluded
