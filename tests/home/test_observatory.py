"""The network side by side: every number leads to the pages that it counts."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from cities.models import FeedbackMethod, MethodUse
from network.translation.verbs import mirror, translate
from search.rebuilding import rebuild
from tests.factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    CityPageFactory,
    FeedbackIndexPageFactory,
    FeedbackPageFactory,
    MethodPageFactory,
    ObservatoryPageFactory,
    PrinciplePageFactory,
    TopicFactory,
    locale,
)
from tests.networks import translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def observatory(home):
    return ObservatoryPageFactory(slug="observatoire")


@pytest.fixture
def lyon(observatory):
    return city("Lyon")


@pytest.fixture
def metz(observatory):
    return city("Metz")


def city(title, **fields):
    city = CityPageFactory(title=title, **fields)
    CaseIndexPageFactory(parent=city)
    FeedbackIndexPageFactory(parent=city)
    return city


def case(city, title="A case", methods=(), **fields):
    page = CasePageFactory(parent=city.get_children().first(), title=title, **fields)
    page.method_uses = [
        MethodUse(locale=locale("fr"), method=method) for method in methods
    ]
    page.save()
    return page


def lessons(city, title="Lessons", methods=(), **fields):
    page = FeedbackPageFactory(parent=city.get_children().last(), title=title, **fields)
    page.method_links = [FeedbackMethod(method=method) for method in methods]
    page.save()
    return page


def table(page, name):
    """The numbers of a matrix: by row, then by city."""
    rows = page.select(f"#{name} .matrix tr")
    cities = [head.get_text(strip=True) for head in rows[0].find_all("th")][1:]
    return {
        row.th.get_text(strip=True): {
            city: int(cell.a.find(string=True, recursive=False) or cell.a.contents[-1])
            for city, cell in zip(cities, row.find_all("td"), strict=True)
            if cell.a
        }
        for row in rows[1:]
    }


def untold(page, name):
    return [link.text for link in page.select(f"#{name} .untold a")]


# --- What is counted -------------------------------------------------------------


def test_a_principle_has_the_cases_and_lessons_of_each_city_that_show_it(
    lyon, metz, read
):
    one, two, _three = (PrinciplePageFactory(number=number) for number in (1, 2, 3))
    case(lyon, "First", principles=[one, two])
    case(lyon, "Second", principles=[one])
    lessons(lyon, principles=[one])
    lessons(metz, principles=[two])

    page = read("/fr/observatoire/")

    assert table(page, "principles") == {
        "Principle 1": {"Lyon": 3},
        "Principle 2": {"Lyon": 1, "Metz": 1},
    }
    assert untold(page, "principles") == ["Principle 3"]


def test_a_topic_has_the_cases_of_each_city_about_it(lyon, metz, read):
    schools, waste = (TopicFactory(name=name) for name in ("Schools", "Waste"))
    TopicFactory(name="Hidden", live=False)
    case(lyon, "First", topics=[schools])
    case(lyon, "Second", topics=[schools])
    case(metz, topics=[schools])

    page = read("/fr/observatoire/")

    assert table(page, "topics") == {"Schools": {"Lyon": 2, "Metz": 1}}
    assert untold(page, "topics") == [waste.name]


def test_a_method_counts_once_for_each_page_that_names_it(lyon, metz, read):
    debate, poster = (MethodPageFactory(title=title) for title in ("Debate", "Poster"))
    case(lyon, methods=[debate, debate])
    lessons(lyon, methods=[debate])
    lessons(metz, methods=[poster])

    page = read("/fr/observatoire/")

    assert table(page, "methods") == {"Debate": {"Lyon": 2}, "Poster": {"Metz": 1}}


def test_what_is_not_public_is_neither_counted_nor_named(lyon, metz, read):
    one = PrinciplePageFactory(number=1)
    case(lyon, "Draft", principles=[one], live=False)
    hidden = case(lyon, "Hidden", principles=[one])
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    metz.unpublish()

    page = read("/fr/observatoire/")

    assert page.select(".matrix") == []
    assert untold(page, "principles") == ["Principle 1"]
    assert "Metz" not in page.text


def test_cities_topics_and_methods_are_in_alphabetical_order_whatever_they_did(
    observatory, read
):
    methods = [MethodPageFactory(title=title) for title in ("Zine", "Élan", "Atlas")]
    topics = [TopicFactory(name=name) for name in ("Water", "École", "Arts")]
    for count, title in enumerate(("Toulouse", "Évry", "Lyon"), start=1):
        place = city(title)
        for number in range(count):
            case(place, f"Case {number}", topics=topics, methods=methods)

    page = read("/fr/observatoire/")

    assert [*table(page, "topics")] == ["Arts", "École", "Water"]
    assert [*table(page, "methods")] == ["Atlas", "Élan", "Zine"]
    assert [*table(page, "topics")["Arts"]] == ["Évry", "Lyon", "Toulouse"]


def test_an_empty_network_says_so(observatory, read):
    page = read("/fr/observatoire/")

    assert page.select(".matrix, .timeline") == []
    assert (
        page.select_one(".empty p").text
        == "Aucune collectivité n’a encore rejoint le réseau."
    )


# --- Where it leads --------------------------------------------------------------


def test_every_number_is_that_of_the_results_it_leads_to(
    observatory, lyon, metz, english, client
):
    mirror(observatory)
    translate(observatory, english, {})
    principle = translated(PrinciplePageFactory, "To share", title="Partager")
    method = translated(MethodPageFactory, "The debate", title="Le débat", slug="debat")
    topic = TopicFactory(name="Schools")
    about = {"principles": [principle], "topics": [topic], "methods": [method]}
    pages = [case(lyon, "First", **about), case(lyon, "Second", **about)]
    pages += [lessons(lyon, principles=[principle], methods=[method])]
    pages += [case(metz, "Third", **about)]
    for page in pages:
        mirror(page)
    rebuild_all()

    for address in ("/fr/observatoire/", "/en/observatoire/"):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        cells = page.select("a.tally")
        counted = [int(cell["data-count"]) for cell in cells]
        found = [client.get(c["href"]).context["answer"].found.total for c in cells]
        assert counted == [3, 1, 2, 1, 3, 1]
        assert found == counted


def rebuild_all():
    return list(rebuild())


def test_a_topic_leads_to_a_search_for_it_and_a_method_to_its_page(lyon, read):
    method = MethodPageFactory(title="Debate", slug="debate")
    case(lyon, topics=[TopicFactory(name="Schools")], methods=[method])

    page = read("/fr/observatoire/")

    links = [link["href"] for link in page.select(".matrix tbody th a")]
    assert links == ["/fr/search/?topic=schools", method.url]


# --- How it can be read ----------------------------------------------------------


def test_each_table_has_a_caption_and_heads_for_rows_and_columns(lyon, read):
    case(lyon, topics=[TopicFactory(name="Schools")])

    (matrix,) = read("/fr/observatoire/").select(".matrix")

    scopes = [
        (head["scope"], head.get_text(strip=True)) for head in matrix.select("th")
    ]
    assert scopes == [("col", "Thème"), ("col", "Lyon"), ("row", "Schools")]
    assert matrix.parent["aria-labelledby"] == matrix.caption["id"]
    assert matrix.parent["tabindex"] == "0"


def test_a_number_is_read_with_the_city_it_is_of(lyon, read):
    case(lyon, topics=[TopicFactory(name="Schools")])

    cell = read("/fr/observatoire/").select_one("a.tally")

    assert " ".join(cell.text.split()) == "Lyon 1"


def test_all_programmes_with_a_date_are_side_by_side(observatory, read):
    city("Lyon", programme_start="2017-03", programme_end="2018-06")
    city("Metz", programme_start="2018")
    city("Lille")

    page = read("/fr/observatoire/")

    rows = page.select("#programmes tbody tr")
    assert [[cell.text for cell in row.find_all(["td", "th"])] for row in rows] == [
        ["mars 2017\N{NO-BREAK SPACE}– juin 2018", "Programme", "Lyon"],
        ["2018", "Programme", "Metz"],
    ]
    assert [name.text for name in page.select(".across .stroke-name")] == [
        *("Lyon", "Metz")
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_observatory_asks_as_little_of_three_cities_as_of_one(
    observatory, client, count, django_assert_max_num_queries
):
    about = {"principles": [PrinciplePageFactory()], "topics": [TopicFactory()]}
    for number in range(count):
        case(city(f"City {number}", programme_start="2018"), **about)
    client.get(observatory.url)

    with django_assert_max_num_queries(10):
        answer = client.get(observatory.url)

    assert answer.content.count(b"data-count") == 2 * count
