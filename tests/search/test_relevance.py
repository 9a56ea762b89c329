"""Whether people find what they look for: the searches of `relevance.yaml`."""

from collections import Counter
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import pytest
import yaml
from django.apps import apps
from django.http import QueryDict
from django.utils.translation import override
from wagtail.models import Page

from search.answers import answer
from search.asking import Asked
from search.models import Change, Entry
from search.rebuilding import differences, rebuild

SEARCHES = yaml.safe_load(Path(__file__).with_name("relevance.yaml").read_text())
# Of all searches, in %.
SATISFIED = 95
SHOWN_FIRST = 3
HOW = ("first", "one_of", "never")


@pytest.fixture
def names(demo):
    """What `relevance.yaml` calls a page, by its key, and a term, by its number."""
    pages = Page.objects.filter(locale__language_code="fr")
    terms = apps.get_model("home", "Term").objects.values_list("pk", "word_fr")
    return {
        **dict(pages.values_list("translation_key", "slug")),
        **{pk: f"term: {word}" for pk, word in terms},
    }


@pytest.fixture
def found(names):
    """Search as a reader does, and read what the first page of results shows.

    All is indexed anew: the demonstration was loaded by the code of some other day.
    """
    assert all(done <= count for done, count in rebuild())

    def found(asked):
        language = asked.get("in", "fr")
        with override(language):
            parameters = QueryDict(urlencode({"q": asked["ask"]}))
            rows = answer(Asked(parameters, language)).found.rows
        return [names[row["term_id"] or UUID(row["key"])] for row in rows]

    return found


def is_satisfied(asked, found):
    shown = set(found[:SHOWN_FIRST])
    first, one_of, never = (set(asked.get(how, [])) for how in HOW)
    return first <= shown and (not one_of or shown & one_of) and not never & set(found)


def wanted(asked):
    return [name for how in HOW for name in asked.get(how, [])]


def test_each_search_is_asked_once_and_wants_something():
    times = Counter((asked["ask"], asked.get("in", "fr")) for asked in SEARCHES)

    assert [search for search, count in times.items() if count > 1] == []
    assert [asked["ask"] for asked in SEARCHES if not wanted(asked)] == []
    assert len(SEARCHES) >= 130


def test_what_is_wanted_is_there(names):
    missing = {name for asked in SEARCHES for name in wanted(asked)}

    assert missing - set(names.values()) == set()


def test_the_loader_leaves_everything_indexed(demo):
    assert list(differences()) == []
    assert [Entry.objects.exists(), Change.objects.exists()] == [True, False]


def test_people_find_what_they_look_for(found, record_property):
    results = [(asked, found(asked)) for asked in SEARCHES]

    missed = [
        f"{asked}: {got[:5]}" for asked, got in results if not is_satisfied(asked, got)
    ]
    share = 100 * (1 - len(missed) / len(results))
    record_property("tried: searches of the relevance set", len(results))
    record_property("tried: % of them satisfied", round(share, 1))
    assert share >= SATISFIED, "\n".join(missed)
