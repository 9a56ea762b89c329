"""What changed since the public version, word by word."""

import pytest
from django.utils.translation import override

from cities.models import MethodUse
from network.moderation.changes import Kind, changes, compared
from network.moderation.texts import html_lines, lines_of
from tests.factories import CasePageFactory, MethodPageFactory, PictureFactory

pytestmark = pytest.mark.django_db

SAME, ADDED, REMOVED = Kind.SAME, Kind.ADDED, Kind.REMOVED


def told(before, after):
    return [
        [(words.kind, words.text) for words in line] for line in compared(before, after)
    ]


def test_a_word_that_took_the_place_of_another_is_one_of_each():
    assert told(["We met ten people."], ["We met twelve people."]) == [
        [(SAME, "We met"), (REMOVED, "ten"), (ADDED, "twelve"), (SAME, "people.")]
    ]


def test_a_new_line_is_added_and_an_old_one_removed():
    assert told(["One.", "Two."], ["One.", "Three."]) == [
        [(SAME, "One.")],
        [(REMOVED, "Two."), (ADDED, "Three.")],
    ]


def test_what_is_far_from_any_change_is_left_out():
    lines = [f"Line {number}." for number in range(9)]

    found = told(lines, [*lines[:8], "Changed."])

    assert found == [
        [(Kind.GAP, "")],
        [(SAME, "Line 7.")],
        [(REMOVED, "Line 8."), (ADDED, "Changed.")],
    ]


def test_nothing_has_changed_between_a_text_and_itself():
    assert told(["The same."], ["The same."]) == []


def test_a_link_that_leads_elsewhere_is_a_change_that_can_be_seen():
    before = '<p>See <a href="https://a.example">the report</a>.</p>'

    assert list(html_lines(before)) == ["See the report [https://a.example]."]
    assert list(html_lines('<p>See <a linktype="page" id="7">it</a></p>')) == [
        "See it [page 7]"
    ]


def test_every_field_that_changed_is_named_once_and_no_other(home):
    case = CasePageFactory(title="The hall", limits="<p>None.</p>")
    after = case.specific_class.objects.get(pk=case.pk)
    after.limits = "<p>None that we know.</p>"
    after.picture = PictureFactory(title="A street")

    with override("en"):
        found = changes(case, after)

    assert [field.label for field in found.fields] == ["Picture", "Limits"]
    # “A street (no. 7)”, and “that we know.”
    assert (found.words_added, found.words_removed) == (8, 1)


def test_a_picture_of_the_same_title_is_another_picture(home):
    one, other = PictureFactory(title="Same"), PictureFactory(title="Same")
    figure = {"alternative": "", "caption": ""}
    case = CasePageFactory(picture=one, figures=[("figure", figure | {"picture": one})])
    after = case.specific_class.objects.get(pk=case.pk)
    after.picture = other
    after.figures = [("figure", figure | {"picture": other})]

    with override("en"):
        found = changes(case, after)

    removed, added = f"{one.pk})", f"{other.pk})"
    told = [(SAME, "Same (no."), (REMOVED, removed), (ADDED, added)]
    assert [
        (field.label, [[(one.kind, one.text) for one in line] for line in field.lines])
        for field in found.fields
    ] == [("Picture", [told]), ("Figures", [told])]


def test_what_is_no_text_is_shown_as_changed_too(home):
    case = CasePageFactory(people_met=3, status="tested", start="2017-03")
    after = case.specific_class.objects.get(pk=case.pk)
    after.show_in_menus = not case.show_in_menus
    after.people_met, after.status, after.start = 4, "deployed", "2018"

    with override("en"):
        found = {field.label for field in changes(case, after).fields}

    assert found == {"Show in menus", "People met", "Status", "Started"}


def test_dates_are_compared_as_they_are_read(home):
    days = {"what": "A trial", "start": "2018-05-18", "end": "2018-07"}
    case = CasePageFactory(start="2017-03", tests=[("test", days)])

    with override("en"):
        lines = lines_of(case)

    assert lines["Started"] == ["March 2017"]
    assert lines["Tests"] == ["A trial", "18 May 2018", "July 2018"]


def test_a_stream_is_compared_block_by_block(home):
    case = CasePageFactory(sources=[("source", {"title": "A", "url": "http://a"})])
    after = case.specific_class.objects.get(pk=case.pk)
    after.sources = [("source", {"title": "B", "url": "http://a"})]

    with override("en"):
        found = changes(case, after)

    assert [field.label for field in found.fields] == ["Sources"]
    assert (found.words_added, found.words_removed) == (1, 1)


def test_a_method_that_was_added_is_a_change(home):
    case = CasePageFactory()
    after = case.specific_class.objects.get(pk=case.pk)
    method = MethodPageFactory(title="Walks")
    after.method_uses = [MethodUse(method=method, note="Twice.")]

    with override("en"):
        lines = lines_of(after)

    assert lines["Methods used"] == ["Walks: Twice."]
    assert changes(case, after).words_added == 2


def test_all_of_a_new_page_is_added(home):
    case = CasePageFactory(title="The hall", question="Why?")

    found = changes(None, case)

    assert found.words_removed == 0
    assert {"The hall", "Why?"} <= {
        words.text for field in found.fields for line in field.lines for words in line
    }
