"""A programme over its months: what is known is drawn, and no more than that."""

from datetime import date
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import override

from cities.blocks import SessionKind
from cities.drawing.layouts import Across, Down, Narrow, in_rows, shortened
from cities.drawing.timeline import (
    Axis,
    Event,
    last_day,
    mark_of,
    side_by_side,
    timeline_of,
)
from tests.factories import CasePageFactory, CityPageFactory, PrinciplePageFactory

NOTHING = Event("", "", "")


def session(start, end="", kind="working", **fields):
    return Event(start, end, fields.pop("title", "Session"), kind, kind, **fields)


def case(start, end="", title="A case"):
    return Event(start, end, title, url="/case/")


def drawn(programme=NOTHING, sessions=(), cases=()):
    return timeline_of(programme, list(sessions), list(cases), SessionKind.values)


def months(timeline):
    return timeline.axis.first, timeline.axis.months[-1]


# --- What is known ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("partial", "last"),
    [
        ("2018-03-07", date(2018, 3, 7)),
        ("2018-02", date(2018, 2, 28)),
        ("2016-02", date(2016, 2, 29)),
        ("2018", date(2018, 12, 31)),
    ],
)
def test_a_date_may_mean_all_days_up_to_its_last(partial, last):
    assert last_day(partial) == last


def test_without_any_date_there_is_no_timeline():
    assert drawn(NOTHING, [], [case("2018")]) is None


@pytest.mark.parametrize(
    ("programme", "sessions", "first", "last"),
    [
        (("2017-03", "2018-06"), [], (2017, 3), (2018, 6)),
        (("2017", "2018"), [], (2017, 1), (2018, 12)),
        (("2017", ""), [], (2017, 1), (2017, 12)),
        (("", ""), ["2017-05-02", "2017-09"], (2017, 5), (2017, 9)),
        # “In 2016” makes nothing earlier that sessions know better.
        (("2016", "2018"), ["2016-06-23", "2018-05"], (2016, 6), (2018, 5)),
        (("2016-02", "2018-09-30"), ["2016-06", "2018-05"], (2016, 2), (2018, 9)),
    ],
)
def test_the_axis_has_the_months_of_the_programme_and_of_its_sessions(
    programme, sessions, first, last
):
    timeline = drawn(Event(*programme, "P"), [session(start) for start in sessions])

    assert months(timeline) == (date(*first, 1), date(*last, 1))


def test_a_month_is_as_long_on_the_axis_as_any_other():
    axis = Axis(date(2017, 1, 1), date(2017, 4, 30))

    days = [date(2017, 1, 1), date(2017, 2, 15), date(2017, 5, 1), date(2019, 1, 1)]
    assert [axis.place(day) for day in days] == [0, 1.5, 4, 4]


@pytest.mark.parametrize(
    ("start", "end", "first", "last", "is_vague"),
    [
        ("2017-02-08", "", 1.25, 1.25 + 1 / 28, False),
        ("2017-02-08", "2017-02-14", 1.25, 1.5, False),
        ("2017-02", "", 1, 2, True),
        ("2017", "", 0, 12, True),
        ("2017-02", "2017-03", 1, 3, True),
    ],
)
def test_a_session_is_drawn_within_all_the_time_it_may_have_been_at(
    start, end, first, last, is_vague
):
    axis = Axis(date(2017, 1, 1), date(2017, 12, 31))

    mark = mark_of(session(start, end), axis)

    assert (mark.first, mark.last) == (pytest.approx(first), pytest.approx(last))
    assert mark.middle == pytest.approx((first + last) / 2)
    assert mark.is_vague is is_vague


@pytest.mark.parametrize(
    ("start", "end", "drawn_from", "sure", "ends"),
    [
        ("2017-03", "2017-06", (2, 6), (3, 5), [2, 6]),
        ("2017", "2017-06", (0, 6), None, [6]),
        ("2017-03", "", (2, 3), None, [2]),
        ("", "2017-06", (5, 6), None, [6]),
        ("2017", "2017", (0, 12), None, []),
        # What goes on after the programme has no end in sight.
        ("2017-03", "2018-02", (2, 12), (3, 12), [2]),
        ("2016-03", "2017-06", (0, 6), (0, 5), [6]),
    ],
)
def test_a_case_is_drawn_as_far_as_it_may_have_gone_and_where_it_surely_did(
    start, end, drawn_from, sure, ends
):
    timeline = drawn(Event("2017-01", "2017-12", "P"), cases=[case(start, end)])

    (bar,) = timeline.bars
    assert (bar.first, bar.last) == (pytest.approx(drawn_from[0]), drawn_from[1])
    assert bar.ends == ends
    # Sure is what lies between the last day of one month and the first of another.
    assert bar.sure == (sure and pytest.approx(sure, abs=1 / 28))


