"""A passage as the translation screen shows it."""

from types import SimpleNamespace

import pytest

from network.translation.rows import CHARACTERS, Row

LINE = "x" * CHARACTERS


@pytest.mark.parametrize(
    ("original", "text", "is_high"),
    [
        ("Le hall", "", False),
        (LINE, LINE, False),
        (f"{LINE}x", "", True),
        ("Le hall", f"{LINE}x", True),
    ],
)
def test_what_does_not_fit_one_line_is_shown_whole(original, text, is_high):
    place = SimpleNamespace(is_long=False, is_rich=False)
    passage = SimpleNamespace(place=place, original=original, text=text)

    assert Row(passage, pieces=[]).is_high == is_high
