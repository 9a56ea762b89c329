"""Numbers, lists and names of languages, as each language writes them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.utils import timezone
from django.utils.translation import override

from tests.factories import CasePageFactory, CityPageFactory, TopicFactory
from tests.networks import in_both_languages, mirrored, translated

NBSP = "\u00a0"
BOTH = ["fr", "en"]


def rendered(template, **context) -> list[str]:
    """What a template says in French, then in English."""
    said = []
    for language in BOTH:
        with override(language):
            loaded = Template("{% load texts %}" + template)
            said.append(loaded.render(Context(context)))
    return said


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [
        (12000, f"12{NBSP}000", "12,000"),
        (1234567, f"1{NBSP}234{NBSP}567", "1,234,567"),
        (153, "153", "153"),
        (0, "0", "0"),
        (None, "", ""),
    ],
)
def test_a_number_is_grouped_as_each_language_does(count, french, english):
    assert rendered("{{ count|number }}", count=count) == [french, english]


@pytest.mark.parametrize(
    ("things", "french", "english"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a et b", "a and b"),
        (["a", "b", "c", "d"], "a, b, c et d", "a, b, c and d"),
    ],
)
def test_a_list_is_separated_as_each_language_does(things, french, english):
    loop = "{% for one in things %}{{ one }}{{ forloop|separator }}{% endfor %}"

    assert rendered(loop, things=things) == [french, english]


def test_a_language_is_named_as_within_a_sentence():
    names = rendered("{{ fr|language_name }} {{ en|language_name }}", fr="fr", en="en")

    assert names == ["français anglais", "French English"]


def test_a_day_is_that_of_the_site_s_own_clock():
    midnight = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)

    assert rendered("{{ moment|day }}", moment=midnight) == [
        "1er mars 2026",
        "1 March 2026",
    ]
    assert rendered("{{ moment|day }}", moment=None) == ["", ""]


# --- On a page -------------------------------------------------------------


def page_of(client, page):
    return BeautifulSoup(client.get(page.url).content, "html.parser")


def fact(html, term) -> list[tuple]:
    """What stands beside a term: each text and the language it says it is in."""
    (dt,) = [dt for dt in html.find_all("dt") if dt.text == term]
    texts = dt.find_next_sibling("dd").find_all(string=re.compile(r"\S"))
    return [(str(text).strip("\n"), text.parent.get("lang")) for text in texts]


@pytest.fixture
def case(english):
    """A case that nobody translated, of a city that somebody did."""
    water = TopicFactory(name="L’eau", slug="eau")
    translation = water.copy_for_translation(english)
    translation.name = "Water"
    translation.save()
    topics = [water, TopicFactory(name="Le jeu", slug="jeu")]
    translated(CityPageFactory, "Dunkirk", title="Dunkerque", slug="dunkerque")
    return mirrored(CasePageFactory, topics=topics, people_met=1530)


@pytest.mark.django_db
def test_a_page_shows_topics_in_the_reader_s_language_and_says_which_is_not(
    case, client
):
    """D19: an alias keeps the French topics of its source."""
    french, english = (page_of(client, one) for one in in_both_languages(case))

    assert fact(french, "Thèmes") == [("L’eau", None), (" et ", None), ("Le jeu", None)]
    # The whole page is in French: what is not says so.
    assert fact(english, "Thèmes") == [
        ("Le jeu", None),
        (" et ", None),
        ("Water", "en"),
    ]


@pytest.mark.django_db
def test_a_page_in_another_language_says_the_language_of_the_city_it_names(
    case, client
):
    _, english = (page_of(client, one) for one in in_both_languages(case))

    link = english.select_one(".sheet-head a")
    assert (link.text, link["lang"]) == ("Dunkirk", "en")
    assert (english.title["lang"], english.title.text) == (
        "fr",
        f"{case.title} · Code Source",
    )


@pytest.mark.django_db
def test_a_count_on_a_page_is_grouped(case, client):
    french = page_of(client, case)

    assert fact(french, "Personnes rencontrées") == [(f"1{NBSP}530", None)]


@pytest.mark.django_db
def test_coordinates_are_separated_by_what_does_not_stand_within_them(client, english):
    city = translated(
        CityPageFactory,
        "Dunkirk",
        title="Dunkerque",
        latitude="51.0344",
        longitude="2.3768",
    )
    french, english = (page_of(client, one) for one in in_both_languages(city))

    assert fact(french, "Coordonnées géographiques") == [
        (f"51,0344{NBSP}; 2,3768", None)
    ]
    assert fact(english, "Coordinates") == [("51.0344, 2.3768", None)]


@pytest.mark.parametrize(
    ("seconds", "french", "english"),
    [
        (0, "moins d’une minute", "less than a minute"),
        (59, "moins d’une minute", "less than a minute"),
        (61, f"1{NBSP}minute", f"1{NBSP}minute"),
    ],
)
def test_what_was_done_just_now_was_not_done_zero_minutes_ago(seconds, french, english):
    moment = timezone.now() - timedelta(seconds=seconds)

    assert rendered("{{ moment|time_since }}", moment=moment) == [french, english]
