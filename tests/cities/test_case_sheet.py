"""The sheet of a case: what stands where, and what is on paper only."""

import pytest
from bs4 import BeautifulSoup

from network.users import qr
from tests.factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    CityPageFactory,
    TopicFactory,
)
from tests.networks import in_both_languages, mirrored, translated

pytestmark = pytest.mark.django_db

PARAGRAPH = "<p>Half as many calls.</p>"


def sheet_of(client, **fields):
    case = CasePageFactory(title="La carte Max", slug="carte-max", **fields)
    answer = client.get(case.url)
    return BeautifulSoup(answer.content, "html.parser").select_one("main article")


def heads(sheet, part):
    return [heading.get_text() for heading in sheet.select(f"{part} > .section > h2")]


def test_a_case_is_called_by_its_question_under_its_name(client, lyon):
    sheet = sheet_of(client, question="Who this card is for")

    group = [child.get_text() for child in sheet.hgroup.find_all(True)]
    assert group == ["La carte Max", "Who this card is for"]
    assert [h1.get_text() for h1 in sheet.find_all("h1")] == ["Who this card is for"]


def test_a_case_without_a_question_of_its_own_is_called_by_its_name(client, lyon):
    sheet = sheet_of(client, question="La carte Max")

    assert [h1.get_text() for h1 in sheet.find_all("h1")] == ["La carte Max"]
    assert sheet.hgroup is None


def test_a_topic_leads_to_all_that_is_about_it_in_the_language_of_the_reader(
    client, lyon, english
):
    topic = TopicFactory(name="Jeunesse", slug="jeunesse")
    case = mirrored(CasePageFactory, topics=[topic])

    addresses = [
        BeautifulSoup(client.get(version.url).content, "html.parser").find(
            "a", string="Jeunesse"
        )["href"]
        for version in in_both_languages(case)
    ]

    assert addresses == ["/fr/search/?topic=jeunesse", "/en/search/?topic=jeunesse"]


@pytest.mark.parametrize("told", [("results", "limits"), ("results",), ("limits",)])
def test_results_and_limits_stand_side_by_side_even_if_one_is_not_told(
    client, lyon, told
):
    sheet = sheet_of(client, **dict.fromkeys(told, PARAGRAPH))

    said = [
        part.get_text(strip=True) for part in sheet.select(".outcome .section-body")
    ]
    assert heads(sheet, ".outcome") == ["Résultats", "Limites"]
    assert [text == "Half as many calls." for text in said] == [
        name in told for name in ("results", "limits")
    ]
    assert all(said)


def test_a_case_that_tells_neither_has_no_place_for_them(client, lyon):
    assert sheet_of(client).select(".outcome") == []


def test_what_followed_is_a_trail_from_the_day_the_case_ended(client, lyon):
    follow_ups = [
        ("follow_up", {"moment": moment, "date": date, "text": PARAGRAPH})
        for moment, date in (("six_months", "2018-09"), ("later", ""))
    ]
    sheet = sheet_of(client, start="2017", end="2018-03", follow_ups=follow_ups)

    dates = [
        item.small and item.small.get_text() for item in sheet.select(".trail > li")
    ]
    assert dates == ["mars 2018", "septembre 2018", None]


def test_a_case_says_how_to_cite_it_in_its_own_language(client, lyon):
    sheet = sheet_of(client, last_published_at="2018-03-07T12:00Z")

    citation = sheet.select_one(".citation")
    assert " ".join(citation.get_text().split()) == (
        "Lyon, La carte Max, Code Source, 7 mars 2018. "
        "http://localhost/fr/cities-and-regions/lyon/cases/carte-max/ (CC BY-SA 4.0)"
    )


def test_a_citation_names_the_city_in_its_own_language(client, lyon):
    city = translated(CityPageFactory, "Dunkirk", title="Dunkerque", slug="dunkerque")
    cases = CaseIndexPageFactory(parent=city, slug="cas")
    case = in_both_languages(mirrored(CasePageFactory, parent=cases))[1]

    page = BeautifulSoup(client.get(case.url).content, "html.parser")

    author = page.select_one(".citation > span")
    assert (page.article["lang"], author["lang"], author.get_text()) == (
        *("fr", "en", "Dunkirk"),
    )


def test_the_address_of_a_case_is_drawn_for_paper(client, lyon):
    sheet = sheet_of(client)

    address = sheet.select_one(".paper-address b").get_text()
    drawn = sheet.select(".paper-code path")[1]["d"]
    assert address == "http://localhost/fr/cities-and-regions/lyon/cases/carte-max/"
    assert drawn == qr.drawing(address)["path"]


def test_the_runs_of_a_code_are_its_dark_modules():
    drawing = qr.drawing("https://example.org/")
    runs = [run.removesuffix("z") for run in drawing["path"].split("M")[1:]]

    widths = [int(run.split("h")[1].split("v")[0]) for run in runs]
    first = runs[0]
    # The corner of every code: seven dark modules in a row, within a margin of four.
    assert (first, drawing["side"] % 4, min(widths)) == ("4 4h7v1h-7", 1, 1)
