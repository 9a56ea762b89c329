"""The curve of a journey, without a journey."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cities.curve import Curve, height, parts, signed, whole

LEVELS = st.integers(min_value=-2, max_value=2)


def ends(path):
    """Where a path begins and where it ends."""
    start, *swings = path.removeprefix("M").split("C")
    return [tuple(map(float, start.split())), tuple(map(float, swings[-1].split()[4:]))]


@pytest.mark.parametrize(
    ("level", "place", "sign"),
    [(2, 14, "+2"), (1, 32, "+1"), (0, 50, "0"), (-1, 68, "−1"), (-2, 86, "−2")],
)
def test_the_better_somebody_feels_the_higher_the_curve(level, place, sign):
    assert (height(level), signed(level)) == (place, sign)


def test_a_journey_without_stages_has_no_curve():
    assert (parts([]), whole([], 1)) == ([], Curve("", []))


def test_one_stage_is_a_point_without_a_way():
    assert parts([1]) == [(1, "32", "M50 32")]
    assert whole([1], 1) == Curve("M50 32", [(1, "50", "32", "+1")])


def test_each_stage_has_the_way_to_it_and_the_way_on():
    assert parts([0, 2, -2]) == [
        (0, "50", "M50 50C75 50 87.5 41 100 32"),
        (2, "14", "M0 32C12.5 23 25 14 50 14C75 14 87.5 32 100 50"),
        (-2, "86", "M0 50C12.5 68 25 86 50 86"),
    ]


def test_a_whole_curve_is_as_wide_as_the_longer_of_two_journeys():
    assert whole([0, 2], 4) == Curve(
        "M50 50C100 50 100 14 150 14",
        [(1, "12.5", "50", "0"), (2, "37.5", "14", "+2")],
    )


@given(st.lists(LEVELS, min_size=2, max_size=12))
def test_a_part_ends_where_the_next_one_begins(levels):
    paths = [part.path for part in parts(levels)]

    for one, two in pairwise(paths):
        (_, (right, end)), ((left, begin), _) = ends(one), ends(two)
        assert (right, left, end) == (100, 0, begin)


@given(st.lists(LEVELS, min_size=1, max_size=12))
def test_every_point_is_within_the_drawing(levels):
    points = whole(levels, len(levels)).points

    assert [stage for stage, *_ in points] == list(range(1, len(levels) + 1))
    assert all(0 < float(x) < 100 and 14 <= float(y) <= 86 for _, x, y, _ in points)
