"""What a page is elsewhere: a link with a picture, and facts for machines."""

import json
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from wagtail.models import Page, PageViewRestriction

from home.models import NetworkSettings
from home.posters import SIZE, Drawing, Poster, fitted
from network.moderation.retraction import retract
from network.translation.verbs import mirror, translate
from tests.factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    CityPageFactory,
    MethodIndexPageFactory,
    MethodPageFactory,
    StandardPageFactory,
)

pytestmark = pytest.mark.django_db

# What ends a script, in a title that somebody might type.
HOSTILE = "</script><script>alert(1)</script> & <!-- \u2028"


def told(page):
    """What is said in the head of a page for those who link to it."""
    tags = page.find_all("meta", property=True)
    return {tag["property"].removeprefix("og:"): tag["content"] for tag in tags}


def facts(page):
    """What is said to machines, by kind."""
    script = page.find("script", type="application/ld+json")
    things = json.loads(script.string)["@graph"] if script else []
    return {thing["@type"]: thing for thing in things}


def poster_of(client, page):
    """The address of the picture of a page, without the host."""
    answer = client.get(page.url)
    return (
        answer.content.decode()
        .split('og:image" content="http://testserver')[1][: len("/fr/_poster/") + 40]
        .split('"')[0]
    )


@pytest.fixture
def case(home):
    return CasePageFactory(title="The reading room", start="2017-03")


# --- The link --------------------------------------------------------------


def test_a_link_to_a_page_says_what_it_is_and_in_which_language(case, read):
    said = told(read(case.url))

    assert said.pop("image").startswith(f"http://testserver/fr/_poster/{case.pk}/")
    assert said == {
        "type": "article",
        "site_name": "Code Source",
        "title": "The reading room",
        "description": case.summary,
        "url": case.full_url,
        "locale": "fr_FR",
        "image:type": "image/png",
        "image:width": "1200",
        "image:height": "630",
        "image:alt": "Cas · Lyon · 2017 – The reading room",
    }


@pytest.fixture
def cases_of_metz(home):
    metz = CityPageFactory(title="Metz")
    return CaseIndexPageFactory(parent=metz, title="Cas", summary="Ce qui fut tenté.")


def test_a_list_of_a_city_says_whose_it_is_wherever_it_is_named(cases_of_metz, read):
    page = read(cases_of_metz.url)

    said = told(page)
    assert page.title.get_text() == "Cas · Metz · Code Source"
    assert (said["title"], said["description"]) == (
        "Cas · Metz",
        "Metz · Ce qui fut tenté.",
    )
    assert facts(page)["WebPage"]["name"] == "Cas · Metz"


def test_the_next_part_of_a_list_has_a_title_of_its_own(home, read, monkeypatch):
    monkeypatch.setattr("network.core.models.ENTRIES_PER_PAGE", 1)
    index = MethodIndexPageFactory(title="Méthodes")
    for slug in ("debate", "postcard"):
        MethodPageFactory(parent=index, slug=slug)

    titles = [read(f"{index.url}?page={n}").title.get_text() for n in (1, 2)]

    assert titles == ["Méthodes · Code Source", "Méthodes · page 2 · Code Source"]


def test_a_list_is_described_by_its_introduction(home, read):
    introduction = "<p>Shared &amp; free.</p><p>To be copied.</p>"
    index = MethodIndexPageFactory(introduction=introduction, summary="Methods")

    page = read(index.url)

    said = page.find("meta", attrs={"name": "description"})["content"]
    assert said == told(page)["description"] == "Shared & free. To be copied."


def test_a_page_shown_untranslated_is_shared_where_it_was_written(english, read):
    page = StandardPageFactory(title="Mentions", slug="mentions")
    mirror(page)

    said = told(read("/en/mentions/"))

    assert (said["url"], said["locale"]) == (page.full_url, "fr_FR")


def test_nothing_is_told_of_a_page_that_only_some_may_read(home, as_ada):
    secret = StandardPageFactory(title="Secret", slug="secret")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")

    shown = as_ada.get(secret.url).content.decode()

    assert "<h1" in shown
    assert "og:title" not in shown
    assert "ld+json" not in shown


def test_nothing_is_told_of_a_draft_that_is_looked_at(case, as_ada):
    case.title = "A title that waits"
    case.save_revision()

    draft = as_ada.get(f"/admin/pages/{case.pk}/view_draft/").content.decode()

    assert "A title that waits" in draft
    assert "og:title" not in draft
    assert "ld+json" not in draft


# --- The poster ------------------------------------------------------------


def test_the_poster_of_a_page_is_a_picture_that_may_be_kept_for_a_day(case, client):
    answer = client.get(poster_of(client, case))

    picture = Image.open(BytesIO(answer.content))
    assert (picture.format, picture.size) == ("PNG", SIZE)
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert answer.get("Vary", "Accept-Encoding") == "Accept-Encoding"


def test_a_poster_with_an_old_title_leads_to_that_of_today(case, client):
    before = poster_of(client, case)
    case.title = "The reading garden"
    case.save_revision().publish()
    after = poster_of(client, case)

    answer = client.get(before)

    assert before != after
    assert (answer.status_code, answer["Location"]) == (302, after)
    assert answer["Cache-Control"] == "no-cache"


