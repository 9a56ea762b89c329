import string
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.words import folded, forms_of, joined, words_of
from tests.search.texts import ANYTHING, LANGUAGES

TEXTS = ANYTHING | st.text("aeé'’-·.()œA1 ", max_size=60)


def forms(text, language="fr"):
    """What all words of a text are found by."""
    told = [word for word in words_of(text, language) if not word.is_common]
    return {form for word in told for form in word.forms}


def is_found(asked, written, language="fr"):
    """Whether one word finds another, as a search does: by a form of both."""
    return bool(forms(asked, language) & forms(written, language))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("usager", "usagers"),
        ("usager", "usagère"),
        ("usagers", "usagères"),
        ("lieu", "lieux"),
        ("public", "publique"),
        ("public", "publiques"),
        ("jeu", "jeux"),
        ("médiathèque", "mediatheque"),
        ("médiathèque", "médiathèques"),
        ("métropole", "METROPOLE"),
        ("démarche", "demarches"),
        ("évaluée", "evaluee"),
        ("évalué", "évaluées"),
        ("agent", "agente"),
        ("habitant", "habitantes"),
        ("facilitateur", "facilitatrice"),
        ("facilitateurs", "facilitatrices"),
        ("ambassadeur", "ambassadrices"),
        ("trésorier", "trésorière"),
        ("chômeur", "chômeuses"),
        ("nombreux", "nombreuse"),
        ("élu", "élues"),
        ("sérieux", "sérieuse"),
        ("ambitieux", "ambitieuses"),
        ("nerveux", "nerveuse"),
        ("actif", "active"),
        ("créatifs", "créatives"),
        ("participatif", "participatives"),
        ("archiver", "archives"),
        ("lillois", "lilloise"),
        ("français", "françaises"),
        ("précis", "précise"),
        ("divers", "diverses"),
        ("inclus", "incluse"),
        ("entreprise", "entreprises"),
        ("organiser", "organise"),
        ("nouveau", "nouvelle"),
        ("nouveaux", "nouvelles"),
        ("vieux", "vieilles"),
        ("long", "longues"),
        ("frais", "fraîche"),
        ("gros", "grosses"),
        ("neuf", "neuves"),
        ("vœu", "vœux"),
        ("neveu", "neveux"),
        ("tous", "toutes"),
        ("travail", "travaux"),
        ("local", "locaux"),
        ("bureau", "bureaux"),
        ("niveau", "niveaux"),
        ("réseau", "reseaux"),
        ("enjeu", "enjeux"),
        ("bijou", "bijoux"),
        ("œil", "yeux"),
        ("numérique", "numeriques"),
        ("école", "ecoles"),
        ("expérimenter", "expérimentation"),
        ("cœur", "coeur"),
        ("œuvre", "oeuvres"),
        ("ŒUVRE", "œuvre"),
        ("ex æquo", "ex aequo"),
        # As two characters: a letter, and an accent to put on it.
        ("e\u0301cole", "école"),
        # What paper writes as one character.
        ("ﬁnance", "finance"),
    ],
)
def test_a_french_word_is_found_by_its_other_forms(one, other):
    assert is_found(one, other)
    assert is_found(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("city", "cities"),
        ("library", "libraries"),
        ("civil servant", "civil servant’s"),
        ("civil servants'", "civil servant's"),
        ("child", "children"),
        ("person", "people"),
        ("feedback", "feedbacks"),
        ("organise", "organize"),
        ("organising", "organization"),
        ("analyse", "analyzed"),
        ("analysis", "analyses"),
        ("program", "programmes"),
        ("center", "centre"),
        ("behaviour", "behaviors"),
        ("neighborhoods", "neighbourhood"),
        ("criterion", "criteria"),
        ("Testing", "tested"),
        ("café", "cafe"),
        ("user", "USERS"),
    ],
)
def test_an_english_word_is_found_by_its_other_forms(one, other):
    assert is_found(one, other, "en")
    assert is_found(other, one, "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("usager", "usage"),
        ("lieu", "ligne"),
        ("carte", "carton"),
        ("poste", "posture"),
        ("vive", "vivre"),
        ("belle", "belge"),
        ("2018", "2019"),
        ("POC", "poche"),
    ],
)
def test_a_word_is_not_found_by_another_one(one, other):
    assert not is_found(one, other)


@pytest.mark.parametrize("mark", ["'", "’", "ʼ", "＇"])
def test_what_is_elided_is_no_part_of_the_word(mark):
    assert forms(f"l{mark}école") == forms("école")
    assert forms(f"d{mark}un usager") == forms("usager")
    assert forms(f"qu{mark}elles décident") == forms("décident")


def test_today_is_found_with_either_apostrophe():
    assert forms("aujourd'hui") == forms("aujourd’hui") != set()


