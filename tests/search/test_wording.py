import pytest

from search.queries import Query
from search.wording import Pair, place_of, ways_to_say, widened

JOURNEY = [Pair("user journey", "parcours usager"), Pair("user", "usager")]
BOTH_WAYS = [*JOURNEY, *(Pair(pair.meaning, pair.words) for pair in JOURNEY)]


def also(text, pairs=BOTH_WAYS):
    """The other words that are looked for too."""
    return widened(Query.of(text), pairs).also


def clauses(text, pairs=BOTH_WAYS):
    """What is looked for, each with the other ways to say it."""
    return [
        (" ".join(piece.text for piece in clause.pieces), clause.others)
        for clause in widened(Query.of(text), pairs).clauses
    ]


@pytest.mark.parametrize(
    "text", ["user journey", "User Journeys", "the user’s journey"]
)
def test_an_english_term_is_looked_for_in_french_too(text):
    assert "parcours usager" in also(text)


@pytest.mark.parametrize(
    "text", ["parcours usager", "Parcours usagers", "le parcours de l’usagère"]
)
def test_a_french_term_is_looked_for_in_english_too(text):
    assert "user journey" in also(text)


@pytest.mark.parametrize(
    "text",
    [
        '"user journey"',
        '"user" journey',
        'user "journey"',
        '"the user journey"',
        '"user" "journey"',
    ],
)
def test_what_stands_in_quotes_is_looked_for_as_it_stands(text):
    query = widened(Query.of(text), BOTH_WAYS[:1])

    assert query == Query.of(text)
    assert query.also == ()


def test_quotes_stay_around_their_words_beside_a_term():
    query = widened(Query.of('user journey "in Lille" "user"'), BOTH_WAYS)

    exact = [
        [piece.text for piece in one.pieces if piece.exact] for one in query.clauses
    ]
    assert exact == [[], ["in Lille"], ["user"]]
    assert query.clauses[2].others == ()


def test_words_that_a_hyphen_joins_stay_together_within_a_term():
    pair = Pair("co-design lab", "atelier")
    alone, within = (Query.of(text) for text in ("co-design", "co-design lab"))

    query = widened(within, [pair])

    assert query.clauses[0].others == ("atelier",)
    assert alone.in_sql("en") in query.in_sql("en")


def test_the_longest_term_is_taken():
    assert clauses("user journey in Lille") == [
        ("user journey", ("parcours usager",)),
        ("in", ()),
        ("Lille", ()),
    ]


def test_a_term_is_found_among_other_words():
    assert clauses("Lille user") == [("Lille", ()), ("user", ("usager",))]


@pytest.mark.parametrize(
    "text", ["", "user", "journey user", "-user journey", "user OR journey"]
)
def test_what_is_not_the_term_is_not_taken_for_it(text):
    assert also(text, JOURNEY[:1]) == ()


def test_the_other_words_find_what_the_words_do_not():
    query = widened(Query.of("user journey"), JOURNEY)

    assert "parcour" in query.in_sql("fr")
    assert "parcour" not in query.without_others.in_sql("fr")
    assert query.without_others.also == ()


def test_words_that_say_the_same_are_told_once():
    pairs = [
        Pair("civil servant", "agent public"),
        Pair("civil servant", "agente publique"),
        Pair("civil servant", "fonctionnaire"),
    ]

    assert also("civil servants", pairs) == ("agent public", "fonctionnaire")


@pytest.mark.parametrize(
    ("term", "ways"),
    [
        ("maquette", ["maquette"]),
        ("civil servant; public employee", ["civil servant", "public employee"]),
        ("agent public, agente publique", ["agent public", "agente publique"]),
        ("preuve de concept (POC)", ["preuve de concept", "POC"]),
        ("member (of the network)", ["member"]),
        ("direction (service)", ["direction"]),
        ("DGS (directeur général ou directrice générale des services)", ["DGS"]),
    ],
)
def test_a_term_may_be_said_in_several_ways(term, ways):
    assert list(ways_to_say(term)) == ways


@pytest.mark.parametrize(
    ("words", "text", "place"),
    [
        ("front desk", "front desk", (0, 2)),
        ("front desk", "the front desk", (0, 3)),
        ("front desk", "front-desk", (0, 1)),
        ("front desk", "front", (0, 0)),
        ("front desk", "desk front", (0, 0)),
        ("the", "the", (0, 0)),
        ("", "front", (0, 0)),
    ],
)
def test_a_query_is_searched_for_words(words, text, place):
    assert place_of(words, Query.of(text), "en") == place
