import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from cities.models import CaseResource, FeedbackCase, MethodUse
from tests.factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    FeedbackPageFactory,
    JourneyPageFactory,
    MethodPageFactory,
    PictureFactory,
    PrinciplePageFactory,
    ResourcePageFactory,
    TopicFactory,
    locale,
)
from tests.forms import edit, latest, refusal
from tests.networks import in_both_languages, mirrored, translated

pytestmark = pytest.mark.django_db

END_BEFORE_START = {
    "fr": "La fin est avant le début. Vérifiez les deux dates.",
    "en": "The end is before the start. Check both dates.",
}
FIELD_TEST = {
    "what": "Fifteen ashtrays",
    "place": "",
    "start": "",
    "end": "",
    "duration": "",
    "result": "",
}


@pytest.fixture
def case(lyon):
    """A case with nothing in it but what every case must have."""
    return CasePageFactory(title="La salle de lecture")


def uses(*methods):
    return [
        MethodUse(
            locale=locale("fr"),
            method=method,
            note=f"How: {method.title}",
            sort_order=place,
        )
        for place, method in enumerate(methods)
    ]


def hide(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def test_the_methods_of_a_case_are_in_the_order_of_use_each_with_its_note(lyon):
    methods = [MethodPageFactory(title=title) for title in ("Zoom", "Atlas", "Media")]
    case = CasePageFactory(method_uses=uses(*methods))

    used = [(method, use.note) for method, use in case.methods_used]

    assert used == [(method, f"How: {method.title}") for method in methods]
    assert case.methods == methods


def test_a_case_shows_no_method_that_is_a_draft_or_not_for_everybody(lyon):
    public, draft, hidden = (
        MethodPageFactory(title=title, live=title != "Draft")
        for title in ("Public", "Draft", "Hidden")
    )
    hide(hidden)

    case = CasePageFactory(method_uses=uses(draft, public, hidden))

    assert case.methods == [public]


def test_a_case_shows_its_methods_in_the_reader_s_language(lyon):
    only_french = mirrored(MethodPageFactory, title="L’entretien", slug="a")
    both = translated(MethodPageFactory, "The debate", title="Le débat", slug="b")
    mirror = mirrored(CasePageFactory, title="Un", method_uses=uses(only_french, both))
    translation = translated(
        CasePageFactory, "Two", title="Deux", method_uses=uses(both, only_french)
    )

    titles = [
        [[method.title for method in page.methods] for page in in_both_languages(case)]
        for case in (mirror, translation)
    ]

    assert titles == [
        [["L’entretien", "Le débat"], ["L’entretien", "The debate"]],
        [["Le débat", "L’entretien"], ["The debate", "L’entretien"]],
    ]


def test_the_resources_of_a_case_are_in_its_author_s_order_without_drafts(lyon):
    zoom, draft, atlas = (
        ResourcePageFactory(title=title, live=title != "Draft")
        for title in ("Zoom", "Draft", "Atlas")
    )

    case = CasePageFactory(
        resource_links=[CaseResource(resource=one) for one in (zoom, draft, atlas)]
    )

    assert case.resources_listed == [zoom, atlas]


def test_the_principles_of_a_case_are_in_their_own_order_without_drafts(lyon):
    three, draft, one = (
        PrinciplePageFactory(number=number, live=number != 2) for number in (3, 2, 1)
    )

    case = CasePageFactory(principles=[three, draft, one])

    assert list(case.principles_listed) == [one, three]


def test_the_topics_of_a_case_are_in_the_reader_s_language_without_drafts(lyon):
    water = TopicFactory(name="L’eau", slug="eau")
    draft = TopicFactory(name="Brouillon", slug="brouillon", live=False)
    english = water.copy_for_translation(locale("en"))
    english.name = "Water"
    english.save()
    case = mirrored(CasePageFactory, topics=[water, draft])

    names = [
        [topic.name for topic in page.topics_listed] for page in in_both_languages(case)
    ]

    assert names == [["L’eau"], ["Water"]]


def test_a_case_names_its_journeys_and_lessons_in_both_languages(lyon):
    case = mirrored(CasePageFactory)
    translated(JourneyPageFactory, "Journey", title="Parcours", case=case)
    mirrored(FeedbackPageFactory, title="Retour", case_links=[FeedbackCase(case=case)])

    named = [
        [
            [page.title for page in pages]
            for pages in (version.journeys_listed, version.feedback_listed)
        ]
        for version in in_both_languages(case)
    ]

    assert named == [[["Parcours"], ["Retour"]], [["Journey"], ["Retour"]]]


def test_a_case_names_no_journey_or_lesson_that_is_a_draft_or_of_another_case(case):
    other = CasePageFactory(title="Another")
    JourneyPageFactory(case=other)
    JourneyPageFactory(title="Draft", case=case, live=False)
    FeedbackPageFactory(case_links=[FeedbackCase(case=other)])
    FeedbackPageFactory(title="Draft", case_links=[FeedbackCase(case=case)], live=False)

    assert [list(case.journeys_listed), list(case.feedback_listed)] == [[], []]


def test_lessons_that_name_a_case_twice_are_named_once(case):
    lessons = FeedbackPageFactory(
        case_links=[FeedbackCase(case=case), FeedbackCase(case=case)]
    )

    assert list(case.feedback_listed) == [lessons]


def test_a_list_of_cases_has_the_latest_first(client, lyon):
    cases = [
        CasePageFactory(title=title, first_published_at=date)
        for title, date in [("Old", "2018-01-01T00:00Z"), ("New", "2019-01-01T00:00Z")]
    ]
    CasePageFactory(title="Draft", live=False)

    entries = client.get(cases[0].get_parent().url).context["entries"]

    assert list(entries) == cases[::-1]


def test_a_list_of_cases_has_those_of_its_own_city_only(client, lyon, lille):
    lists = [
        CaseIndexPageFactory._meta.model.objects.child_of(c).get()
        for c in (lyon, lille)
    ]
    ours, theirs = (CasePageFactory(parent=parent) for parent in lists)

    entries = [list(client.get(one.url).context["entries"]) for one in lists]

    assert entries == [[ours], [theirs]]


def test_a_draft_is_not_found_by_its_address(client, case):
    case.unpublish()

    assert client.get(case.url).status_code == 404


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("start", "end"), [("2018", "2017"), ("03/2018", "02/2018")])
def test_a_case_does_not_end_before_it_starts(as_ada, case, language, start, end):
    refused = refusal(as_ada, case, language, start=start, end=end)

    assert refused == {"end": [END_BEFORE_START[language]]}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_test_in_the_field_does_not_end_before_it_starts(as_ada, case, language):
    case.tests = [("test", FIELD_TEST)]
    changes = {"tests-0-value-start": "2018-05-18", "tests-0-value-end": "2018-05-17"}

    refused = refusal(as_ada, case, language, **changes)

    assert refused == {"tests-0-value-end": [END_BEFORE_START[language]]}


