import pytest
from bs4 import BeautifulSoup

from cities.models import JourneyPage
from tests.factories import CasePageFactory, JourneyPageFactory, PictureFactory, stage
from tests.forms import edit, latest, refusal
from tests.networks import in_both_languages, mirrored, translated

pytestmark = pytest.mark.django_db

CONSENT = {
    "fr": (
        "Le parcours d’une personne réelle demande son accord écrit. "
        "Demandez-le-lui, ou changez le récit pour que personne ne puisse être reconnu."
    ),
    "en": (
        "A real person’s journey needs their written consent. "
        "Ask for it, or change the story so that nobody can be recognised."
    ),
}


@pytest.fixture
def nadia(lyon):
    """A journey of one stage."""
    return JourneyPageFactory(title="Nadia s’inscrit", persona="Nadia")


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("fr", "Un parcours compte au moins une étape. Ajoutez-en une."),
        ("en", "A journey needs at least one stage. Add one."),
    ],
)
def test_a_journey_without_stages_is_not_published(as_ada, nadia, language, message):
    nadia.stages = []

    assert refusal(as_ada, nadia, language) == {"stages": [message]}


def test_a_journey_without_stages_may_wait_as_a_draft(as_ada, nadia):
    nadia.stages = []

    answer = edit(as_ada, nadia)

    assert answer.status_code == 302
    assert len(latest(nadia).stages) == 0


@pytest.mark.parametrize(
    ("language", "emotion", "message"),
    [
        ("fr", "-3", "Assurez-vous que cette valeur est supérieure ou égale à -2."),
        ("fr", "3", "Assurez-vous que cette valeur est inférieure ou égale à 2."),
        ("en", "-3", "Ensure this value is greater than or equal to -2."),
        ("en", "3", "Ensure this value is less than or equal to 2."),
        ("en", "1.5", "Enter a whole number."),
        ("en", "glad", "Enter a whole number."),
        ("en", "", "This field is required."),
    ],
)
def test_a_feeling_is_a_whole_number_from_minus_2_to_2(
    as_ada, nadia, language, emotion, message
):
    changes = {"stages-0-value-emotion": emotion}

    refused = refusal(as_ada, nadia, language, **changes)

    assert refused == {"stages-0-value-emotion": [message]}


@pytest.mark.parametrize(
    ("emotion", "label"),
    [
        ("-2", "−2: very bad"),
        ("-1", "−1: rather bad"),
        ("0", "0: neither good nor bad"),
        ("1", "+1: rather good"),
        ("2", "+2: very good"),
    ],
)
def test_every_feeling_from_minus_2_to_2_is_kept(as_ada, nadia, emotion, label):
    edit(as_ada, nadia, "en", **{"stages-0-value-emotion": emotion})

    kept = latest(nadia).stages[0].value
    assert (kept.emotion_level, kept.emotion_label) == (int(emotion), label)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_real_person_s_journey_needs_their_consent(as_ada, nadia, language):
    refused = refusal(as_ada, nadia, language, real_person="on")

    assert refused == {"consent_given": [CONSENT[language]]}


def test_a_real_person_s_journey_is_not_kept_even_as_a_draft(as_ada, nadia):
    answer = edit(as_ada, nadia, real_person="on")

    assert answer.status_code == 200
    assert list(nadia.revisions.all()) == []


def test_a_real_person_who_agreed_may_be_told_of(as_ada, nadia):
    edit(as_ada, nadia, real_person="on", consent_given="on")

    assert latest(nadia).real_person is True


def test_a_journey_names_its_case_in_the_reader_s_language(lyon):
    case = translated(CasePageFactory, "The reading room", title="La salle de lecture")
    journey = mirrored(JourneyPageFactory, case=case)

    titles = [page.case_listed.title for page in in_both_languages(journey)]

    assert titles == ["La salle de lecture", "The reading room"]


def test_a_journey_without_a_case_names_none(nadia):
    assert nadia.case_listed is None


def test_a_journey_does_not_name_a_case_that_is_a_draft(nadia):
    nadia.case = CasePageFactory(live=False)

    assert nadia.case_listed is None


def test_two_sides_of_a_journey_name_each_other_in_both_languages(lyon):
    real = mirrored(JourneyPageFactory, title="Réel")
    imagined = translated(
        JourneyPageFactory, "Imagined", title="Imaginé", counterpart=real
    )

    named = [
        [page.counterpart_listed for page in in_both_languages(side)]
        for side in (real, imagined)
    ]

    assert named == [in_both_languages(imagined), in_both_languages(real)]


def test_a_journey_is_not_its_own_other_side(nadia):
    nadia.counterpart = nadia
    nadia.save()

    assert nadia.counterpart_listed is None


def test_a_journey_does_not_name_another_side_that_is_a_draft(nadia):
    JourneyPageFactory(counterpart=nadia, live=False)

    assert nadia.counterpart_listed is None