@pytest.mark.parametrize(
    ("inclusive", "plain"),
    [
        ("agent·e", "agent"),
        ("agent·e·s", "agent"),
        ("agent•e•s", "agents"),
        ("agent.e", "agent"),
        ("agent.e.s", "agents"),
        ("agent-e-s", "agents"),
        ("agent(e)", "agent"),
        ("agent(e)s", "agents"),
        ("facilitateur·rice", "facilitatrice"),
        ("facilitateur·rice·s", "facilitateurs"),
        ("facilitateur.trice", "facilitateur"),
        ("élu·es", "élus"),
        ("habitant(e)s", "habitante"),
        ("usager·ère·s", "usagère"),
        ("citoyen·nes", "citoyenne"),
    ],
)
def test_inclusive_writing_is_one_word(inclusive, plain):
    words = list(words_of(f"les {inclusive} aussi", "fr"))

    assert [word.place for word in words] == [0, 1, 2]
    assert set(words[1].forms) & forms(plain)
    assert is_found(plain, inclusive)


def test_a_full_stop_without_a_space_ends_a_word():
    words = [word.folded for word in words_of("Elle est finie.Les agents", "fr")]

    assert words == ["elle", "est", "finie", "les", "agents"]


@pytest.mark.parametrize("acronym", ["CUD", "MEL", "RSA", "POC", "DGS", "EMS"])
def test_an_acronym_is_found_with_points_and_in_small_letters(acronym):
    pointed = ".".join(acronym)

    assert forms(acronym) == forms(acronym.lower())
    assert forms(acronym) == forms(pointed) == forms(f"{pointed}.")
    assert [word.folded for word in words_of(pointed, "fr")] == [acronym.lower()]


@pytest.mark.parametrize("number", ["2018", "12", "27e", "m2A", "327", "3D"])
def test_a_number_is_a_word(number):
    assert [word.folded for word in words_of(number, "fr")] == [number.lower()]
    assert forms(number) == forms(number, "en") == {number.lower()}


def test_years_are_found_in_what_is_written_of_them():
    assert {"2016", "2017"} <= forms("de 2016-2017")
    assert "2016" in forms("(2016)")
    assert "2020" in forms("10/11/2020.")


@pytest.mark.parametrize("hyphen", ["-", "‐", "‑"])
def test_words_with_a_hyphen_are_words_that_belong_together(hyphen):
    co, design = words_of(f"co{hyphen}design", "en")

    assert (co.is_joined, design.is_joined) == (False, True)
    assert set(joined((co, design), "en")) == forms("codesign", "en")


def test_words_with_a_dash_between_them_do_not_belong_together():
    told = [*words_of("le labo – équipe", "fr"), *words_of("le labo - équipe", "fr")]

    assert not any(word.is_joined for word in told)


def test_joined_words_are_found_as_the_one_word_that_others_write():
    co, development = words_of("co-développements", "fr")

    assert set(joined((co, development), "fr")) & forms("codéveloppement")


def test_words_that_say_nothing_are_common_in_either_language():
    text = "what is the parcours of the usagers, et pourquoi ?"

    for language in ("fr", "en"):
        told = [w.folded for w in words_of(text, language) if not w.is_common]
        assert told == ["parcours", "usagers"]


def test_words_know_where_they_stand():
    text = "L’école, à côté : agent·e·s !"

    words = list(words_of(text, "fr"))

    assert [text[word.start : word.end] for word in words] == [
        *("L", "école", "à", "côté", "agent·e·s"),
    ]
    assert [word.place for word in words] == [0, 1, 2, 3, 4]


# --- Of any text whatever ----------------------------------------------------


@pytest.mark.parametrize("written", ["1 280", "1\u202f280", "1,280", "1.280", "1280"])
def test_a_number_is_one_word_however_its_thousands_are_set_apart(written):
    assert [word.folded for word in words_of(f"Over {written} people", "en")] == [
        *("over", "1280", "people")
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("en 2018 200 agents", ["2018", "200"]),
        ("3, 200 et 12 45", ["3", "200", "12", "45"]),
        ("03 88 60 90 90", ["03", "88", "60", "90", "90"]),
        ("les 10 000 premiers, en 2018.", ["10000", "2018"]),
        ("1 280 000 €", ["1280000"]),
    ],
)
def test_numbers_side_by_side_are_several(text, numbers):
    found = [word.folded for word in words_of(text, "fr") if word.folded.isdecimal()]

    assert found == numbers


@given(TEXTS, LANGUAGES)
def test_words_of_any_text_stand_in_it_one_after_the_other(text, language):
    words = list(words_of(text, language))

    assert [word.place for word in words] == list(range(len(words)))
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(one.end <= other.start for one, other in pairwise(words))


@given(TEXTS, LANGUAGES)
def test_a_word_has_a_form_that_is_in_small_letters_without_accents(text, language):
    for word in words_of(text, language):
        for form in word.forms:
            assert form
            assert folded(form) == (form, form)


@given(st.text(string.ascii_letters + "éèàçœ", min_size=1, max_size=30), LANGUAGES)
def test_a_word_is_found_without_its_accents_and_in_capitals(word, language):
    plain = folded(word)[1]

    assert set(forms_of(folded(word)[0], language)) & set(forms_of(plain, language))
    assert folded(word.upper())[1] == plain


@given(TEXTS, LANGUAGES)
def test_the_same_text_has_the_same_words_again(text, language):
    assert list(words_of(text, language)) == list(words_of(text, language))