@pytest.mark.parametrize("dates", [("", ""), ("2019-01", ""), ("2015", "2016")])
def test_a_case_that_was_not_part_of_the_programme_is_not_drawn(dates):
    timeline = drawn(Event("2017-01", "2017-12", "P"), cases=[case(*dates)])

    assert timeline.bars == []


def test_sessions_stand_by_kind_in_the_same_order_for_every_city():
    kinds = ["study_trip", "lab_design", "working", "working"]
    timeline = drawn(sessions=[session("2017-03", kind=kind) for kind in kinds])

    lanes = [(lane.kind, len(lane.marks)) for lane in timeline.lanes]
    assert lanes == [("working", 2), ("lab_design", 1), ("study_trip", 1)]


def test_the_table_has_all_that_is_drawn_in_order_of_time():
    timeline = drawn(
        Event("2017", "2018", "P"),
        [
            session("2017-03", title="Second"),
            session("2017-01-20", kind="training", title="First"),
        ],
        [case("2017-02", "2017-08", "The case"), case("2012", "", "Long ago")],
    )

    titles = [event.title for event in timeline.events]
    assert titles == ["P", "First", "The case", "Second"]


# --- On paper --------------------------------------------------------------------


YEAR = drawn(
    Event("2017-01", "2017-12", "Programme"),
    [session("2017-03"), session("2017-06-15", kind="training", reconstructed=True)],
    [case("2017-02", "2017-05"), case("2017-11", "2018", "A very long title " * 9)],
)


def test_forty_programmes_on_a_phone_stand_below_each_other_with_their_names():
    programmes = [case("2017-03", "2018-06", title=f"Ville {n}") for n in range(40)]

    paper = Narrow(side_by_side(programmes))

    names = [stroke.text for stroke in paper.strokes]
    assert names == [f"Ville {n}" for n in range(40)]
    assert {b.y - a.y for a, b in pairwise(paper.strokes)} == {paper.bar}
    assert all(0 <= stroke.x <= paper.width == 340 for stroke in paper.strokes)


@pytest.mark.parametrize("layout", [Across, Down])
def test_nothing_is_drawn_beside_the_paper(layout):
    paper = layout(YEAR)

    signs = [sign for _name, _place, signs in paper.lanes for sign in signs]
    assert len(signs) == 2
    for thing in [*signs, *paper.strokes, paper.programme, *paper.months]:
        assert 0 <= thing.x <= paper.width
        assert 0 <= thing.y <= paper.height


def test_months_go_across_or_down_and_are_evenly_spaced():
    across = [month.x for month in Across(YEAR).months]
    down = [month.y for month in Down(YEAR).months]

    for places in (across, down):
        steps = {b - a for a, b in pairwise(places)}
        assert max(steps) - min(steps) <= 1


def test_a_sign_stands_in_the_middle_of_its_month_above_the_line_of_it():
    paper = Across(YEAR)
    (sign,) = paper.lanes[0][2]

    first, last = paper.at(2), paper.at(3)
    assert sign.x + 7 == round((first + last) / 2)
    assert sign.line == f"M{first + 1} {sign.y + 17}H{last - 1}"


def test_a_session_whose_day_is_known_needs_no_line():
    (sign,) = Across(YEAR).lanes[1][2]

    assert sign.line == ""


def test_signs_of_one_month_stand_in_rows():
    marks = drawn(sessions=[session("2017-03")] * 3).lanes[0].marks

    assert [row for row, _mark in in_rows(marks, 30)] == [0, 1, 2]


def test_signs_of_different_months_share_a_row():
    marks = drawn(sessions=[session("2017-03"), session("2017-04")]).lanes[0].marks

    assert [row for row, _mark in in_rows(marks, 30)] == [0, 0]


@pytest.mark.parametrize("layout", [Across, Down])
def test_no_sign_covers_another_however_many_there_are(layout):
    starts = [f"2017-{month:02}" for month in range(1, 13)] * 3
    paper = layout(drawn(sessions=[session(start) for start in starts]))

    ((_name, _place, signs),) = paper.lanes
    places = {(sign.x, sign.y) for sign in signs}
    assert len(places) == 36
    assert max(sign.y for sign in signs) < paper.height


@pytest.mark.parametrize(("years", "named"), [(1, 1), (3, 3), (10, 6)])
def test_the_more_months_there_are_the_fewer_are_named(years, named):
    timeline = drawn(Event("2011-01", f"{2010 + years}-12", "P"))

    names = [month.day.month for month in Across(timeline).months if month.is_named]
    assert names[1] - names[0] in {named, 0}


