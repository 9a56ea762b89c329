import unicodedata

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from search.finding import Search
from search.queries import INVISIBLE, LONGEST_QUERY, MOST_WORDS, Query, cleaned
from search.spelling import mistyped
from search.vectors import vector
from tests.search.texts import ANYTHING, LANGUAGES, TYPED

pytestmark = pytest.mark.django_db

# Many times what anybody types, and nothing to PostgreSQL.
LONGEST_SQL = 50_000


def asked(sql):
    """`sql` as PostgreSQL understands it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsquery::text", [sql])
        return cursor.fetchone()[0]


def says(text, query, language="fr", weight="C"):
    """Whether a page with this text is found."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s::tsvector @@ %s::tsquery",
            [vector([(text, weight)], language), Query.of(query).in_sql(language)],
        )
        return cursor.fetchone()[0]


def says_some(text, query, least, language="fr"):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s::tsvector @@ %s::tsquery",
            [
                vector([(text, "C")], language),
                Query.of(query).loosely_in_sql(language, least),
            ],
        )
        return cursor.fetchone()[0]


# --- Of any text whatever ----------------------------------------------------


@given(ANYTHING | TYPED, LANGUAGES)
def test_whatever_is_typed_is_a_query(text, language):
    query = Query.of(text)
    told = [query.in_sql(language)]
    told += [query.loosely_in_sql(language, least) for least in (1, 2)]

    assert max(map(len, told)) < LONGEST_SQL
    # PostgreSQL loses nothing of it: all that is quoted is a word.
    assert all(bool(asked(sql)) == bool(sql) for sql in told)


@given(ANYTHING | TYPED)
def test_what_is_cleaned_is_short_and_clean(text):
    once = cleaned(text)

    assert cleaned(once) == once
    assert len(once) <= LONGEST_QUERY
    assert once == once.strip()
    assert not INVISIBLE.intersection(map(unicodedata.category, once))


@given(ANYTHING | TYPED)
def test_what_a_query_says_is_the_query_again(text):
    query = Query.of(text)

    assert Query.of(query.text) == query
    assert len(query.clauses) <= MOST_WORDS


@given(TYPED, LANGUAGES, st.integers(0, 2))
@settings(max_examples=50)
def test_whatever_is_typed_can_be_looked_for(text, language, least):
    query = Query.of(text)

    found = Search(query, language, least=least).run()

    assert (found.rows, found.total) == ([], 0)
    assert mistyped(query, language) == []


@pytest.mark.parametrize(
    "text",
    [
        "\x00",
        "\ud83d",
        "' OR 1=1 --",
        "!!!",
        "a:*",
        "a:ABCD & b",
        "(((",
        "<-> <2> <99999>",
        "\\' \\\\ '",
        '"""',
        "-",
        "- - -",
        "-OR OR -OU",
        "OR",
        "«»",
        "x" * 10_000,
        "-x " * 5_000,
        '"x" OR ' * 2_000,
        "a-" * 5_000,
        "%s %(x)s {} {0}",
        "\u202ea\u202c",
        "١٢٣ 中文 かな",
    ],
)
def test_hostile_text_is_harmless(text):
    for language in ("fr", "en"):
        sql = Query.of(text).in_sql(language)

        assert bool(asked(sql)) == bool(sql)
        assert len(sql) < LONGEST_SQL


# --- What a query means ------------------------------------------------------


def test_all_words_must_be_there_in_any_order():
    assert says("L’accueil en mairie", "mairie accueil")
    assert not says("L’accueil au musée", "mairie accueil")


@pytest.mark.parametrize("number", ["10 000", "10\u202f000", "10,000", "10000"])
@pytest.mark.parametrize("written", ["10 000", "10.000", "10000"])
def test_a_number_is_found_however_its_thousands_are_set_apart(number, written):
    assert says(f"Les {written} foyers", f"foyers {number}")
    assert says(f"Les {written} foyers", f'"{number} foyers"')


def test_common_words_need_not_be_there():
    assert says("Accueil, mairie", "comment faire pour l’accueil dans une mairie ?")


@pytest.mark.parametrize("quotes", ['""', "“”", "„“", "«»", "‟”"])
def test_quoted_words_must_stand_in_their_order(quotes):
    query = quotes[0] + "cherche sa salle" + quotes[1]

    assert says("Chacun cherche sa salle", query)
    assert says("CHACUN CHERCHE SA SALLE", query)
    assert not says("La salle se cherche", query)
    assert not says("Il cherche le soir une salle", query)


