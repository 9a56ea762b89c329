import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from search.marks import MOST_LETTERS, WINDOW, in_one_line, marked, passage
from search.queries import Query
from search.words import words_of
from tests.search.texts import ANYTHING, LANGUAGES, TYPED


def shown(parts):
    """Parts as they are read, what is marked between stars."""
    return "".join(f"*{part.text}*" if part.marked else part.text for part in parts)


def marks(text, query, language="fr"):
    return shown(marked(text, language, Query.of(query).forms(language)))


def passage_of(texts, query, language="fr"):
    return shown(passage(texts, language, Query.of(query).forms(language)))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("usager", "Les *usagers* à l’école, et une *usagère*."),
        ("ecole", "Les usagers à l’*école*, et une usagère."),
        ("école -usager", "Les usagers à l’*école*, et une usagère."),
        ('"école une"', "Les usagers à l’*école*, et une usagère."),
        ("usager OU école", "Les *usagers* à l’*école*, et une *usagère*."),
        ("les et une", "Les usagers à l’école, et une usagère."),
        ("", "Les usagers à l’école, et une usagère."),
    ],
)
def test_the_words_of_the_query_are_marked(query, expected):
    assert marks("Les usagers à l’école, et une usagère.", query) == expected


def test_inclusive_words_are_marked_whole():
    assert marks("Les agent·e·s d’accueil", "agents") == "Les *agent·e·s* d’accueil"


def test_what_was_found_in_other_words_is_marked_too():
    query = Query.of("user")
    clause = query.clauses[0]
    query = query.with_clause(0, type(clause)(clause.pieces, others=("usager",)))

    assert shown(marked("Un usager", "fr", query.forms("fr"))) == "Un *usager*"


@given(ANYTHING | TYPED, TYPED, LANGUAGES)
def test_the_parts_of_a_text_are_the_text(text, query, language):
    parts = marked(text, language, Query.of(query).forms(language))

    assert "".join(part.text for part in parts) == text
    assert all(part.text for part in parts)


@given(TYPED, TYPED, LANGUAGES)
def test_only_words_of_the_query_are_marked(text, query, language):
    forms = Query.of(query).forms(language)

    for part in marked(text, language, forms):
        words = list(words_of(part.text, language))
        if part.marked:
            assert [bool(forms.intersection(word.forms)) for word in words] == [True]


@given(st.lists(ANYTHING | TYPED, max_size=3), TYPED, LANGUAGES)
def test_a_passage_is_a_part_of_one_of_the_texts(texts, query, language):
    parts = passage(texts, language, Query.of(query).forms(language))
    told = "".join(part.text for part in parts).removeprefix("… ").removesuffix(" …")

    assert any(told in text for text in ["", *texts])
    assert len(list(words_of(told, language))) <= WINDOW + 1


# --- Passages ----------------------------------------------------------------

LONG = "mot " * 100


def test_a_passage_is_where_the_words_are():
    text = f"{LONG}un usager à l’école {LONG}"

    told = passage_of([text], "usager école")

    assert told.startswith("… mot")
    assert told.endswith("mot …")
    assert "un *usager* à l’*école*" in told


def test_a_passage_shows_as_many_of_the_words_as_it_can():
    text = f"L’usager. {LONG} L’usager à l’école. {LONG} École, école, école."

    assert "L’*usager* à l’*école*" in passage_of([text], "usager école")


def test_a_passage_is_of_the_first_text_that_says_most():
    texts = ["Une école", "Un usager à l’école", "L’usager et son école"]

    assert passage_of(texts, "usager école") == "Un *usager* à l’*école*"


def test_a_text_that_says_nothing_of_it_is_shown_from_its_beginning():
    assert passage_of(["", f"Il était {LONG}", "autre"], "usager").startswith(
        "Il était"
    )
    assert passage_of(["", ""], "usager") == ""
    assert passage_of([], "usager") == ""


def test_a_short_text_is_shown_whole():
    assert passage_of(["(Un usager !)"], "usager") == "(Un *usager* !)"


@pytest.mark.parametrize(
    "text",
    [
        "usager " + "x" * 9_000,
        "x" * 9_000 + " usager",
        "x" * 9_000 + " usager " + "x" * 9_000 + " usager",
        "https://example.org/" + "usager/" * 2_000,
        "usager" + "·" * 9_000,
        "x" * 9_000,
    ],
    ids=lambda text: text[:30],
)
def test_a_passage_ends_even_in_words_that_do_not(text):
    told = passage_of([text], "usager")

    assert len(told) <= MOST_LETTERS + len("… * … *" * WINDOW)
    assert ("*usager*" in told) == ("usager" in text)


# --- As HTML -----------------------------------------------------------------


@given(TYPED | st.just("<script>alert('usager')</script> & <b>usager</b>"))
def test_what_is_shown_is_harmless(text):
    parts = marked(text, "fr", {"usager", "script"})
    html = render_to_string("search/marked.html", {"parts": parts})

    plain = html.replace("<mark>", "").replace("</mark>", "")
    assert not {"<", ">"} & set(plain)
    assert html.count("<mark>") == html.count("</mark>") == sum(p.marked for p in parts)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A stage\nShe waits.\nUntil?\n\nYes", "A stage · She waits.\nUntil?\n\nYes"),
        ("One \n \n two\n", "One · two\n"),
        ("", ""),
    ],
)
def test_what_is_no_sentence_does_not_run_into_the_next(text, line):
    assert in_one_line(text) == line
