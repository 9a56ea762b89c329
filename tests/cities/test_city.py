import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from cities.models import CityPage
from tests.factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    CityPageFactory,
    FeedbackIndexPageFactory,
    FeedbackPageFactory,
    JourneyIndexPageFactory,
    JourneyPageFactory,
    PictureFactory,
    PrinciplePageFactory,
)
from tests.forms import edit, latest, refusal
from tests.networks import in_both_languages, mirrored, translated

pytestmark = pytest.mark.django_db

END_BEFORE_START = {
    "fr": "La fin est avant le début. Vérifiez les deux dates.",
    "en": "The end is before the start. Check both dates.",
}
NOT_A_DATE = {
    "fr": (
        "«\u00a0%s\u00a0» n’est pas une date. Écrivez une année (2018), un mois "
        "(03/2018) ou un jour (07/03/2018)."
    ),
    "en": (
        "“%s” is not a date. Write a year (2018), a month (03/2018) or a day "
        "(07/03/2018)."
    ),
}
WORK = {
    "cases": (CaseIndexPageFactory, CasePageFactory),
    "journeys": (JourneyIndexPageFactory, JourneyPageFactory),
    "feedback": (FeedbackIndexPageFactory, FeedbackPageFactory),
}


def add(city, kind, **fields):
    """A page of this kind of work, in this city."""
    index, page = WORK[kind]
    return page(parent=index._meta.model.objects.child_of(city).get(), **fields)


def dated(number):
    return {
        "title": f"Page {number}",
        "first_published_at": f"20{number + 10}-01-01T00:00Z",
    }


def session(**fields):
    about = {"kind": "working", "text": "", "url": "", "reconstructed": False}
    period = {"start": "2017-03-07", "end": ""}
    return ("session", {"title": "In the field"} | about | period | fields)


@pytest.mark.parametrize(
    ("kinds", "said", "note"),
    [
        (["working", "training", "team_building", "lab_design"], 4, ""),
        (["working", "intertransfo"], None, ""),
        (
            ["working", "intertransfo"],
            1,
            (
                "L’une de ces dates est une rencontre ou un voyage d’étude avec "
                "d’autres collectivités, qui ne compte pas parmi les sessions."
            ),
        ),
        (
            ["intertransfo", "working", "study_trip"],
            1,
            (
                "2 de ces dates sont des rencontres ou des voyages d’étude avec "
                "d’autres collectivités, qui ne comptent pas parmi les sessions."
            ),
        ),
    ],
)
def test_a_reader_is_told_why_more_sessions_are_listed_than_counted(
    home, client, kinds, said, note
):
    sessions = [session(kind=kind) for kind in kinds]
    city = CityPageFactory(session_count=said, sessions=sessions)

    page = BeautifulSoup(client.get(city.url).content, "html.parser")

    shown = page.select("#sessions p > small")
    assert "".join(small.get_text() for small in shown) == note


@pytest.mark.parametrize("kind", WORK)
def test_a_city_lists_its_own_work_and_no_other_s(lyon, lille, kind):
    own = add(lyon, kind, title="Ours")
    add(lille, kind, title="Theirs")

    assert list(getattr(lyon, kind)) == [own]


@pytest.mark.parametrize("kind", WORK)
def test_a_city_page_shows_its_latest_work_first_and_six_of_each(lyon, kind):
    pages = [add(lyon, kind, **dated(number)) for number in range(7)]

    assert list(getattr(lyon, kind)) == pages[:0:-1]


@pytest.mark.parametrize("kind", WORK)
def test_a_city_does_not_list_a_draft(lyon, kind):
    add(lyon, kind, live=False)

    assert list(getattr(lyon, kind)) == []


@pytest.mark.parametrize("kind", WORK)
def test_a_city_does_not_list_what_is_not_for_everybody(lyon, kind):
    hidden = add(lyon, kind)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    assert list(getattr(lyon, kind)) == []


