import pytest
from wagtail.models import PageViewRestriction

from home.models import LATEST_SHOWN
from network.translation.verbs import mirror, translate
from tests.factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    CityPageFactory,
    FeedbackIndexPageFactory,
    FeedbackPageFactory,
    JourneyPageFactory,
    MethodPageFactory,
    PictureFactory,
    PrinciplePageFactory,
    ResourcePageFactory,
)

pytestmark = pytest.mark.django_db


def figures(page):
    return {
        figure.span.text: figure.strong.text for figure in page.select(".figures > li")
    }


def titles(page, section):
    return [title.text for title in page.select(f"#{section} .card-title")]


@pytest.fixture
def lyon(home):
    return CityPageFactory(title="Lyon")


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        (
            {"title": "Code Source"},
            "Code Source · Un réseau de labos d’innovation publique",
        ),
        ({"seo_title": "Public innovation labs"}, "Public innovation labs"),
    ],
)
def test_a_window_on_the_home_page_says_the_name_of_the_site_once(
    home, read, fields, title
):
    for name, value in fields.items():
        setattr(home, name, value)
    home.save()

    assert read("/fr/").title.get_text() == title


@pytest.mark.parametrize(
    ("headline", "title"), [("", "Code Source"), ("How it is done", "How it is done")]
)
def test_the_home_page_opens_with_its_headline_or_its_name(home, read, headline, title):
    home.headline = headline
    home.save()

    assert read("/fr/").h1.get_text() == title


def test_a_window_on_any_other_page_says_where_it_is(lyon, read):
    assert read(lyon.url).title.get_text() == "Lyon · Code Source"


def test_the_home_page_counts_what_the_network_has(lyon, read):
    for number in range(2):
        CasePageFactory(title=f"Case {number}")
    JourneyPageFactory()
    FeedbackPageFactory()
    MethodPageFactory()
    ResourcePageFactory()

    assert figures(read("/fr/")) == {
        "collectivité": "1",
        "cas": "2",
        "parcours usager": "1",
        "retour d’expérience": "1",
        "méthode": "1",
        "ressource": "1",
    }


def test_the_home_page_counts_in_the_words_of_its_language(home, english, read):
    translate(home, english, {})
    for title in ("Lyon", "Metz"):
        mirror(CityPageFactory(title=title))

    assert figures(read("/en/")) == {"cities and regions": "2"}


def test_the_home_page_does_not_count_what_is_not_public(lyon, read):
    CasePageFactory(title="Public")
    CasePageFactory(title="Draft", live=False)
    secret = CasePageFactory(title="Secret")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")

    assert figures(read("/fr/"))["cas"] == "1"


def test_the_home_page_of_an_empty_network_counts_nothing(home, read):
    assert figures(read("/fr/")) == {}


def test_the_home_page_shows_the_principles_in_order(home, read):
    for number in (3, 1, 2):
        PrinciplePageFactory(number=number)
    PrinciplePageFactory(number=4, live=False)

    shown = [title.text for title in read("/fr/").select(".principle-title")]
    assert shown == ["Principle 1", "Principle 2", "Principle 3"]


def test_the_home_page_shows_all_cities_in_alphabetical_order(home, read):
    for title in ("Metz", "Évry", "Lyon"):
        CityPageFactory(title=title)
    CityPageFactory(title="Draft", live=False)

    shown = [title.text for title in read("/fr/").select("#cities a")]
    assert [title for title in shown if title] == ["Évry", "Lyon", "Metz"]


def work_of(city, index, factory, days):
    """Pages that a city published on these days of a month."""
    lists = index(parent=city)
    for day in days:
        date = f"2018-01-{day:02}T00:00Z"
        factory(parent=lists, title=f"{city.title} {day}", first_published_at=date)


WORK = pytest.mark.parametrize(
    ("index", "factory", "section"),
    [
        (CaseIndexPageFactory, CasePageFactory, "cases"),
        (FeedbackIndexPageFactory, FeedbackPageFactory, "lessons"),
    ],
)


@WORK
def test_the_home_page_shows_the_latest_work_of_six_cities(
    home, read, index, factory, section
):
    for day in range(1, LATEST_SHOWN + 2):
        work_of(CityPageFactory(title=f"City {day}"), index, factory, [day, day + 10])
    factory(title="Draft", live=False)

    assert titles(read("/fr/"), section) == [
        f"City {day} {day + 10}" for day in (7, 6, 5, 4, 3, 2)
    ]


@WORK
def test_a_city_that_writes_much_does_not_hide_the_others(
    lyon, read, index, factory, section
):
    work_of(lyon, index, factory, range(10, 20))
    work_of(CityPageFactory(title="Metz"), index, factory, [2, 3])

    assert titles(read("/fr/"), section) == [
        *("Lyon 19", "Metz 3", "Lyon 18", "Metz 2", "Lyon 17")
    ]


@WORK
def test_the_home_page_never_shows_four_of_one_city(
    lyon, read, index, factory, section
):
    work_of(lyon, index, factory, range(1, 10))

    assert titles(read("/fr/"), section) == ["Lyon 9", "Lyon 8", "Lyon 7"]


def test_a_case_on_the_home_page_says_where_and_when_it_was(lyon, read):
    CasePageFactory(start="2018-03", illustrative=True)

    detail = read("/fr/").select_one("#cases .card-detail")
    assert " ".join(detail.text.split()) == "Lyon · 2018 Illustratif"


def test_a_section_with_nothing_in_it_is_not_there(home, read):
    sections = read("/fr/").select("section[id]")

    assert sections == []


def test_the_home_page_tells_how_to_take_part(home, read):
    home.take_part = [("text", "<p>Write to us</p>")]
    home.save()

    assert read("/fr/").select_one("#take-part p").text == "Write to us"


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_page_costs_the_same_however_much_there_is(
    english, client, count, django_assert_max_num_queries
):
    for number in range(count):
        pages = [
            CityPageFactory(title=f"City {number}", picture=PictureFactory()),
            CasePageFactory(title=f"Case {number}", picture=PictureFactory()),
            FeedbackPageFactory(title=f"Lessons {number}"),
            PrinciplePageFactory(number=number + 1),
        ]
        for page in pages:
            mirror(page)

    for address in ("/fr/", "/en/"):
        with django_assert_max_num_queries(17):
            answer = client.get(address)
        assert answer.content.count(b"principle-title") == count
