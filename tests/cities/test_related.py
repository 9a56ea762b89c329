"""What leads on from a page: others that have something in common with it, and why."""

import pytest
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from cities.models import CasePage, FeedbackCase, JourneyPage, MethodUse
from network.translation.verbs import mirror
from tests.factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    CityPageFactory,
    FeedbackPageFactory,
    JourneyPageFactory,
    MethodPageFactory,
    PrinciplePageFactory,
    TopicFactory,
    locale,
)

pytestmark = pytest.mark.django_db


def told(page):
    """Each page that is shown, with why."""
    with override("en"):
        return [
            (
                one.page.title,
                [(str(why.label), names(why.things)) for why in one.reasons],
            )
            for one in type(page).objects.get(pk=page.pk).related
        ]


def names(things):
    return [str(thing) for thing in things]


def titles(page):
    return [title for title, why in told(page)]


def case(title, *, topics=(), methods=(), parent=None):
    case = CasePageFactory(title=title, **({"parent": parent} if parent else {}))
    case.topics = topics
    case.method_uses = [MethodUse(locale=locale("fr"), method=one) for one in methods]
    case.save()
    return case


@pytest.fixture
def elsewhere(home):
    """The cases of another city than that of most."""
    CasePageFactory(title="To begin with")
    return CaseIndexPageFactory(parent=CityPageFactory(title="Metz"))


@pytest.fixture
def topic(home):
    return TopicFactory(name="Housing")


def test_a_case_leads_to_those_about_the_same_and_says_so(elsewhere, topic):
    here = case("Here", topics=[topic])
    case("Beside", topics=[topic])
    case("Far", topics=[topic], parent=elsewhere)
    case("Alone", topics=[TopicFactory(name="Water")])

    assert told(here) == [
        ("Far", [("Same topic in another city or region", ["Housing"])]),
        ("Beside", [("Same topic", ["Housing"])]),
    ]


def test_what_has_more_in_common_comes_first(elsewhere, topic):
    methods = [MethodPageFactory(title=f"Method {number}") for number in (1, 2)]
    here = case("Here", topics=[topic], methods=methods)
    case("By one", methods=methods[1:])
    case("By both", methods=methods)
    case("By all", topics=[topic], methods=methods)

    assert titles(here) == ["By all", "By both", "By one"]
    assert told(here)[2][1] == [("Same method", ["Method 2"])]


def test_of_many_the_best_four_are_shown_always_the_same(elsewhere, topic):
    here = case("Here", topics=[topic])
    for number in range(6):
        case(f"Case {number}", topics=[topic])

    assert titles(here) == ["Case 5", "Case 4", "Case 3", "Case 2"]


def test_a_page_with_nothing_in_common_leads_nowhere(home, client):
    here = case("Here")
    case("Another")

    assert told(here) == []
    assert b'id="related"' not in client.get(here.url).content


def test_what_nobody_may_read_is_not_related(home, topic):
    here = case("Here", topics=[topic])
    draft, secret = (case(title, topics=[topic]) for title in ("Draft", "Secret"))
    CasePage.objects.filter(pk=draft.pk).update(live=False)
    PageViewRestriction.objects.create(page=secret, restriction_type="login")

    assert told(here) == []


def test_lessons_lead_to_those_on_the_same_case(home):
    about = CasePageFactory(title="The desk")
    lessons = [FeedbackPageFactory(title=f"Lesson {number}") for number in (1, 2)]
    for lesson in lessons:
        lesson.case_links = [FeedbackCase(case=about)]
        lesson.save()

    assert told(lessons[0]) == [("Lesson 2", [("Same case", ["The desk"])])]


def test_journeys_are_related_by_their_cases_and_not_by_drafts(elsewhere, topic):
    cases = [case(title, topics=[topic]) for title in ("One", "Another", "Draft")]
    journeys = [JourneyPageFactory(title=f"In {one.title}", case=one) for one in cases]
    CasePage.objects.filter(pk=cases[2].pk).update(live=False)

    assert told(journeys[0]) == [("In Another", [("Same topic", ["Housing"])])]
    assert told(journeys[2]) == []


def test_methods_are_related_by_their_cases_and_their_principles(home):
    principle = PrinciplePageFactory(title="Together")
    methods = [MethodPageFactory(title=f"Method {number}") for number in (1, 2, 3)]
    case("The desk", methods=methods[:2])
    for method in methods[::2]:
        method.principles = [principle]
        method.save()

    assert told(methods[0]) == [
        ("Method 2", [("Used in the same case", ["The desk"])]),
        ("Method 3", [("Same principle", ["Together"])]),
    ]


def test_a_page_that_is_not_translated_is_related_in_its_readers_language(
    english, topic, client
):
    here, other = (case(title, topics=[topic]) for title in ("Ici", "Ailleurs"))

    mirror(here)
    mirror(other)

    [one] = here.get_translation(english).specific.related
    assert (one.page.title, one.page.locale) == ("Ailleurs", english)


@pytest.mark.parametrize("count", [1, 3])
def test_to_find_them_is_one_question(home, topic, count, django_assert_num_queries):
    here = case("Here", topics=[topic])
    for number in range(count):
        case(f"Case {number}", topics=[topic])
    assert here.topics_listed
    assert here.methods == []

    with django_assert_num_queries(1):
        assert len(here.related) == count


# --- Beside it -------------------------------------------------------------


def test_a_page_leads_to_those_beside_it_in_the_list_of_its_city(elsewhere):
    before, here, after = (case(f"Case {number}") for number in range(3))
    case("In Metz", parent=elsewhere)

    found = CasePage.objects.get(pk=here.pk)

    assert (found.before.pk, found.after.pk) == (before.pk, after.pk)
    assert CasePage.objects.get(pk=after.pk).after is None


def test_drafts_are_passed_over(home):
    here, draft, after = (case(f"Case {number}") for number in range(3))
    CasePage.objects.filter(pk=draft.pk).update(live=False)

    assert CasePage.objects.get(pk=here.pk).after.pk == after.pk


def test_journeys_have_neighbours_of_their_own(home, client):
    journeys = [JourneyPageFactory(title=f"Journey {number}") for number in (1, 2)]

    answer = client.get(journeys[0].url).content.decode()

    assert f'<a rel="next" href="{journeys[1].url}">Journey 2</a>' in answer
    assert JourneyPage.objects.get(pk=journeys[0].pk).before is None
