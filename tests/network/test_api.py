"""The public API shows pages that anyone may read, and of them what anyone may see."""

import pytest
from wagtail.models import PageViewRestriction

from cities.models import CaseResource, FeedbackCase, FeedbackPage, MethodUse
from network.translation.verbs import mirror, translate
from resources.models import ResourceCity
from tests.factories import (
    CasePageFactory,
    CityPageFactory,
    FeedbackPageFactory,
    JourneyPageFactory,
    MethodPageFactory,
    PrinciplePageFactory,
    ResourcePageFactory,
    StandardPageFactory,
    TermFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

PAGES = "/api/v2/pages/"


def ask(client, address=PAGES, **options):
    return client.get(address, options).json()


def titles(answer):
    return [item["title"] for item in answer["items"]]


@pytest.fixture
def lyon(home):
    return CityPageFactory(title="Lyon")


def shown(client, page):
    """All that the API says of a page, but for where it stands."""
    known = ask(client, f"{PAGES}{page.pk}/")
    return {name: known[name] for name in known if name not in ("id", "meta", "title")}


def link(page):
    return {"id": page.pk, "title": page.title, "url": page.full_url}


def use(method, note, place=0):
    return MethodUse(method=method, note=note, locale=method.locale, sort_order=place)


def test_a_draft_is_not_in_the_list_nor_at_its_address(client, lyon):
    CasePageFactory(title="Public")
    draft = CasePageFactory(title="Draft", live=False)

    answer = ask(client, type="cities.CasePage")

    assert titles(answer) == ["Public"]
    assert client.get(f"{PAGES}{draft.pk}/").status_code == 404


def test_a_page_that_is_not_for_everybody_is_not_there(client, lyon):
    secret = CasePageFactory(title="Secret")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")

    assert titles(ask(client, type="cities.CasePage")) == []
    assert client.get(f"{PAGES}{secret.pk}/").status_code == 404


def test_a_page_that_was_taken_offline_is_gone(client, lyon):
    case = CasePageFactory(title="Public")
    case.unpublish()

    assert client.get(f"{PAGES}{case.pk}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(client, lyon, method):
    assert getattr(client, method)(f"{PAGES}{lyon.pk}/").status_code == 405


def test_a_page_is_found_by_its_language(client, home, french, english):
    page = StandardPageFactory(title="À propos", slug="a-propos")
    mirror(page)
    translate(page, english, {"À propos": "About"})

    found = {
        code: titles(ask(client, type="home.StandardPage", locale=code))
        for code in ("fr", "en")
    }

    assert found == {"fr": ["À propos"], "en": ["About"]}


def test_a_page_says_in_which_language_it_is_really_written(client, english):
    page = StandardPageFactory(title="À propos")
    mirror(page)
    copy = page.get_translation(english)

    known = ask(client, f"{PAGES}{copy.pk}/")

    assert (known["meta"]["locale"], known["content_language"]) == ("en", "fr")


def test_a_list_says_so_too_when_it_is_asked(client, english):
    mirror(StandardPageFactory(title="À propos"))

    answer = ask(
        client, type="home.StandardPage", locale="en", fields="content_language"
    )

    assert [item["content_language"] for item in answer["items"]] == ["fr"]


def test_a_case_has_all_that_a_reader_sees(client, lyon):
    method, principle = MethodPageFactory(), PrinciplePageFactory(number=1)
    resource = ResourcePageFactory()
    case = CasePageFactory(
        summary="In short",
        question="How?",
        sponsor="Housing",
        start="2018-03",
        status="tested",
        people_met=153,
        limits="<p>Many.</p>",
        key_figures=[("key_figure", {"value": "153", "label": "people"})],
        method_uses=[use(method, "twice")],
        resource_links=[CaseResource(resource=resource)],
    )
    journey = JourneyPageFactory(case=case)
    lessons = FeedbackPageFactory(case_links=[FeedbackCase(case=case)])
    topic = TopicFactory(name="Libraries", slug="libraries")
    case.topics, case.principles = [topic], [principle]
    case.save()

    known = shown(client, case)

    figures = known.pop("key_figures")
    assert [figure["value"] for figure in figures] == [
        {"value": "153", "label": "people"}
    ]
    empty = ["brief", "context", "participants", "fieldwork", "lessons", "scenarios"]
    empty += ["prototypes", "results", "handover", "differently", "contact", "end"]
    assert known == {
        **dict.fromkeys(empty, ""),
        **{name: [] for name in ("tests", "follow_ups", "figures", "sources")},
        "picture": None,
        "summary": "In short",
        "content_language": "fr",
        "question": "How?",
        "sponsor": "Housing",
        "start": "2018-03",
        "status": "tested",
        "people_met": 153,
        "limits": "<p>Many.</p>",
        "licence": "cc-by-sa-4.0",
        "illustrative": False,
        "city": link(lyon),
        "topics": [{"slug": "libraries", "name": "Libraries"}],
        "methods": [link(method) | {"note": "twice"}],
        "principles": [link(principle)],
        "resources": [link(resource)],
        "journeys": [link(journey)],
        "feedback": [link(lessons)],
    }


def test_a_public_case_does_not_name_the_draft_of_a_method_or_any_other(client, lyon):
    method = MethodPageFactory(title="Public")
    draft, principle, resource = (
        MethodPageFactory(title="Draft", live=False),
        PrinciplePageFactory(number=1, live=False),
        ResourcePageFactory(live=False),
    )
    case = CasePageFactory(
        method_uses=[use(draft, "secret", 0), use(method, "", 1)],
        resource_links=[CaseResource(resource=resource)],
    )
    case.principles, case.topics = [principle], [TopicFactory(live=False)]
    case.save()

    known = shown(client, case)

    links = {
        name: known[name] for name in ("methods", "principles", "resources", "topics")
    }
    assert links == {
        "methods": [link(method) | {"note": ""}],
        "principles": [],
        "resources": [],
        "topics": [],
    }
    assert "secret" not in str(known)


def test_a_public_method_or_principle_does_not_name_the_draft_of_a_case(client, lyon):
    method, principle = MethodPageFactory(), PrinciplePageFactory(number=1)
    cases = []
    for title, live in [("Public", True), ("Draft", False)]:
        case = CasePageFactory(title=title, live=live, method_uses=[use(method, "")])
        case.principles = [principle]
        case.save()
        cases.append(case)

    assert shown(client, method)["cases"] == [link(cases[0])]
    assert shown(client, principle)["cases"] == [link(cases[0])]


def test_a_case_or_a_principle_does_not_name_the_draft_of_what_was_learnt(client, lyon):
    principle = PrinciplePageFactory(number=1)
    case = CasePageFactory()
    JourneyPageFactory(title="Draft", case=case, live=False)
    for title, live in [("Public", True), ("Draft", False)]:
        lessons = FeedbackPageFactory(
            title=title, live=live, case_links=[FeedbackCase(case=case)]
        )
        lessons.principles = [principle]
        lessons.save()

    named = [shown(client, page)["feedback"] for page in (case, principle)]

    public = [link(FeedbackPage.objects.get(title="Public"))]
    assert (named, shown(client, case)["journeys"]) == ([public, public], [])


def test_a_public_journey_does_not_name_the_draft_it_was_drawn_in(client, lyon):
    public, draft = CasePageFactory(title="P"), CasePageFactory(title="D", live=False)
    first, second = (
        JourneyPageFactory(title=f"Of {case.title}", case=case)
        for case in (public, draft)
    )
    second.counterpart = JourneyPageFactory(title="Imagined", live=False)
    second.save()

    assert shown(client, first)["case"] == link(public)
    assert (shown(client, second)["case"], shown(client, second)["counterpart"]) == (
        *(None, None),
    )


def test_public_lessons_do_not_name_the_draft_they_were_learnt_from(client, lyon):
    public, draft = CasePageFactory(title="P"), CasePageFactory(title="D", live=False)
    links = [FeedbackCase(case=case) for case in (draft, public)]
    lessons = FeedbackPageFactory(case_links=links)

    assert shown(client, lessons)["cases"] == [link(public)]


def test_a_resource_names_the_public_cities_it_comes_from(client, lyon):
    draft = CityPageFactory(title="Metz", live=False)
    links = [ResourceCity(city=city.page_ptr) for city in (draft, lyon)]
    resource = ResourcePageFactory(city_links=links)

    assert shown(client, resource)["cities"] == [link(lyon)]


def test_a_case_of_a_city_that_is_offline_does_not_name_it(client, lyon):
    case = CasePageFactory()
    lyon.live = False
    lyon.save()

    assert shown(client, case)["city"] is None
    assert client.get(case.url).status_code == 200
    assert client.get(case.get_parent().url).status_code == 200


def test_links_are_in_the_language_of_the_page(client, english):
    method = MethodPageFactory(title="Le débat mouvant")
    mirror(method)
    translate(method, english, {"Le débat mouvant": "The moving debate"})
    case = CasePageFactory(method_uses=[use(method, "")])
    mirror(case)

    known = shown(client, case.get_translation(english))

    assert known["methods"] == [link(method.get_translation(english)) | {"note": ""}]


@pytest.mark.parametrize("name", ["owner", "translation_key", "draft_title", "note"])
def test_what_is_not_for_the_public_cannot_be_asked_for(client, lyon, name):
    assert client.get(PAGES, {"fields": name}).status_code == 400


def test_words_pictures_and_people_have_no_address_in_the_api(client, home):
    TermFactory()
    names = ["images", "documents", "users", "snippets", "terms"]

    answers = [client.get(f"/api/v2/{name}/").status_code for name in names]

    assert answers == [404] * 5


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_costs_the_same_however_many_pages(
    client, lyon, count, django_assert_max_num_queries
):
    for number in range(count):
        CasePageFactory(title=f"Case {number}")

    with django_assert_max_num_queries(11):
        answer = ask(client, type="cities.CasePage", fields="question,start")

    assert len(answer["items"]) == count


def test_a_list_is_never_longer_than_twenty(client, home):
    assert client.get(PAGES, {"limit": 21}).status_code == 400