@pytest.mark.parametrize("kind", WORK)
def test_a_city_lists_its_work_in_the_reader_s_language(home, kind):
    index, page = WORK[kind]
    city = mirrored(CityPageFactory)
    parent = mirrored(index, parent=city)
    mirrored(page, parent=parent, title="Seulement français", slug="a")
    translated(page, "Both languages", parent=parent, title="Deux langues", slug="b")

    titles = [
        sorted(page.title for page in getattr(version, kind))
        for version in in_both_languages(city)
    ]

    assert titles == [
        ["Deux langues", "Seulement français"],
        ["Both languages", "Seulement français"],
    ]


@pytest.mark.parametrize("kind", WORK)
def test_every_page_of_work_knows_its_city_however_it_was_found(lyon, kind):
    page = add(lyon, kind)

    listed = type(page).objects.listed(page.locale).get()
    assert (page.city, page.city_title) == (lyon.page_ptr, "Lyon")
    assert listed.city_title == "Lyon"


def test_a_city_knows_its_three_lists(lyon):
    lists = {name: type(page.specific) for name, page in lyon.sections.items()}

    assert lists == {
        "caseindexpage": CaseIndexPageFactory._meta.model,
        "journeyindexpage": JourneyIndexPageFactory._meta.model,
        "feedbackindexpage": FeedbackIndexPageFactory._meta.model,
    }


def test_a_list_that_is_a_draft_or_not_for_everybody_is_not_among_them(lyon):
    cases, journeys, lessons = lyon.get_children()
    cases.unpublish()
    PageViewRestriction.objects.create(page=journeys, restriction_type="login")

    assert lyon.sections == {"feedbackindexpage": lessons}


def test_a_list_of_cities_is_in_the_order_of_a_dictionary(client, home):
    for title in ["Paris", "Épinal", "lille"]:
        CityPageFactory(title=title)
    CityPageFactory(title="Draft", live=False)

    index = CityPage.objects.first().get_parent()

    entries = client.get(index.url).context["entries"]
    assert [city.title for city in entries] == ["Épinal", "lille", "Paris"]


def test_each_principle_is_shown_with_how_much_of_this_city_shows_it(lyon, lille):
    one, two, three = (PrinciplePageFactory(number=number) for number in (1, 2, 3))
    add(lyon, "cases", title="First", principles=[one, two])
    add(lyon, "cases", title="Second", principles=[one])
    add(lyon, "cases", title="Draft", principles=[one, two, three], live=False)
    add(lyon, "feedback", title="Lessons", principles=[one])
    hidden = add(lyon, "feedback", title="Hidden", principles=[one, two, three])
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    add(lille, "cases", principles=[three])

    counts = [(principle.number, principle.page_count) for principle in lyon.principles]

    assert counts == [(1, 3), (2, 1), (3, 0)]


def test_principles_are_counted_alike_in_both_languages(home):
    principle = translated(PrinciplePageFactory, "To trust", title="Faire confiance")
    city = mirrored(CityPageFactory)
    for factory in (CaseIndexPageFactory, FeedbackIndexPageFactory):
        mirrored(factory, parent=city)
    translated(CasePageFactory, "A case", title="Un cas", principles=[principle])
    mirrored(FeedbackPageFactory, principles=[principle])

    counts = [
        [(sheet.title, sheet.page_count) for sheet in version.principles]
        for version in in_both_languages(city)
    ]

    assert counts == [[("Faire confiance", 2)], [("To trust", 2)]]


def test_a_principle_that_is_a_draft_is_not_shown(lyon):
    PrinciplePageFactory(number=1, live=False)

    assert list(lyon.principles) == []


def test_the_residents_of_a_programme_are_added_up(lyon):
    lyon.residents = [
        ("resident", {"discipline": "sociologist", "number": 1}),
        ("resident", {"discipline": "designer", "number": 2}),
    ]

    assert lyon.residents_total == 3


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2018", "2017"),
        ("03/2018", "02/2018"),
        ("03/2018", "2017"),
        ("2018", "31/12/2017"),
        ("07/03/2018", "06/03/2018"),
    ],
)
def test_a_programme_does_not_end_before_it_starts(as_ada, lyon, language, start, end):
    refused = refusal(as_ada, lyon, language, programme_start=start, programme_end=end)

    assert refused == {"programme_end": [END_BEFORE_START[language]]}