def test_french_quotes_have_spaces_inside():
    assert says("Chacun cherche sa salle", "« cherche sa salle »")
    assert says("Chacun cherche sa salle", "«\xa0cherche sa salle\u202f»")


def test_a_quote_that_is_not_closed_is_no_quote():
    assert says("La salle se cherche", '"cherche salle')


def test_a_quoted_phrase_is_found_across_common_words_as_it_was_typed():
    assert says("un carnet de santé", '"carnet de santé"')
    assert says("un carnet pour la santé", '"carnet pour la santé"')
    assert not says("un carnet de santé", '"carnet santé"')


def test_no_phrase_begins_in_one_text_and_ends_in_the_next():
    told = vector([("Le carnet", "A"), ("Santé !", "B")], "fr")

    with connection.cursor() as cursor:
        sql = Query.of('"carnet santé"').in_sql("fr")
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [told, sql])
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize("query", ["carte -max", "-max carte", 'carte -"Max"'])
def test_what_has_a_minus_must_not_be_there(query):
    assert says("La carte citoyenne", query)
    assert not says("La carte Max", query)


def test_a_quoted_phrase_can_be_excluded():
    assert says("La salle de la carte", 'carte -"carte de la salle"')
    assert not says("La carte de la salle", 'carte -"carte de la salle"')


@pytest.mark.parametrize(
    "query", ["co-design", "carte - max", "carte-max", "carte –max"]
)
def test_only_a_minus_before_a_word_excludes(query):
    assert not any(clause.excluded for clause in Query.of(query).clauses)


@pytest.mark.parametrize("word", ["OR", "OU"])
def test_either_is_enough_with_or(word):
    query = f"mégots {word} musées"

    assert says("Le mégot", query)
    assert says("Un musée", query)
    assert not says("Une mairie", query)
    assert says("Un musée à Metz", f"metz mégots {word} musées {word} bus")
    assert not says("Un musée à Lille", f"metz mégots {word} musées")


@pytest.mark.parametrize("query", ["OR mégots", "mégots OR", "OR OR mégots OR OR"])
def test_or_with_nothing_beside_it_is_nothing(query):
    assert says("Le mégot", query)
    assert not says("Une mairie", query)


def test_or_does_not_join_what_is_excluded():
    assert not says("Un musée, un mégot", "musée OR -mégot")
    assert says("Un musée", "musée OR -mégot")


def test_or_in_small_letters_is_a_common_word():
    assert not says("Le mégot", "mégots ou musées")


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("co-design", "co-design"),
        ("codesign", "co-design"),
        ("co-design", "codesign"),
        ("co design", "co-design"),
        ("co-développement", "codéveloppements"),
        ("codéveloppement", "co-developpement"),
        ("un story-board", "storyboards"),
    ],
)
def test_words_with_a_hyphen_are_one_word_or_stand_side_by_side(text, query):
    assert says(text, query)


def test_words_with_a_hyphen_are_not_found_far_from_each_other():
    assert not says("La co-conception et le design", "co-design")


def test_common_words_alone_are_looked_for_in_titles():
    assert says("« Et si… »", "et si", weight="A")
    assert not says("Et si l’on essayait", "et si", weight="C")
    assert not says("Si l’on veut et peut", "et si", weight="A")


def test_a_title_is_found_without_its_common_words():
    assert says("Le parcours de l’usager", "parcours usager", weight="A")


def test_some_of_the_words_may_be_enough():
    text = "Des agents saturés n’ont pas le temps"

    assert says_some(text, "temps agents girafe", 2)
    assert not says_some(text, "temps girafe zèbre", 2)
    assert says_some(text, "temps girafe zèbre", 1)
    assert not says_some(text, "girafe zèbre", 1)


def test_what_is_excluded_is_excluded_even_if_some_words_are_enough():
    assert not says_some("Des agents, du temps", "agents girafe -temps", 1)


def test_the_first_words_of_an_endless_query_are_looked_for():
    query = Query.of(" ".join(f"w{number}" for number in range(50)))

    assert len(query.clauses) == MOST_WORDS
    assert query.clauses[0].pieces[0].text == "w0"