def test_the_stages_are_shown_in_their_order(client, nadia):
    nadia.stages = [
        ("stage", stage(name=name)) for name in ("To ask", "To wait", "To thank")
    ]
    nadia.save()

    page = client.get(nadia.url).content.decode()

    places = [page.index(name) for name in ("To ask", "To wait", "To thank")]
    assert places == sorted(places)


def test_the_picture_of_a_stage_is_not_shown_once_consent_has_ended(client, nadia):
    shown = PictureFactory(description="Une place")
    ended = PictureFactory(
        description="Deux visages",
        shows_people=True,
        consent_given=True,
        consent_until="2020-01-01",
    )
    nadia.stages = [("stage", stage(picture=one)) for one in (shown, ended)]
    nadia.save()

    page = client.get(nadia.url).content.decode()

    assert [alt in page for alt in ("Une place", "Deux visages")] == [True, False]


def named(*names, **lanes):
    return [("stage", stage(name=name, **lanes)) for name in names]


@pytest.fixture
def sides(lyon):
    """A journey as it is, in three stages, and as imagined, in two."""
    real = JourneyPageFactory(
        title="Today", stages=named("Ask", "Wait", "Thank", does="Queues", emotion=-1)
    )
    imagined = JourneyPageFactory(
        title="Tomorrow",
        kind=JourneyPage.Kind.IMAGINED,
        counterpart=real,
        stages=named("Call", "Come", emotion=2),
    )
    return [real, imagined]


def test_a_map_has_a_row_for_each_stage_and_says_how_they_feel_in_words(client, sides):
    soup = BeautifulSoup(client.get(sides[0].url).content, "html.parser")

    table = soup.select_one("table.journey")
    rows = [row.th.get_text(" ", strip=True) for row in table.tbody.find_all("tr")]
    feelings = [
        cell.find(string=True, recursive=False).strip()
        for cell in table.select("td.lane-emotion")
    ]
    assert rows == ["1 Ask", "2 Wait", "3 Thank"]
    assert feelings == ["−1\u00a0: plutôt mal"] * 3
    assert [svg["aria-hidden"] for svg in table.select("td > svg")] == ["true"] * 3


def test_two_sides_are_compared_stage_beside_stage_the_imagined_one_last(client, sides):
    shown = []
    for side in sides:
        answer = client.get(side.url, {"compare": ""})
        soup = BeautifulSoup(answer.content, "html.parser")
        table = soup.select_one("table.compared")
        heads = [a.get_text() for a in table.thead.find_all("a")]
        names = [
            [cell.get_text() for cell in row.find_all("td")]
            for row in table.select("tr.compared-stage")
        ]
        shown.append((heads, names, bool(soup.select("table.journey"))))

    pairs = [["Ask", "Call"], ["Wait", "Come"], ["Thank", "—"]]
    assert shown == [(["Today", "Tomorrow"], pairs, False)] * 2


def test_each_lane_of_two_sides_stands_side_by_side(sides):
    names, rows = sides[0].comparison.stages[2]

    said = {row.name: [side.text for side in row.sides] for row in rows}
    assert [name.text for name in names] == ["Thank", ""]
    assert (said["does"], said["emotion"][1]) == (["Queues", ""], "")


def test_two_curves_share_one_scale_as_long_as_the_longer_journey(sides):
    comparison = sides[1].comparison

    points = [[point[0] for point in curve.points] for _, curve in comparison.curves]
    assert (comparison.width, points) == (300, [[1, 2, 3], [1, 2]])


@pytest.mark.parametrize("asked", ["compare", "compare=%00", "compare=1&compare=2"])
def test_a_journey_without_another_side_shows_its_map_whatever_is_asked(
    client, nadia, asked
):
    page = client.get(f"{nadia.url}?{asked}").content.decode()

    assert ('class="journey"' in page, 'class="compared"' in page) == (True, False)


def test_only_a_journey_with_a_public_other_side_offers_to_compare(client, sides):
    real, imagined = sides
    offered = ["?compare" in client.get(real.url).content.decode()]
    imagined.unpublish()

    offered.append("?compare" in client.get(real.url).content.decode())

    assert offered == [True, False]


def test_a_side_that_nobody_translated_keeps_its_language(client, lyon):
    real = mirrored(JourneyPageFactory, title="Réel")
    imagined = translated(
        JourneyPageFactory, "Imagined", title="Imaginé", counterpart=real
    )
    english = in_both_languages(imagined)[1]

    answer = client.get(english.url, {"compare": ""})

    soup = BeautifulSoup(answer.content, "html.parser")
    heads = [(a.get_text(), a.get("lang")) for a in soup.select(".compared thead a")]
    assert heads == [("Imagined", None), ("Réel", "fr")]