def test_a_draft_changes_nothing_of_a_poster(case, client):
    before = poster_of(client, case)
    case.title = "A title that waits"
    case.save_revision()

    assert poster_of(client, case) == before


def test_there_is_no_poster_of_what_nobody_may_read(home, client, ada):
    pages = [StandardPageFactory(title=f"Page {number}") for number in range(3)]
    addresses = [poster_of(client, page) for page in pages]
    draft, secret, gone = pages
    Page.objects.filter(pk=draft.pk).update(live=False)
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    retract(gone, ada, "Because")
    elsewhere = StandardPageFactory(parent=Page.get_first_root_node())
    addresses += [f"/fr/_poster/{elsewhere.pk}/0.png", "/fr/_poster/987654321/0.png"]

    assert [client.get(address).status_code for address in addresses] == [404] * 5


def test_an_invented_example_says_so_wherever_it_is_shared(home):
    case = CasePageFactory(title="Invented", start="", illustrative=True)

    assert Poster.of(case).line == ("Cas", "Lyon", "Illustratif")


@given(st.text(max_size=255))
@settings(max_examples=15)
def test_whatever_a_title_holds_there_is_a_poster(title):
    drawn = Drawing(Poster(("Cas", title), title, "fr", "To be copied")).png()

    assert Image.open(BytesIO(drawn)).size == SIZE


def test_a_long_title_is_written_smaller_and_a_very_long_one_is_cut():
    titles = [
        "Together",
        "What we would say to a team that is about to begin its first case",
        "whom " * 51,
    ]

    sizes = [fitted(title)[0].size for title in titles]

    assert sizes == sorted(set(sizes), reverse=True)
    assert fitted(titles[2])[1][-1].endswith("…")


# --- The facts -------------------------------------------------------------


def test_a_case_is_an_article_of_its_city(case, read):
    found = facts(read(case.url))

    article = found["Article"]
    assert sorted(found) == ["Article", "BreadcrumbList", "Organization", "WebSite"]
    assert article["headline"] == "The reading room"
    assert article["author"]["name"] == "Lyon"
    assert article["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    steps = found["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps] == [
        "Code Source",
        "Cities and regions",
        "Lyon",
        "Cases",
        "The reading room",
    ]


def test_a_method_says_how_to_lead_it_step_by_step(home, read):
    step = {"title": "Read", "text": "Read aloud", "minutes": 15}
    method = MethodPageFactory(
        duration_max=90, material="<p>Large sheets</p>", steps=[("step", step)]
    )

    said = facts(read(method.url))["HowTo"]

    assert (said["totalTime"], said["supply"]) == ("PT90M", "Large sheets")
    assert said["step"] == [
        {"@type": "HowToStep", "position": 1, "name": "Read", "text": "Read aloud"}
    ]


def test_a_city_says_where_it_is(home, read):
    city = CityPageFactory(
        official_name="Ville de Lyon", latitude="45.7640", longitude="4.8357"
    )

    about = facts(read(city.url))["AboutPage"]["about"]

    assert about["name"] == "Ville de Lyon"
    assert about["location"]["geo"] == {
        "@type": "GeoCoordinates",
        "latitude": 45.764,
        "longitude": 4.8357,
    }


def test_the_home_page_offers_the_data_and_a_way_to_search(home, read):
    NetworkSettings.objects.create(site=home.get_site(), organisation="The network")

    found = facts(read("/fr/"))

    assert found["Organization"]["name"] == "The network"
    target = found["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    assert target == "http://testserver/fr/search/?q={search_term_string}"
    where = found["Dataset"]["distribution"]["contentUrl"]
    assert where == "http://testserver/api/v2/pages/"


def test_no_text_ends_the_script_that_it_stands_in(home, client, read):
    page = StandardPageFactory(title=HOSTILE, slug="hostile")

    assert facts(read(page.url))["WebPage"]["name"] == HOSTILE
    assert b"<script>alert" not in client.get(page.url).content


# --- To pass it on ---------------------------------------------------------


def ways(page):
    return [(a.get_text(), a["href"]) for a in page.select(".pass-on a")]


def test_a_page_is_sent_on_by_mail_and_by_its_address(case, read):
    [mail, address] = ways(read(case.url))

    assert mail[1] == (
        "mailto:?subject=The%20reading%20room&body=http%3A%2F%2Flocalhost"
        "%2Ffr%2Fcities-and-regions%2Flyon%2Fcases%2Fthe-reading-room%2F"
    )
    assert address == (case.full_url, case.full_url)


def test_a_page_is_offered_in_the_other_language_if_it_was_written_in_it(english, read):
    page = StandardPageFactory(title="À propos", slug="a-propos")
    mirror(page)
    before = ways(read("/fr/a-propos/"))[1:-1]
    translate(page, english, {"À propos": "About", "a-propos": "about"})

    offers = [ways(read(address))[1:-1] for address in ("/fr/a-propos/", "/en/about/")]

    assert before == []
    assert offers == [
        [("Read in English", "/en/about/")],
        [("Lire en français", "/fr/a-propos/")],
    ]
