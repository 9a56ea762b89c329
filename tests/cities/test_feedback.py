import pytest
from wagtail.models import PageViewRestriction

from cities.models import FeedbackCase, FeedbackMethod
from tests.factories import (
    CasePageFactory,
    FeedbackPageFactory,
    MethodPageFactory,
    PrinciplePageFactory,
)
from tests.forms import edit, latest, refusal
from tests.networks import in_both_languages, mirrored, translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def lessons(lyon):
    return FeedbackPageFactory(title="Ce que nous dirions")


def named(page):
    """The titles of what a page of lessons names: cases, methods, principles."""
    links = [page.cases_listed, page.methods_listed, page.principles_listed]
    return [[one.title for one in pages] for pages in links]


def test_lessons_name_their_cases_methods_and_principles_in_order(lyon):
    cases = [CasePageFactory(title=title) for title in ("Zoom", "Atlas")]
    methods = [MethodPageFactory(title=title) for title in ("Zoom", "Atlas")]
    principles = [PrinciplePageFactory(number=number) for number in (2, 1)]

    lessons = FeedbackPageFactory(
        case_links=[FeedbackCase(case=case) for case in cases],
        method_links=[FeedbackMethod(method=method) for method in methods],
        principles=principles,
    )

    assert lessons.cases_listed == cases
    assert lessons.methods_listed == methods
    assert list(lessons.principles_listed) == principles[::-1]


def test_lessons_name_them_in_the_reader_s_language(lyon):
    case = translated(CasePageFactory, "A case", title="Un cas")
    method = mirrored(MethodPageFactory, title="Une méthode")
    principle = translated(PrinciplePageFactory, "A sheet", title="Une fiche")
    links = {
        "case_links": [FeedbackCase(case=case)],
        "method_links": [FeedbackMethod(method=method)],
        "principles": [principle],
    }
    mirror = mirrored(FeedbackPageFactory, **links)

    names = [named(page) for page in in_both_languages(mirror)]

    assert names == [
        [["Un cas"], ["Une méthode"], ["Une fiche"]],
        [["A case"], ["Une méthode"], ["A sheet"]],
    ]


def test_lessons_name_nothing_that_is_a_draft_or_not_for_everybody(lyon):
    draft, hidden = CasePageFactory(title="Draft", live=False), CasePageFactory()
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    method = MethodPageFactory(live=False)

    lessons = FeedbackPageFactory(
        case_links=[FeedbackCase(case=draft), FeedbackCase(case=hidden)],
        method_links=[FeedbackMethod(method=method)],
        principles=[PrinciplePageFactory(live=False)],
    )

    assert named(lessons) == [[], [], []]


def test_a_list_of_lessons_has_the_latest_first(client, lyon):
    pages = [
        FeedbackPageFactory(title=title, first_published_at=date)
        for title, date in [("Old", "2018-01-01T00:00Z"), ("New", "2019-01-01T00:00Z")]
    ]
    FeedbackPageFactory(title="Draft", live=False)

    entries = client.get(pages[0].get_parent().url).context["entries"]

    assert list(entries) == pages[::-1]


def test_whose_point_of_view_is_one_of_those_that_are_known(as_ada, lessons):
    refused = refusal(as_ada, lessons, "en", point_of_view="mayor")

    message = "Select a valid choice. mayor is not one of the available choices."
    assert refused == {"point_of_view": [message]}


def test_lessons_may_be_saved_as_a_draft_before_they_are_complete(as_ada, lessons):
    answer = edit(as_ada, lessons, summary="")

    assert answer.status_code == 302
    assert latest(lessons).summary == ""