@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [
        ("2018", "2018", ("2018", "2018")),
        ("03/2018", "2018", ("2018-03", "2018")),
        ("2018", "03/2018", ("2018", "2018-03")),
        ("07/03/2018", "7/3/2018", ("2018-03-07", "2018-03-07")),
        ("2018", "", ("2018", "")),
        ("", "2018", ("", "2018")),
    ],
)
def test_a_programme_may_start_and_end_at_dates_half_known(
    as_ada, lyon, start, end, kept
):
    edit(as_ada, lyon, programme_start=start, programme_end=end)

    draft = latest(lyon)
    assert (draft.programme_start, draft.programme_end) == kept


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("written", ["soon", "13/2018", "31/02/2018", "18", "0000"])
def test_what_is_no_date_is_refused_with_what_to_write(as_ada, lyon, language, written):
    refused = refusal(as_ada, lyon, language, programme_start=written)

    assert refused == {"programme_start": [NOT_A_DATE[language] % written]}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_session_does_not_end_before_it_starts(as_ada, lyon, language):
    lyon.sessions = [session(), session()]
    changes = {"sessions-1-value-start": "03/2018", "sessions-1-value-end": "2017"}

    refused = refusal(as_ada, lyon, language, **changes)

    assert refused == {"sessions-1-value-end": [END_BEFORE_START[language]]}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_no_date_is_refused_in_a_session_too(as_ada, lyon, language):
    lyon.sessions = [session()]

    refused = refusal(as_ada, lyon, language, **{"sessions-0-value-start": "soon"})

    assert refused == {"sessions-0-value-start": [NOT_A_DATE[language] % "soon"]}


def test_everything_wrong_is_said_at_once(as_ada, lyon):
    lyon.sessions = [session()]
    changes = {
        "title": "",
        "official_name": "",
        "lab_opening_year": "1789",
        "latitude": "91",
        "sessions-0-value-title": "",
        "sessions-0-value-url": "example",
    }

    refused = refusal(as_ada, lyon, "en", **changes)

    required = ["This field is required."]
    assert refused == {
        "title": required,
        "official_name": required,
        "lab_opening_year": ["Ensure this value is greater than or equal to 1990."],
        "latitude": ["Ensure this value is less than or equal to 90."],
        "sessions-0-value-title": required,
        "sessions-0-value-url": ["Enter a valid URL."],
    }


def test_a_city_may_be_saved_as_a_draft_before_it_is_complete(as_ada, lyon):
    lyon.sessions = [session()]
    changes = {"official_name": "", "summary": "", "sessions-0-value-title": ""}

    answer = edit(as_ada, lyon, **changes)

    draft = latest(lyon)
    assert answer.status_code == 302
    assert (draft.official_name, draft.summary, draft.sessions[0].value["title"]) == (
        *("", "", ""),
    )


@pytest.mark.parametrize(
    ("consent", "shown"),
    [
        ({"shows_people": False}, True),
        ({"shows_people": True, "consent_given": False}, False),
        ({"shows_people": True, "consent_given": True}, True),
        (
            {
                "shows_people": True,
                "consent_given": True,
                "consent_until": "2020-01-01",
            },
            False,
        ),
    ],
)
def test_a_picture_is_shown_as_long_as_those_in_it_agree(client, lyon, consent, shown):
    picture = PictureFactory(description="Deux visages", **consent)
    lyon.picture = picture
    lyon.presentation = [
        ("figure", {"picture": picture, "alternative": "Les mêmes", "caption": ""})
    ]
    lyon.save()

    page = client.get(lyon.url).content.decode()

    assert ["Deux visages" in page, "Les mêmes" in page] == [shown, shown]
