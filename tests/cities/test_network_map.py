"""Where cities stand on the map, and that each has a name that can be read."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import pytest
from bs4 import BeautifulSoup

from cities.drawing import projection
from cities.drawing.france import CORSICA, MAINLAND, is_metropolitan
from cities.drawing.labels import (
    NEAR,
    Box,
    along,
    around_dot,
    label_at,
    place_labels,
)
from cities.drawing.network_map import network_map
from cities.drawing.projection import WIDTH, height, kilometres, on_paper
from network.translation.verbs import mirror
from tests.factories import CityIndexPageFactory, CityPageFactory
from tests.networks import translated


@dataclass(frozen=True)
class Place:
    title: str
    latitude: float | None
    longitude: float | None


SEVEN = [
    Place("Dunkerque", 51.0344, 2.3768),
    Place("Lille", 50.6292, 3.0573),
    Place("Metz", 49.1193, 6.1757),
    Place("Mulhouse", 47.7508, 7.3359),
    Place("Occitanie", 43.6047, 1.4442),
    Place("Paris", 48.8566, 2.3522),
    Place("Strasbourg", 48.5734, 7.7521),
]
CAYENNE = Place("Cayenne", 4.9227, -52.3269)
ELSEWHERE = [CAYENNE, Place("Saint-Denis de La Réunion", -20.8789, 55.4481)]
PAPER = Box(0, 0, 430, 420)


def points(cities):
    return {town.page.title: town.point for town in network_map(cities).towns}


def boxes(towns):
    return [town.label.box for town in towns]


def meetings(boxes):
    return [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]


# --- The paper -------------------------------------------------------------------


def test_the_outline_fills_the_width_of_the_paper_between_its_margins():
    xs = [on_paper(*place)[0] for place in [*MAINLAND, *CORSICA]]

    assert min(xs) == projection.MARGIN
    assert max(xs) == WIDTH - projection.EAST_MARGIN


def test_north_is_above_south_and_west_is_left_of_east():
    found = points(SEVEN)

    from_north = sorted(found, key=lambda name: found[name][1])
    from_west = sorted(found, key=lambda name: found[name][0])
    assert from_north == [
        *("Dunkerque", "Lille", "Metz", "Paris", "Strasbourg", "Mulhouse", "Occitanie")
    ]
    assert from_west == [
        *("Occitanie", "Paris", "Dunkerque", "Lille", "Metz", "Mulhouse", "Strasbourg")
    ]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("Paris", "Strasbourg", 397), ("Paris", "Occitanie", 588), ("Lille", "Metz", 279)],
)
def test_distances_on_paper_are_those_on_the_ground(one, other, apart):
    (x, y), (other_x, other_y) = (points(SEVEN)[name] for name in (one, other))

    measured = ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5
    assert measured == pytest.approx(kilometres(apart), abs=2)


def test_the_map_is_as_high_as_france_and_higher_by_a_line_for_each_city_overseas():
    heights = [network_map([*SEVEN, *ELSEWHERE[:count]]).height for count in range(3)]

    assert heights[0] == height()
    assert heights[2] - heights[1] == 30


def test_what_is_not_around_france_is_overseas_or_further_away():
    places = [*SEVEN, Place("Brussels", 50.85, 4.35), *ELSEWHERE]

    there = [p.title for p in places if not is_metropolitan(p.longitude, p.latitude)]
    assert there == ["Cayenne", "Saint-Denis de La Réunion"]


def test_an_outline_is_closed_and_has_a_point_for_each_place():
    drawn = projection.path(CORSICA)

    assert (drawn[0], drawn[-1]) == ("M", "z")
    assert drawn.count("L") == len(CORSICA) - 1


# --- Names -----------------------------------------------------------------------


def test_no_name_of_the_seven_covers_another_or_another_point():
    towns = network_map(SEVEN).towns
    dots = [around_dot(town.point) for town in towns]

    covered = [
        (town.page.title, dot)
        for town, own in zip(towns, dots, strict=True)
        for dot in dots
        if dot != own and town.label.box.meets(dot)
    ]
    assert meetings(boxes(towns)) == []
    assert covered == []


def test_names_of_the_seven_stand_right_beside_their_points():
    assert [town.label.end for town in network_map(SEVEN).towns] == [None] * 7


def test_a_crowd_of_cities_finds_room_or_is_drawn_without_a_name():
    crowd = [
        Place(f"Ville {north} {east}", 44 + north / 2, 0 + east / 2)
        for north in range(12)
        for east in range(12)
    ]

    drawn = network_map(crowd)
    named = [town for town in drawn.towns if town.label]
    assert len(drawn.towns) == 144
    assert len(named) >= 20
    assert meetings(boxes(named)) == []


def test_a_name_without_room_beside_its_point_stands_further_away_with_a_line():
    crowd = [((200, 200), "First"), ((202, 200), "Other"), ((204, 200), "Third")]

    labels = place_labels(crowd, PAPER)

    assert [label.lines for label in labels] == [("First",), ("Other",), ("Third",)]
    assert meetings([label.box for label in labels]) == []
    assert [label.end for label in labels] == [None, None, (204, 168)]


def test_a_name_that_fits_nowhere_is_not_written():
    assert place_labels([((5, 5), "Somewhere")], Box(0, 0, 10, 10)) == [None]


def test_a_long_name_is_written_in_lines():
    name = "Communauté d’agglomération du Pays Basque"
    (label,) = place_labels([((200, 200), name)], PAPER)

    assert label.lines == ("Communauté", "d’agglomération du", "Pays Basque")
    assert [y - label.y for y, line in label.written] == [0, 19, 38]


def test_a_name_that_is_too_long_for_the_map_is_cut_and_whole_in_the_list():
    name = "Communauté d’agglomération de Saint-Quentin-en-Yvelines"
    (label,) = place_labels([((200, 200), name)], PAPER)
    (town,) = network_map([Place(name, 16.3, -61.4)]).overseas

    assert label.lines == ("Communauté", "d’agglomération de", "Saint-Quentin-en-…")
    assert town.label.lines == ("Communauté d’agglomération de Saint-Quen…",)
    assert town.label.box.right <= WIDTH


def test_no_line_to_a_name_goes_through_another_name():
    crowd = [Place(f"Ville {n}", 47 + n / 40, 2.1 + n / 20) for n in range(4)]

    towns = network_map(crowd).towns

    lines = {town.page.title: along(town.point, town.label.end) for town in towns}
    crossed = [
        (title, town.page.title)
        for title, spots in lines.items()
        for town in towns
        if title != town.page.title and any(town.label.box.meets(s) for s in spots)
    ]
    assert len([spots for spots in lines.values() if spots]) >= 2
    assert crossed == []


@pytest.mark.parametrize(
    ("across", "anchor", "x"),
    [(1, "start", 100 + NEAR), (0, "middle", 100), (-1, "end", 100 - NEAR)],
)
def test_a_name_grows_away_from_its_point(across, anchor, x):
    label = label_at((100, 100), ("Lyon",), across, down=0 if across else 1)

    assert (label.anchor, label.x) == (anchor, x)
    assert not label.box.meets(Box(99, 99, 101, 101))


def test_a_name_is_large_enough_to_be_hit_by_a_finger():
    assert {box.height for box in boxes(network_map(SEVEN).towns)} == {30}


def test_cities_overseas_are_listed_below_one_another():
    drawn = network_map([*SEVEN, *ELSEWHERE])

    assert [town.page.title for town in drawn.overseas] == [
        *("Cayenne", "Saint-Denis de La Réunion")
    ]
    assert meetings(boxes(drawn.overseas)) == []
    assert max(box.bottom for box in boxes(drawn.overseas)) <= drawn.height
    assert len(drawn.towns) == 7


@pytest.mark.parametrize("place", [(None, 2.0), (48.0, None), (None, None)])
def test_a_city_whose_place_is_not_known_is_not_drawn(place):
    drawn = network_map([Place("Somewhere", *place)])

    assert (drawn.towns, drawn.overseas) == ([], [])


def test_what_nothing_lies_on_is_on_the_map():
    assert points([Place("Null Island", 46.5, 0.0)]).keys() == {"Null Island"}


# --- On the pages ----------------------------------------------------------------


def place(title, latitude="48.8566", longitude="2.3522", **fields):
    return CityPageFactory(
        title=title, latitude=Decimal(latitude), longitude=Decimal(longitude), **fields
    )


def links(page):
    """The cities on the map of a page, and where they lead."""
    return {
        " ".join(link.get_text().split()): link["href"]
        for link in page.select("a.town")
    }


@pytest.fixture
def read(client):
    return lambda address: BeautifulSoup(client.get(address).content, "html.parser")


@pytest.mark.django_db
def test_each_city_on_the_map_leads_to_its_page_and_is_in_the_list_too(home, read):
    cities = [place("Paris"), place("Cayenne", "4.9227", "-52.3269")]
    draft = place("Lyon", live=False)
    nowhere = CityPageFactory(title="Utopia")

    for address in ("/fr/", cities[0].get_parent().url):
        page = read(address)
        listed = [link["href"] for link in page.select(".contents .card-title a")]
        assert links(page) == {city.title: city.url for city in cities}
        assert listed == [cities[1].url, cities[0].url, nowhere.url]
        assert draft.title not in page.text


@pytest.mark.django_db
def test_the_outline_is_a_picture_with_a_name_and_no_link_is_in_it(home, read):
    place("Paris")

    (outline,) = read("/fr/").select(".network-map [role=img][aria-label]")

    assert outline.select("path.land")
    assert outline.select("a") == []


@pytest.mark.django_db
def test_a_city_whose_name_finds_no_room_is_a_link_all_the_same(home, read):
    cities = [place(f"Ville {number:02}") for number in range(30)]

    page = read("/fr/")

    assert links(page) == {city.title: city.url for city in cities}
    assert page.select("a.town > title")


@pytest.mark.django_db
def test_a_network_without_a_known_place_has_no_map(home, read):
    CityPageFactory(title="Utopia")

    assert read("/fr/").select(".network-map") == []


@pytest.mark.django_db
def test_the_map_of_a_long_list_has_all_cities_whatever_part_is_read(
    home, read, monkeypatch
):
    monkeypatch.setattr("network.core.models.ENTRIES_PER_PAGE", 1)
    cities = [place("Lyon", "45.76", "4.84"), place("Metz", "49.12", "6.18")]

    page = read(f"{cities[0].get_parent().url}?page=2")

    assert [*links(page)] == ["Lyon", "Metz"]
    assert [title.text for title in page.select(".card-title")] == ["Metz"]


@pytest.mark.django_db
def test_a_city_that_is_not_translated_is_on_the_map_in_its_language(
    home, english, read
):
    index = translated(CityIndexPageFactory, "Cities", title="Collectivités")
    mirror(place("Dunkerque", parent=index))

    (link,) = read(index.get_translation(english).url).select("a.town")

    assert (link.text.strip(), link["lang"]) == ("Dunkerque", "fr")