def test_a_test_in_the_field_needs_no_dates(as_ada, case):
    case.tests = [("test", FIELD_TEST)]

    edit(as_ada, case)

    assert latest(case).tests[0].value.last == ""


def test_a_test_of_which_no_place_and_no_day_is_known_has_no_empty_line(client, case):
    known = {"what": "A desk", "result": "<p>It stood.</p>", "duration": ""}
    nowhere = known | {"place": "", "start": "", "end": ""}
    case.tests = [("test", nowhere), ("test", nowhere | {"place": "Market"})]
    case.save()

    page = BeautifulSoup(client.get(case.url).content, "html.parser")

    assert [line.get_text() for line in page.select(".test-where")] == ["Market"]


def test_a_case_without_a_question_is_not_published_and_loses_nothing(as_ada, case):
    case.fieldwork = "<p>Twenty people were met.</p>"
    case.tests = [("test", FIELD_TEST)]
    case.method_uses = uses(MethodPageFactory())
    case.save()

    refused = refusal(as_ada, case, "en", question="")

    assert refused == {"question": ["This field is required."]}


def test_a_case_may_be_saved_as_a_draft_before_it_is_complete(as_ada, case):
    answer = edit(as_ada, case, question="", summary="")

    draft = latest(case)
    assert answer.status_code == 302
    assert (draft.title, draft.question, draft.summary) == (
        *("La salle de lecture", "", ""),
    )


def test_a_draft_without_a_title_is_refused_and_loses_nothing(as_ada, case):
    answer = edit(as_ada, case, "en", title="", question="What for?")

    form = answer.context["form"]
    assert form.errors == {"title": ["This field is required."]}
    assert form["question"].value() == "What for?"


def test_a_figure_is_not_shown_once_consent_has_ended(client, case):
    shown = PictureFactory(description="Une place")
    ended = PictureFactory(
        description="Deux visages",
        shows_people=True,
        consent_given=True,
        consent_until="2020-01-01",
    )
    case.picture = ended
    case.figures = [
        ("figure", {"picture": one, "alternative": "", "caption": ""})
        for one in (shown, ended)
    ]
    case.save()

    page = client.get(case.url).content.decode()

    assert [alt in page for alt in ("Une place", "Deux visages")] == [True, False]


@pytest.mark.parametrize(
    ("path", "alternative"), [("fr", "Une rue"), ("en", "A street")]
)
def test_a_picture_is_described_in_the_reader_s_language(
    client, lyon, path, alternative
):
    picture = PictureFactory(description="Une rue", description_en="A street")
    case = translated(CasePageFactory, "A case", title="Un cas", picture=picture)
    versions = dict(zip(["fr", "en"], in_both_languages(case), strict=True))

    page = client.get(versions[path].url).content.decode()

    assert f'alt="{alternative}"' in page


def test_an_invented_example_says_so_on_its_page_and_in_lists(client, case):
    addresses = [case.url, case.get_parent().url]
    before = ["llustrati" in client.get(one).content.decode() for one in addresses]
    case.illustrative = True
    case.save()

    after = ["llustrati" in client.get(one).content.decode() for one in addresses]

    assert [before, after] == [[False, False], [True, True]]
