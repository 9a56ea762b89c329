"""The box on the form that says: a minor edit."""

import pytest

from network.moderation import review
from network.translation.states import State, state_of
from network.translation.verbs import mirror, translate
from tests.forms import edit, form_of, publish
from tests.submissions import english as in_english
from tests.submissions import fresh
from tests.submissions import published as published_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(metz, editor):
    """A case that is public in French, and stands in English as it is."""
    case = published_in(metz, editor, title="La salle", question="Comment ?")
    mirror(case)
    return case


@pytest.fixture
def both(case, english):
    """A case that is public in both languages."""
    translate(case, english, {})
    return fresh(case)


@pytest.fixture
def as_moderator(client, moderator):
    client.force_login(moderator)
    return client


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


def test_the_box_is_there_once_a_translation_is_public(case, english):
    before = "minor_edit" in form_of(case).fields

    translate(case, english, {})

    assert (before, "minor_edit" in form_of(case).fields) == (False, True)


def test_a_translation_has_no_such_box(both):
    assert "minor_edit" not in form_of(in_english(both)).fields


def test_the_box_is_shown_in_the_form(both, as_moderator):
    answer = as_moderator.get(f"/admin/pages/{both.pk}/edit/")

    assert answer.content.decode().count('name="minor_edit"') == 1


def test_who_ticks_it_keeps_translations_up_to_date(both, as_moderator):
    publish(as_moderator, both, title="La salle.", minor_edit="on")

    assert fresh(both).title == "La salle."
    assert state_of(in_english(both)) == State.UP_TO_DATE


def test_who_does_not_tick_it_makes_them_outdated(both, as_moderator):
    publish(as_moderator, both, title="La salle.")

    assert state_of(in_english(both)) == State.OUTDATED


def test_it_stays_ticked_until_the_draft_is_published(both, as_moderator):
    edit(as_moderator, both, title="La salle.", minor_edit="on")
    draft = fresh(both).get_latest_revision_as_object()
    drafted = form_of(draft).initial["minor_edit"]

    publish(as_moderator, draft, minor_edit="on")

    again = form_of(fresh(both).get_latest_revision_as_object())
    assert (drafted, again.initial["minor_edit"]) == (True, False)


def test_who_takes_the_tick_away_takes_it_back(both, as_moderator):
    edit(as_moderator, both, title="La salle.", minor_edit="on")

    publish(as_moderator, fresh(both), title="La salle.")

    assert state_of(in_english(both)) == State.OUTDATED


def test_an_editor_s_minor_edit_is_one_when_it_is_approved(
    both, editor, moderator, as_editor
):
    edit(as_editor, both, title="La salle.", minor_edit="on")
    review.submit(fresh(both), editor)

    review.approve(review.waiting_state(fresh(both)), moderator, "", [])

    assert fresh(both).title == "La salle."
    assert state_of(in_english(both)) == State.UP_TO_DATE


@pytest.mark.parametrize("box", [{"minor_edit": "on"}, {}], ids=len)
def test_who_approves_is_told_that_it_is_called_minor(
    both, editor, moderator, client, box
):
    client.force_login(editor)
    edit(client, both, title="La salle.", **box)
    review.submit(fresh(both), editor)
    client.force_login(moderator)

    answer = client.get(f"/admin/review/{both.pk}/", headers={"Accept-Language": "en"})

    said = answer.content.decode().count("says that this is a minor edit")
    assert said == len(box)
