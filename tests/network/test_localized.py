"""Links are kept as their author made them and read in the reader's language."""

import pytest

from cities.models import MethodUse
from methods.models import MethodPage, PrinciplePage
from network.core.localized import counterparts, linked
from network.translation.verbs import mirror, translate
from tests.factories import CasePageFactory, MethodPageFactory, PrinciplePageFactory

pytestmark = pytest.mark.django_db


def methods(language):
    return MethodPage.objects.listed(language)


def titles(pages):
    return [page.title for page in pages]


@pytest.fixture
def debate(english):
    """A method, and its translation."""
    debate = MethodPageFactory(title="Le débat mouvant")
    mirror(debate)
    translate(debate, english, {"Le débat mouvant": "The moving debate"})
    return debate


def test_a_thing_is_found_in_the_reader_s_language(debate, english):
    found = counterparts([debate], methods(english))

    assert titles(found) == ["The moving debate"]


def test_a_thing_is_found_from_any_of_its_languages(debate, french, english):
    translation = debate.get_translation(english)

    assert list(counterparts([translation], methods(french))) == [debate]
    assert list(counterparts([translation], methods(english))) == [translation]


def test_a_thing_that_nobody_translated_is_found_in_its_own_language(english):
    method = MethodPageFactory(title="Le débat mouvant")
    mirror(method)

    (found,) = counterparts([method], methods(english))
    assert (found.title, found.content_language) == ("Le débat mouvant", "fr")


def test_a_draft_is_not_found(debate, french):
    MethodPageFactory(title="A draft", live=False)

    everything = MethodPage.objects.all()
    assert list(counterparts(everything, methods(french))) == [debate]


def test_a_draft_of_the_translation_alone_is_not_found(debate, english, french):
    # Not by `unpublish`, which takes all its versions offline.
    MethodPage.objects.filter(locale=english).update(live=False)

    assert list(counterparts([debate], methods(english))) == []
    assert list(counterparts([debate], methods(french))) == [debate]


def test_things_of_the_database_are_found_in_one_query(
    debate, english, django_assert_num_queries
):
    with django_assert_num_queries(1):
        found = titles(counterparts(MethodPage.objects.all(), methods(english)))

    assert found == ["The moving debate"]


def test_nothing_is_found_for_nothing(debate, english):
    assert list(counterparts([], methods(english))) == []
    assert list(counterparts(MethodPage.objects.none(), methods(english))) == []


def test_found_things_keep_the_order_that_was_asked_for(french):
    two, one = PrinciplePageFactory(number=2), PrinciplePageFactory(number=1)

    found = counterparts([two, one], PrinciplePage.objects.listed(french).in_order())
    assert list(found) == [one, two]


def uses(*pairs):
    """Rows of a case, as its form makes them: a method, what is said of it, a place."""
    return [
        MethodUse(method=method, note=note, locale=method.locale, sort_order=place)
        for place, (method, note) in enumerate(pairs)
    ]


def test_rows_are_read_in_their_own_order_with_what_they_say(debate, french, english):
    interview = MethodPageFactory(title="L’entretien")
    mirror(interview)
    case = CasePageFactory(method_uses=uses((interview, "twice"), (debate, "once")))

    read = linked(case.method_uses, "method", methods(english))
    assert [(method.title, row.note) for method, row in read] == [
        ("L’entretien", "twice"),
        ("The moving debate", "once"),
    ]


def test_a_row_that_points_at_a_draft_is_left_out(debate, french):
    draft = MethodPageFactory(title="A draft", live=False)
    case = CasePageFactory(method_uses=uses((draft, ""), (debate, "")))

    read = linked(case.method_uses, "method", methods(french))
    assert [method for method, row in read] == [debate]


def test_a_thing_that_two_rows_point_at_is_read_twice(debate, french):
    case = CasePageFactory(method_uses=uses((debate, "first"), (debate, "then")))

    read = linked(case.method_uses, "method", methods(french))
    assert [(method, row.note) for method, row in read] == [
        (debate, "first"),
        (debate, "then"),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_rows_and_things_cost_one_query_however_many(
    french, home, count, django_assert_num_queries
):
    methods_used = [MethodPageFactory(title=f"Method {n}") for n in range(count)]
    case = CasePageFactory(method_uses=uses(*((method, "") for method in methods_used)))
    case = type(case).objects.get(pk=case.pk)

    with django_assert_num_queries(1):
        read = linked(case.method_uses, "method", methods(french))

    assert len(read) == count


def test_a_case_being_previewed_shows_what_its_author_has_just_chosen(debate, french):
    principle = PrinciplePageFactory(number=1)
    case = CasePageFactory.build(
        parent=None, locale=french, method_uses=uses((debate, "unsaved"))
    )
    case.principles = [principle]

    assert list(case.principles_listed) == [principle]
    assert [(method, row.note) for method, row in case.methods_used] == [
        (debate, "unsaved")
    ]
