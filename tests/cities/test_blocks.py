"""Blocks that only the pages of a city use, each as its page reads it."""

import pytest
from django.utils.translation import override

from cities.blocks import (
    FieldTestBlock,
    FollowUpBlock,
    KeyFigureBlock,
    PartnerBlock,
    ResidentBlock,
    SessionBlock,
    SessionKind,
    StageBlock,
)

SESSION = {"start": "2017-03-07", "end": "", "kind": "working", "title": "Session 2"}


def text(html):
    return " ".join(html.split())


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ({"start": "2017", "end": "2018"}, "2018"),
        ({"start": "2017", "end": ""}, "2017"),
        ({"start": "", "end": "2018"}, "2018"),
        ({"start": "", "end": ""}, ""),
    ],
)
def test_the_last_day_of_a_period_is_its_end_or_else_its_start(period, last):
    assert SessionBlock().normalize(SESSION | period).last == last


@pytest.mark.parametrize(
    ("language", "label"), [("fr", "Session de formation"), ("en", "Training session")]
)
def test_a_choice_is_read_in_the_reader_s_language(language, label):
    session = SessionBlock().normalize(SESSION | {"kind": "training"})

    with override(language):
        assert session.kind_label == label


@pytest.mark.parametrize(
    ("block", "name"), [(PartnerBlock, "position"), (FollowUpBlock, "moment")]
)
def test_a_choice_that_was_not_made_has_no_label(block, name):
    value = block().normalize({name: ""})

    assert getattr(value, f"{name}_label") == ""


def test_there_is_a_sign_for_every_kind_of_session(settings):
    signs = settings.STATICFILES_DIRS[0] / "icons" / "signs.svg"

    drawn = {kind for kind in SessionKind if f'"session-{kind}"' in signs.read_text()}

    assert drawn == {*SessionKind}


def test_a_feeling_that_was_not_given_is_neutral():
    value = StageBlock().normalize({"name": "To wait", "emotion": None})

    with override("en"):
        assert (value.emotion_level, value.emotion_label) == (
            0,
            "0: neither good nor bad",
        )


def test_a_session_that_was_worked_out_afterwards_says_so():
    block = SessionBlock()

    with override("en"):
        shown = [
            "reconstructed" in block.render(block.normalize(SESSION | extra))
            for extra in ({"reconstructed": True}, {"reconstructed": False})
        ]

    assert shown == [True, False]


@pytest.mark.parametrize(
    ("number", "shown"), [(1, "sociologist"), (2, "2 × sociologist")]
)
def test_residents_are_counted_when_there_are_several(number, shown):
    block = ResidentBlock()
    value = block.normalize({"discipline": "sociologist", "number": number})

    assert text(block.render(value)) == shown


@pytest.mark.parametrize(
    ("block", "value"),
    [
        (KeyFigureBlock, {"value": "<b>", "label": "<i>"}),
        (PartnerBlock, {"name": "<b>", "position": "inside", "url": ""}),
        (ResidentBlock, {"discipline": "<b>", "number": 1}),
        (SessionBlock, SESSION | {"title": "<b>x</b>"}),
        (FieldTestBlock, {"what": "<b>x</b>", "place": "<b>x</b>"}),
        (StageBlock, {"name": "<b>x</b>", "does": "<b>x</b>", "emotion": 0}),
    ],
)
def test_what_is_typed_is_shown_as_it_was_typed(block, value):
    shown = block().render(block().normalize(value))

    assert "<b>" not in shown.replace('<b class="lane"', "")
