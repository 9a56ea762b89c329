"""A search as data, and as a feed."""

import csv
import datetime as dt
import io
import json
from itertools import islice
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.sql import SQL

from cities.models import CasePage
from resources.models import ResourceCity
from search import statement, whole
from search.exports import COLUMNS, IN_A_FEED
from tests.factories import CasePageFactory, CityPageFactory, ResourcePageFactory
from tests.networks import mirrored

pytestmark = pytest.mark.django_db

# The entries, and the pages they lead to.
MOST_QUERIES_OF_A_PART = 3
SAID = {"fr": "Cette recherche prend trop", "en": "This search takes too long."}
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def case(home):
    return mirrored(
        CasePageFactory,
        title="Médiathèque « L’Œil »",
        summary="=HYPERLINK(1)",
        start="2017-03",
        end="2018",
        status="tested",
        parent__parent=CityPageFactory(title="Lyon"),
    )


@pytest.fixture
def take(client, bring_up_to_date):
    """Take away what a search finds, and read it as what it says it is."""

    def take(name, language="fr", **asked):
        bring_up_to_date()
        answer = client.get(f"/{language}/search/{name}", asked)
        return answer, answer.getvalue().decode("utf-8")

    return take


def rows(text):
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_what_was_found_is_told_to_a_spreadsheet_column_by_column(take, case):
    answer, text = take("results.csv", "en", q="médiathèque")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert [list(row) for row in rows(text)] == [COLUMNS]
    assert rows(text)[0] == {
        "kind": "case",
        "title": "Médiathèque « L’Œil »",
        "summary": "'=HYPERLINK(1)\nHow can people feel at home here?",
        "cities": "Lyon",
        "years": "2017 – 2018",
        "status": "Tested",
        "language": "fr",
        "url": case.full_url.replace("/fr/", "/en/"),
    }


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", " =1", "＝1"])
def test_no_spreadsheet_takes_a_title_for_a_formula(take, home, start):
    CasePageFactory(title=f"{start} library")

    _answer, text = take("results.csv", q="library")

    assert [row["title"] for row in rows(text)] == [f"'{start} library"]


def test_what_was_found_is_told_as_data_in_the_same_words(take, case):
    answer, text = take("results.json", q="mediatheque", kind="case")

    data = json.loads(text)
    assert answer["Content-Type"] == "application/json"
    assert "Médiathèque" in text
    assert data["query"] == "mediatheque"
    assert [(one["title"], one["url"]) for one in data["results"]] == [
        (case.title, case.full_url)
    ]


@pytest.fixture
def libraries(home, monkeypatch):
    """More than is read at once, and more than is ranked; the latest first."""
    monkeypatch.setattr(whole, "AT_ONCE", 4)
    monkeypatch.setattr(statement, "MOST_RANKED", 3)
    titles = [f"Library {number}" for number in range(9)]
    for number, title in enumerate(titles):
        day = dt.datetime(2018, 1, 1 + number, tzinfo=dt.UTC)
        CasePageFactory(title=title, summary="…", question="…", first_published_at=day)
    CasePageFactory(title="Elsewhere", summary="…", fieldwork="<p>Our library</p>")
    return [*reversed(titles), "Elsewhere"]


@pytest.mark.parametrize("asked", [{}, {"page": 2}, {"order": "date"}], ids=str)
def test_all_that_was_found_is_told_however_much_it_is(take, libraries, asked):
    table = rows(take("results.csv", q="library", **asked)[1])
    data = json.loads(take("results.json", q="library", **asked)[1])["results"]

    told = [[one["title"] for one in several] for several in (table, data)]
    assert [sorted(titles) for titles in told] == [sorted(libraries)] * 2
    assert told[0] == told[1]


def test_what_is_more_than_is_ranked_comes_after_it_the_latest_first(take, libraries):
    table = rows(take("results.csv", q="library")[1])

    told = [row["title"] for row in table]
    assert told[3:] == libraries[3:]
    assert set(told[:3]) == set(libraries[:3])


def test_all_of_it_is_read_part_by_part_while_it_is_sent(client, take, libraries):
    take("results.csv", q="library")

    answer = client.get("/fr/search/results.csv", {"q": "library"})
    with CaptureQueriesContext(connection) as queries:
        first = list(islice(answer, 5))
    rest = list(answer)

    assert [len(first), len(rest)] == [5, 6]
    assert 0 < len(queries) <= MOST_QUERIES_OF_A_PART


@pytest.fixture
def endless(home, settings, monkeypatch):
    """To put in order all that is found takes longer than anybody waits."""
    settings.SEARCH_SECONDS = 0.2
    asked = SQL("SELECT NULL FROM pg_sleep(2)")
    monkeypatch.setattr(whole, "in_order", lambda _search: asked)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ["results.csv?q=library", "results.json?kind=case"])
@pytest.mark.usefixtures("endless")
def test_what_takes_too_long_is_told_so_before_anything_is_sent(client, name, language):
    answer = client.get(f"/{language}/search/{name}")

    assert (answer.status_code, answer.streaming) == (503, False)
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert "Content-Disposition" not in answer
    assert SAID[language] in answer.content.decode()


