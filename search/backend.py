"""Wagtail's own search, in the admin and in the API, by the words of `search.words`.

It overrides modelsearch 1.3.2, which knows one language for all objects, minds accents
and takes “usager” and “usagers” for two words. Look again when that is upgraded: what
is replaced here is how often fields are read (`ObjectIndexer.prepare_field`), how texts
become vectors (`as_vector`), who asks it to (`PostgresIndex.add_items`), and how a
query is written (`build_tsquery`). Who may see what is none of its business: Wagtail
narrows what it hands over.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import TextField, Value
from django.db.models.functions import Cast
from modelsearch.backends.database.postgres.postgres import (
    ObjectIndexer,
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
)
from modelsearch.query import And, Boost, Not, Or, Phrase, PlainText
from modelsearch.utils import get_content_type_pk

from .queries import Clause, Query, all_of, any_of, lexeme
from .vectors import LONGEST_WORD, vector
from .words import Word, words_of

LANGUAGES = [code for code, _name in settings.LANGUAGES]
WRITTEN = ["title", "body", "autocomplete", "title_text", "body_text", "title_norm"]


# --- What is written ---------------------------------------------------------


def languages_of(thing) -> list[str]:
    """In which language a thing speaks; in any, if it does not say so.

    A page that nobody translated stands in the other tree in the words of its own.
    """
    source = getattr(thing, "alias_of", None) or thing
    locale = getattr(source, "locale", None)
    return [locale.language_code] if locale else LANGUAGES


def beginnings(texts: Iterable[tuple[str, str]], language: str) -> str:
    """The words of these texts as they are typed, and their stems."""
    told: set[str] = set()
    for text, _weight in texts:
        before = ""
        for word in words_of(text, language):
            told |= {word.folded, *word.forms, before * word.is_joined + word.folded}
            before = word.folded
    return " ".join(lexeme(form) for form in sorted(told) if len(form) <= LONGEST_WORD)


class Indexer(ObjectIndexer):
    """What is kept of a thing, each of whose fields is read once."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.read: dict = {}

    def prepare_field(self, obj, field):
        # All that is kept asks for all fields, of which some are a query each.
        if (obj, field) not in self.read:
            self.read[obj, field] = list(super().prepare_field(obj, field))
        return self.read[obj, field]

    def as_vector(self, texts, for_autocomplete=False):
        write = beginnings if for_autocomplete else vector
        written = " ".join(write(texts, code) for code in languages_of(self.obj))
        return Cast(Value(written, output_field=TextField()), SearchVectorField())


class Index(PostgresIndex):
    def add_items(self, model, objs):
        if not model.get_search_fields():
            return
        kind = get_content_type_pk(model)
        entries = self.entries.using(self.write_connection.alias)
        entries.bulk_create(
            [self.entry(kind, Indexer(thing, self.backend)) for thing in objs],
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=WRITTEN,
        )

    def entry(self, kind: int, indexer: Indexer):
        said = {name: getattr(indexer, name) for name in WRITTEN[:-1]}
        return self.entries.model(
            content_type_id=kind, object_id=indexer.id, title_norm=1.0, **said
        )

    def _refresh_title_norms(self, full=False):
        """Only when all is indexed: it reads the whole table, at each save."""
        if full:
            super()._refresh_title_norms(full=True)


# --- What is asked -----------------------------------------------------------


class Asked(SearchQuery):
    """A query in stems, which PostgreSQL is to take as they are."""

    template = "CAST(%(expressions)s AS tsquery)"


def in_sql(query) -> str:
    """A query of Wagtail's, for texts in whatever language."""
    if isinstance(query, Boost):
        return in_sql(query.subquery)
    if isinstance(query, Not):
        return f"!{told}" if (told := in_sql(query.subquery)) else ""
    if isinstance(query, And):
        return all_of(map(in_sql, query.subqueries))
    if isinstance(query, Or):
        return any_of(map(in_sql, query.subqueries))
    if isinstance(query, Phrase):
        return text_in_sql(f'"{query.query_string}"')
    return text_in_sql(query.query_string, loosely=query.operator == "or")


def text_in_sql(text: str, *, loosely: bool = False) -> str:
    join = any_of if loosely else all_of
    return join(clause_in_sql(clause) for clause in Query.of(text).clauses)


def clause_in_sql(clause: Clause) -> str:
    wanted = replace(clause, excluded=False)
    told = any_of(dict.fromkeys(wanted.in_sql(code) for code in LANGUAGES))
    return f"!{told}" if told and clause.excluded else told


def typed_in_sql(query) -> str:
    """A query that is being typed; where words stand in a name is not kept."""
    if isinstance(query, And):
        return all_of(map(typed_in_sql, query.subqueries))
    clauses = Query.of(query.query_string).clauses
    wanted = (piece for one in clauses if not one.excluded for piece in one.pieces)
    excluded = [clause_in_sql(one) for one in clauses if one.excluded]
    return all_of([*begun_in_sql(" ".join(one.text for one in wanted)), *excluded])


def begun_in_sql(text: str) -> list[str]:
    """What is to be there: the last word may go on."""
    by_language = [list(words_of(text, code)) for code in LANGUAGES]
    places = list(zip(*by_language, strict=True))
    before = [any_form(place) for place in places[:-1] if not place[0].is_common]
    last = [f"{lexeme(words[0].folded)}:* | {any_form(words)}" for words in places[-1:]]
    return [*before, *(f"({words})" for words in last)]


def any_form(words: Iterable[Word]) -> str:
    """One word, under whatever form it is written in whatever language."""
    forms = [form for word in words for form in (word.folded, *word.forms)]
    return any_of(map(lexeme, dict.fromkeys(forms)))


class Compiler(PostgresSearchQueryCompiler):
    def build_tsquery(self, query, config=None):
        # Whoever names fields has these read as they are, in no index of ours.
        if self.fields is not None:
            return super().build_tsquery(query, config=config)
        return Asked(in_sql(query))


class AutocompleteCompiler(PostgresAutocompleteQueryCompiler):
    def build_tsquery(self, query, config=None):
        if self.fields is not None or not isinstance(query, PlainText | Phrase | And):
            return super().build_tsquery(query, config=config)
        return Asked(typed_in_sql(query))


class SearchBackend(PostgresSearchBackend):
    index_class = Index
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
