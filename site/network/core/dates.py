"""Dates as a programme knows them: a year, a month of a year, or a day."""

import datetime as dt
import re

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# What editors type: 2018 · 2018-03, 03/2018 · 2018-03-07, 07/03/2018.
WRITTEN = (
    re.compile(r"(?P<year>\d{4})(-(?P<month>\d{1,2})(-(?P<day>\d{1,2}))?)?"),
    re.compile(r"((?P<day>\d{1,2})/)?(?P<month>\d{1,2})/(?P<year>\d{4})"),
)
NOT_A_DATE = _(
    "“%(date)s” is not a date. Write a year (2018), a month (03/2018) or a day "
    "(07/03/2018)."
)


def parse(text: str) -> str:
    """The partial date in `text` as "2018", "2018-03" or "2018-03-07".

    These sort as text. Anything else is a ValidationError that says what to write.
    """
    text = text.strip()
    for pattern in WRITTEN:
        if match := pattern.fullmatch(text):
            parts = [match["year"], match["month"], match["day"]]
            written = [int(part) for part in parts if part]
            try:
                dt.date(*[*written, 1, 1][:3])
            except ValueError:
                break
            return "-".join(f"{part:02}" for part in written)
    raise ValidationError(NOT_A_DATE, code="invalid", params={"date": text})


def validate(text: str) -> None:
    if parse(text) != text:
        raise ValidationError(NOT_A_DATE, code="invalid", params={"date": text})


def ends_before_it_starts(start: str, end: str) -> bool:
    """Whether `end` is surely before `start`: 2018 is not before 2018-03."""
    shared = min(len(start), len(end))
    return bool(start and end) and end[:shared] < start[:shared]


END_BEFORE_START = _("The end is before the start. Check both dates.")


def first_day(date: str) -> dt.date:
    """The first day that the partial date `date` may mean."""
    return dt.date.fromisoformat(date + "-01-01"[len(date) - 4 :])


def in_words(date: str) -> str:
    """`date` as the reader's language writes it: 2018, mars 2018, 7 mars 2018."""
    if len(date) < 7:
        return date
    if len(date) == 7:
        return formats.date_format(first_day(date), "YEAR_MONTH_FORMAT")
    return day_in_words(first_day(date))


def day_in_words(day: dt.date) -> str:
    """A day as the reader’s language writes it: 1er mars 2018, 7 March 2018."""
    words = formats.date_format(day, "DATE_FORMAT")
    is_first = day.day == 1 and (get_language() or "").startswith("fr")
    return f"1er{words[1:]}" if is_first else words


def as_typed(date: str) -> str:
    """`date` as the help texts write it: 2018, 03/2018, 07/03/2018."""
    return "/".join(reversed(date.split("-")))


class PartialDateFormField(forms.CharField):
    """A text box that understands the three ways to write a partial date."""

    def prepare_value(self, value):
        try:
            return as_typed(parse(value or ""))
        except ValidationError:
            return value

    def to_python(self, value):
        value = super().to_python(value)
        return parse(value) if value else value


class PartialDateField(models.Field):
    """A year, a month or a day, kept as the text "2018", "2018-03" or "2018-03-07".

    It is no CharField, so that nobody takes a date for a text to be translated.
    """

    description = _("partial date")
    default_validators = [validate]
    empty_strings_allowed = True

    def __init__(self, *args, **options):
        options.setdefault("max_length", 10)
        options.setdefault("default", "")
        options.setdefault("blank", True)
        super().__init__(*args, **options)

    def get_internal_type(self):
        return "CharField"

    def to_python(self, value):
        return "" if value is None else str(value)

    def get_prep_value(self, value):
        return self.to_python(super().get_prep_value(value))

    def formfield(self, **options):
        return super().formfield(
            **{"form_class": PartialDateFormField, "max_length": 10, **options}
        )


class PartialDateBlock(blocks.FieldBlock):
    """A partial date inside a block."""

    def __init__(self, required=True, help_text=None, **options):
        self.field = PartialDateFormField(
            required=required, help_text=help_text, max_length=10
        )
        super().__init__(**options)

    class Meta:
        icon = "date"
        default = ""


def refuse_end_before_start(thing: models.Model, start: str, end: str) -> None:
    """Refuse a thing whose `end` field is before its `start` field."""
    if ends_before_it_starts(getattr(thing, start), getattr(thing, end)):
        raise ValidationError({end: END_BEFORE_START})


def period_in_words(start: str, end: str) -> str:
    """“March 2017 – 2018”, or one date when there is only one."""
    words = [in_words(date) for date in dict.fromkeys([start, end]) if date]
    return " – ".join(words)
