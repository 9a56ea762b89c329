import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils.translation import override

from home.models import Term
from network.translation.verbs import mirror, translate
from tests.factories import GlossaryPageFactory, TermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def glossary(english):
    glossary = GlossaryPageFactory(slug="glossaire")
    mirror(glossary)
    translate(glossary, english, {"glossaire": "glossary"})
    return glossary


def shown(page):
    """The words of a glossary under their letters, the reader's language first."""
    return {
        section.h2.text: [
            [(side["lang"], side.h3.text) for side in term.select(".term-side")]
            for term in section.select(".term")
        ]
        for section in page.select(".section")
    }


def test_each_word_stands_under_its_letter_beside_its_translation(glossary, read):
    TermFactory(word_fr="usager", word_en="user")
    TermFactory(word_fr="cas", word_en="case")

    assert shown(read("/fr/glossaire/")) == {
        "C": [[("fr", "cas"), ("en", "case")]],
        "U": [[("fr", "usager"), ("en", "user")]],
    }


def test_a_reader_of_english_finds_the_english_word_first(glossary, read):
    TermFactory(word_fr="agent public", word_en="civil servant")
    TermFactory(word_fr="retour d’expérience", word_en="lessons learned")

    assert shown(read("/en/glossary/")) == {
        "C": [[("en", "civil servant"), ("fr", "agent public")]],
        "L": [[("en", "lessons learned"), ("fr", "retour d’expérience")]],
    }


def test_words_are_in_the_order_of_a_dictionary_of_the_reader_s_language(
    glossary, read
):
    for french, english in [
        *(("étude", "study"), ("Élu", "elected member"), ("enquête", "enquiry")),
        *(("œuvre", "work"), ("atelier", "workshop")),
    ]:
        TermFactory(word_fr=french, word_en=english)

    letters = {
        address: {
            letter: [sides[0][1] for sides in terms]
            for letter, terms in shown(read(address)).items()
        }
        for address in ("/fr/glossaire/", "/en/glossary/")
    }

    assert letters == {
        "/fr/glossaire/": {
            "A": ["atelier"],
            "E": ["Élu", "enquête", "étude"],
            "O": ["œuvre"],
        },
        "/en/glossary/": {
            "E": ["elected member", "enquiry"],
            "S": ["study"],
            "W": ["work", "workshop"],
        },
    }


def test_a_glossary_that_nobody_translated_is_in_the_order_of_its_own_language(
    english, read
):
    mirror(GlossaryPageFactory(slug="glossaire"))
    TermFactory(word_fr="agent public", word_en="civil servant")

    assert shown(read("/en/glossaire/")) == {
        "A": [[("fr", "agent public"), ("en", "civil servant")]]
    }


def test_each_letter_leads_to_its_words(glossary, read):
    TermFactory(word_fr="usager")
    TermFactory(word_fr="étude", word_en="study")

    page = read("/fr/glossaire/")

    letters = [a["href"].removeprefix("#") for a in page.select(".letters a")]
    assert letters == ["letter-e", "letter-u"]
    assert [section["id"] for section in page.select(".section")] == letters


def test_a_word_that_is_a_draft_is_not_shown(glossary, read):
    TermFactory(word_fr="usager")
    TermFactory(word_fr="brouillon", word_en="draft", live=False)

    assert list(shown(read("/fr/glossaire/"))) == ["U"]


def test_a_note_for_translators_is_not_for_readers(glossary, client):
    TermFactory(definition_fr="Une personne.", note="Never say “client”")

    content = client.get("/fr/glossaire/").content.decode()

    assert ("Une personne." in content, "client" in content) == (True, False)


def test_a_glossary_without_words_says_so(glossary, read):
    page = read("/fr/glossaire/")

    assert shown(page) == {}
    assert page.find(class_="empty").p.text


def test_a_pair_of_words_is_there_once():
    TermFactory(word_fr="usager", word_en="user")
    TermFactory(word_fr="usager", word_en="service user")

    with pytest.raises(IntegrityError, match="one_term_per_pair_of_words"):
        TermFactory(word_fr="usager", word_en="user")


def test_a_word_is_called_by_its_name_in_the_language_being_read():
    term = TermFactory.build(word_fr="usager", word_en="user")

    names = []
    for language in ("fr", "en"):
        with override(language):
            names.append(term.word)

    assert (names, str(term)) == (["usager", "user"], "usager · user")


def test_a_word_is_seen_before_it_is_public(as_ada, home):
    term = TermFactory(word_fr="usager", live=False)
    form = {"word_fr": "habitant", "word_en": "inhabitant"}
    definitions = {"definition_fr": "Qui habite.", "definition_en": "Who lives here."}
    panel = reverse("wagtailsnippets_home_term:preview_on_edit", args=[term.pk])

    answer = as_ada.post(panel, form | definitions)

    assert answer.json() == {"is_valid": True, "is_available": True}
    assert "Qui habite." in as_ada.get(panel).content.decode()


def test_a_word_added_in_the_admin_is_public_once_it_is_published(
    as_ada, glossary, read
):
    form = {"word_fr": "habitant", "word_en": "inhabitant"}
    form |= {"definition_fr": "Qui habite.", "definition_en": "Who lives here."}
    address = reverse("wagtailsnippets_home_term:add")

    as_ada.post(address, form)
    draft = list(shown(read("/fr/glossaire/")))
    as_ada.post(
        reverse("wagtailsnippets_home_term:edit", args=[Term.objects.get().pk]),
        form | {"action-publish": "action-publish"},
    )

    assert (draft, list(shown(read("/fr/glossaire/")))) == ([], ["H"])


@pytest.mark.parametrize("count", [1, 3])
def test_a_glossary_costs_the_same_however_many_words(
    glossary, client, count, django_assert_max_num_queries
):
    for number in range(count):
        TermFactory(word_fr=f"{'abc'[number]}", word_en=f"{'xyz'[number]}")

    with django_assert_max_num_queries(15):
        answer = client.get("/en/glossary/")

    assert answer.content.count(b'class="term"') == count
