import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.urls import reverse
from django.utils.translation import override

from network.core import dates
from tests.factories import CasePageFactory
from tests.forms import edit, latest


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def render(template, **context):
    return Template("{% load texts %}" + template).render(Context(context))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2018", "2018"),
        ("2018-03", "2018-03"),
        ("2018-3", "2018-03"),
        ("03/2018", "2018-03"),
        ("3/2018", "2018-03"),
        ("2018-03-07", "2018-03-07"),
        ("07/03/2018", "2018-03-07"),
        ("7/3/2018", "2018-03-07"),
        (" 2018 \n", "2018"),
        ("29/02/2020", "2020-02-29"),
    ],
)
def test_a_date_may_be_typed_in_three_ways_and_is_kept_in_one(typed, kept):
    assert dates.parse(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("", "18", "20180", "March 2018", "2018-13", "13/2018", "00/2018", "2018-"),
        *("2019-02-29", "31/04/2018", "0000", "07-03-2018", "2018/03", "2018-03-07T10"),
        *("around 2018", "-2018", "20/1/8"),
    ],
)
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(ValidationError):
        dates.parse(typed)


@pytest.mark.parametrize(
    ("date", "french", "english"),
    [
        ("2018-03-01", "1er mars 2018", "1 March 2018"),
        ("2018-03-11", "11 mars 2018", "11 March 2018"),
        ("2018-03", "mars 2018", "March 2018"),
    ],
)
def test_a_date_is_said_as_each_language_says_it(date, french, english):
    assert dates.in_words(date) == english
    with override("fr"):
        assert dates.in_words(date) == french


def test_a_refusal_says_what_to_write():
    with pytest.raises(ValidationError) as refusal:
        dates.parse("march")

    what_to_write = "Write a year (2018), a month (03/2018) or a day (07/03/2018)."
    assert refusal.value.messages == [f"“march” is not a date. {what_to_write}"]


@pytest.mark.parametrize("kept", ["2018", "2018-03", "2018-03-07"])
def test_a_date_as_it_is_kept_is_valid(kept):
    assert dates.validate(kept) is None


@pytest.mark.parametrize("typed", ["03/2018", "2018-3", " 2018"])
def test_a_date_as_it_is_typed_is_not_yet_valid(typed):
    with pytest.raises(ValidationError):
        dates.validate(typed)


def test_dates_sort_as_text_a_year_before_its_months():
    written = ["2018-10", "2018-03-07", "2017", "2018", "2018-03"]

    assert sorted(written) == ["2017", "2018", "2018-03", "2018-03-07", "2018-10"]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2018", "2017"),
        ("2018-03", "2018-02"),
        ("2018-03", "2017"),
        ("2018", "2017-12-31"),
        ("2018-03-07", "2018-03-06"),
        ("2018-03-07", "2018-02"),
    ],
)
def test_an_end_surely_before_the_start_is_before_it(start, end):
    assert dates.ends_before_it_starts(start, end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2018", "2018"),
        ("2018-03", "2018"),
        ("2018", "2018-03"),
        ("2018-03-07", "2018-03"),
        ("2018-03-07", "2018-03-07"),
        ("2018", "2019"),
        ("2018", ""),
        ("", "2018"),
        ("", ""),
    ],
)
def test_an_end_that_may_be_after_the_start_is_not_before_it(start, end):
    assert not dates.ends_before_it_starts(start, end)


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2018", dt.date(2018, 1, 1)),
        ("2018-03", dt.date(2018, 3, 1)),
        ("2018-03-07", dt.date(2018, 3, 7)),
    ],
)
def test_the_first_day_of_a_date_is_the_first_it_may_mean(date, day):
    assert dates.first_day(date) == day


@pytest.mark.parametrize(
    ("language", "date", "words"),
    [
        ("fr", "2018", "2018"),
        ("fr", "2018-03", "mars 2018"),
        ("fr", "2018-03-07", "7 mars 2018"),
        ("en", "2018", "2018"),
        ("en", "2018-03", "March 2018"),
        ("en", "2018-03-07", "7 March 2018"),
        ("en", "2018-09-17", "17 September 2018"),
    ],
)
def test_a_date_is_read_in_the_words_of_the_reader(language, date, words):
    with override(language):
        assert render("{{ date|partial_date }}", date=date) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2017-03", "2018", "March 2017 – 2018"),
        ("2017", "2017", "2017"),
        ("2017", "", "2017"),
        ("", "2018", "2018"),
        ("", "", ""),
        (None, None, ""),
    ],
)
def test_a_period_says_each_date_once(start, end, words):
    assert render("{% period start end %}", start=start, end=end) == words


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (None, ""),
        (0, ""),
        (45, "45\u00a0min"),
        (60, "1\u00a0h"),
        (90, "1\u00a0h\u00a030"),
        (65, "1\u00a0h\u00a005"),
        (480, "8\u00a0h"),
    ],
)
def test_a_duration_is_told_as_people_say_it(language, minutes, words):
    with override(language):
        assert render("{{ minutes|duration }}", minutes=minutes) == words