def test_the_year_is_said_where_it_begins():
    timeline = drawn(Event("2016-06", "2018-02", "P"))

    years = [month.day for month in Across(timeline).months if month.says_year]
    assert years == [date(2016, 6, 1), date(2017, 1, 1), date(2018, 1, 1)]


def test_a_year_that_is_over_at_once_is_not_said_over_the_next():
    timeline = drawn(Event("2016-11", "2018-02", "P"))

    years = [month.day for month in Across(timeline).months if month.says_year]
    assert years == [date(2017, 1, 1), date(2018, 1, 1)]


def test_a_name_that_is_too_long_ends_at_the_edge_and_is_cut_there():
    paper = Across(YEAR)
    short, long = paper.strokes

    assert (short.text, short.anchor) == ("A case", "start")
    assert (long.anchor, long.x, long.text[-1]) == ("end", paper.width, "…")
    assert len(long.text) * paper.letter <= paper.width - paper.left


def test_a_text_that_fits_is_not_cut():
    texts = [shortened("abcdef", most) for most in (6, 5, 4)]
    assert texts == ["abcdef", "abcd…", "abc…"]


def test_on_a_phone_cases_are_numbered():
    assert [stroke.text for stroke in Down(YEAR).strokes] == ["1", "2"]


# --- On the page -----------------------------------------------------------------


def block(**fields):
    about = {"kind": "working", "text": "", "url": "", "reconstructed": False}
    return ("session", {"title": "In the field", "end": ""} | about | fields)


@pytest.fixture
def read(client):
    return lambda page: BeautifulSoup(client.get(page.url).content, "html.parser")


def rows(page):
    return [
        [" ".join(cell.text.split()) for cell in row.find_all(["td", "th"])]
        for row in page.select(".timeline tbody tr")
    ]


@pytest.mark.django_db
def test_the_page_of_a_city_draws_its_programme_and_says_the_same_in_a_table(
    lyon, read
):
    lyon.sessions = [
        block(start="2017-03-07", end="2017-03-09"),
        block(start="2017-05", kind="training", title="To draw", reconstructed=True),
    ]
    lyon.save()
    cases = lyon.get_children().first()
    CasePageFactory(parent=cases, title="The desk", start="2017-04", end="2017")
    CasePageFactory(parent=cases, title="Without a date")
    CasePageFactory(parent=cases, title="Draft", start="2017-04", live=False)

    page = read(lyon)

    assert rows(page) == [
        ["7 mars 2017 – 9 mars 2017", "Session de travail", "In the field"],
        ["avril 2017 – 2017", "Cas", "The desk"],
        ["mai 2017", "Session de formation · reconstituée", "To draw"],
    ]
    # A head of a row stands at its beginning, so that the table needs no explanation.
    heads = [head["scope"] for head in page.select(".timeline tr > :first-child")]
    assert heads == ["col", "row", "row", "row"]
    for drawing in (".across", ".down"):
        signs = page.select(f"{drawing} use:not(.sign-head)")
        assert [sign["class"] for sign in signs] == [["known"], ["worked-out"]]
    assert [name.text for name in page.select(".across .stroke-name")] == ["The desk"]
    assert [link.text for link in page.select(".numbered a")] == ["The desk"]


@pytest.mark.django_db
def test_no_number_of_the_drawing_has_a_french_comma(lyon, read):
    lyon.sessions = [block(start="2017-03-07"), block(start="2017-05")]
    lyon.save()

    page = read(lyon)

    drawn = [path["d"] for path in page.select(".timeline path")]
    assert drawn
    assert [path for path in drawn if "," in path] == []


@pytest.mark.django_db
def test_a_city_without_a_date_has_no_timeline(home, read):
    assert read(CityPageFactory()).select(".timeline, #programme") == []


@pytest.mark.django_db
def test_the_programme_is_told_in_the_reader_s_words(lyon):
    lyon.programme_start, lyon.programme_end = "2017-03", "2018"

    with override("fr"):
        assert lyon.programme.title == "Programme\u00a0: mars 2017 – 2018"
    with override("en"):
        assert lyon.programme.title == "Programme: March 2017 – 2018"


@pytest.mark.django_db
def test_what_a_city_has_on_a_principle_leads_to_a_search_for_it(lyon, read):
    one = PrinciplePageFactory(number=1, title="To share", slug="to-share")
    PrinciplePageFactory(number=2, title="To trust")
    index = lyon.get_children().first()
    for number in range(2):
        CasePageFactory(parent=index, title=f"Case {number}", principles=[one])

    shared, trusted = read(lyon).select(".measure")

    assert [len(measure.select("path")) for measure in (shared, trusted)] == [2, 1]
    assert shared.a["href"] == (
        "/fr/search/?city=lyon&principle=to-share&kind=case&kind=lessons"
    )
    assert " ".join(shared.text.split()) == "2 pages ici – To share"
    assert trusted.a is None