def test_all_that_may_take_long_is_asked_before_anything_is_sent(
    client, take, libraries
):
    take("results.json", kind="case")

    answer = client.get("/fr/search/results.json", {"kind": "case"})
    with CaptureQueriesContext(connection) as queries:
        told = json.loads(answer.getvalue())["results"]

    assert len(told) > whole.AT_ONCE
    assert queries.captured_queries
    assert [one["sql"] for one in queries if "search_synonym" in one["sql"]] == []


def test_what_is_taken_offline_meanwhile_is_not_sent(client, take, libraries):
    take("results.csv", q="library")
    answer = client.get("/fr/search/results.csv", {"q": "library"})

    CasePage.objects.get(title="Library 1").unpublish()

    assert "Library 1" not in answer.getvalue().decode()


def test_a_resource_of_several_cities_names_them_all(take, read, home):
    lyon, metz = CityPageFactory(title="Metz"), CityPageFactory(title="Lyon")
    resource = ResourcePageFactory(title="Library")
    resource.city_links = [ResourceCity(city=city) for city in (lyon, metz)]
    resource.save()

    detail = read("library", "en").select_one(".result .card-detail")

    assert rows(take("results.csv", q="library")[1])[0]["cities"] == "Lyon; Metz"
    assert json.loads(take("results.json", q="library")[1])["results"][0]["cities"] == [
        *("Lyon", "Metz")
    ]
    assert "Lyon and Metz" in " ".join(detail.get_text().split())


def test_nothing_found_is_still_a_table_and_a_list(take, home):
    assert rows(take("results.csv", q="unicorn")[1]) == []
    assert json.loads(take("results.json", q="unicorn")[1])["results"] == []


def test_a_search_can_be_followed(take, case, client):
    answer, text = take("feed.atom", "en", q="médiathèque <&>")
    _answer, text = take("feed.atom", "en", q="médiathèque")

    feed = ElementTree.fromstring(text)  # noqa: S314
    entries = feed.findall(f"{ATOM}entry")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.find(f"{ATOM}title").text == "Search: médiathèque · Code Source"
    assert [one.find(f"{ATOM}title").text for one in entries] == [case.title]
    assert entries[0].find(f"{ATOM}id").text == f"urn:uuid:{case.translation_key}"


def test_a_feed_says_who_made_it_and_in_which_language_each_entry_is(take, case):
    feed = ElementTree.fromstring(take("feed.atom", "en")[1])  # noqa: S314

    entry = next(
        one
        for one in feed.findall(f"{ATOM}entry")
        if one.find(f"{ATOM}title").text == case.title
    )
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "Code Source"
    assert [feed.get(LANG), entry.get(LANG)] == ["en", "fr"]


def test_what_looks_like_html_is_text_in_a_feed(take, home):
    CasePageFactory(title="Library <b>", summary="1 < 2 & <script>alert(1)</script>")

    entry = ElementTree.fromstring(take("feed.atom", q="library")[1]).find(  # noqa: S314
        f"{ATOM}entry"
    )
    summary = entry.find(f"{ATOM}summary")

    assert entry.find(f"{ATOM}title").text == "Library <b>"
    assert summary.get("type") == "html"
    assert summary.text.splitlines()[0] == (
        "1 &lt; 2 &amp; &lt;script&gt;alert(1)&lt;/script&gt;"
    )


def test_a_feed_tells_the_latest_and_not_everything(take, home):
    for number in range(IN_A_FEED + 1):
        CasePageFactory(title=f"Library {number}")

    feed = ElementTree.fromstring(take("feed.atom", q="library")[1])  # noqa: S314

    assert len(feed.findall(f"{ATOM}entry")) == IN_A_FEED


def test_the_page_leads_to_the_same_search_as_data_and_as_a_feed(read, case):
    page = read("médiathèque", kind="case", page=2)

    addresses = [one["href"] for one in page.select(".search-leave a")]
    asked = "?q=m%C3%A9diath%C3%A8que&kind=case"
    assert addresses == [
        f"/fr/search/{name}{asked}"
        for name in ("feed.atom", "results.csv", "results.json")
    ]
    feed = page.select_one('link[type="application/atom+xml"]')
    assert feed["href"] == addresses[0]


@pytest.mark.parametrize("name", ["results.csv", "results.json", "feed.atom"])
def test_hostile_words_are_words_there_too(take, home, name):
    for words in ("\x00", "' OR 1=1", "a:*", "x" * 10_000, "]]> <!--", "\x0b\x1f"):
        assert take(name, q=words)[0].status_code == 200


def test_what_is_taken_away_is_what_was_shown_for_words_that_were_put_right(take, case):
    _answer, text = take("results.csv", q="mediatheqe")

    assert [row["title"] for row in rows(text)] == [case.title]


def test_a_letter_that_no_feed_can_hold_is_left_out(take, home):
    CasePageFactory(title="Library", summary="One\x0bline")

    answer, text = take("feed.atom", q="library")

    assert answer.status_code == 200
    assert "Oneline" in text