@pytest.mark.parametrize(
    ("language", "minutes", "words"),
    [
        ("en", 420, "1 day"),
        ("en", 840, "2 days"),
        ("fr", 420, "1 jour"),
        ("fr", 840, "2 jours"),
    ],
)
def test_a_duration_of_whole_days_is_told_in_days(language, minutes, words):
    with override(language):
        assert render("{{ minutes|duration }}", minutes=minutes) == words


@pytest.mark.parametrize(
    ("reader", "language", "shown"),
    [("fr", "fr", ""), ("fr", "en", "en"), ("en", "fr", "fr"), ("en", "en", "")],
)
def test_a_language_is_foreign_to_those_who_read_another(reader, language, shown):
    with override(reader):
        assert render("{{ language|foreign }}", language=language) == shown


def test_a_form_takes_all_three_ways_and_nothing_at_all():
    field = dates.PartialDateField("date").formfield(required=False)

    assert [field.clean(typed) for typed in ("2018", "03/2018", "7/3/2018", "")] == [
        *("2018", "2018-03", "2018-03-07", "")
    ]


SHOWN = [
    ("2018", "2018"),
    ("2018-03", "03/2018"),
    ("2018-03-07", "07/03/2018"),
    ("", ""),
    (None, None),
    ("march", "march"),
    ("2019-02-29", "2019-02-29"),
]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("kept", "shown"), SHOWN)
def test_a_box_shows_a_date_as_its_help_text_writes_it(kept, shown, language):
    box = dates.PartialDateField("date").formfield(required=False)

    with override(language):
        assert box.prepare_value(kept) == shown


@pytest.mark.parametrize(("kept", "shown"), SHOWN)
def test_the_box_of_a_block_shows_it_so_too(kept, shown):
    state = dates.PartialDateBlock().get_form_state(kept)

    assert state == (shown or None)


def test_a_date_that_was_not_touched_has_not_changed():
    box = dates.PartialDateField("date").formfield(required=False)

    changed = [
        box.has_changed("2018-03-07", typed) for typed in ("07/03/2018", "08/03/2018")
    ]

    assert changed == [False, True]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_form_of_a_page_shows_dates_as_people_write_them(as_ada, home, language):
    case = CasePageFactory(start="2018-03-07", end="2018-04")

    edit(as_ada, case, language)

    address = reverse("wagtailadmin_pages:edit", args=[case.pk])
    answer = as_ada.get(address, headers={"Accept-Language": language})
    boxes = BeautifulSoup(answer.content, "html.parser")
    shown = [boxes.select_one(f"[name={name}]")["value"] for name in ("start", "end")]
    assert shown == ["07/03/2018", "04/2018"]
    assert (latest(case).start, latest(case).end) == ("2018-03-07", "2018-04")


def test_a_block_refuses_to_be_empty_unless_it_may():
    with pytest.raises(ValidationError):
        dates.PartialDateBlock().clean("")

    assert dates.PartialDateBlock(required=False).clean("") == ""


def test_a_block_understands_what_an_editor_types():
    assert dates.PartialDateBlock().clean("03/2018") == "2018-03"


@pytest.mark.django_db
def test_a_date_comes_back_from_the_database_as_it_was_kept():
    case = CasePageFactory(start="2018-03", end="")

    case.refresh_from_db()

    assert (case.start, case.end) == ("2018-03", "")


@pytest.mark.django_db
def test_an_end_before_the_start_is_refused_beside_the_end():
    case = CasePageFactory.build(start="2018-03", end="2017", parent=None)

    with pytest.raises(ValidationError) as refusal:
        dates.refuse_end_before_start(case, "start", "end")

    assert refusal.value.message_dict == {
        "end": ["The end is before the start. Check both dates."]
    }
