"""A page that waits is read, then approved or sent back, whatever its editor."""

from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from network.moderation import review
from network.moderation.models import Submission
from network.moderation.retraction import retract
from tests.forms import edit, publish
from tests.submissions import draft_in, english, fresh, published, rewritten, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(metz, editor, network_roles):
    return draft_in(metz, editor, limits="<p>Two weeks only.</p>")


@pytest.fixture
def state(draft, editor):
    """The draft, once it waits."""
    return submitted(draft, editor)


@pytest.fixture
def as_moderator(client, moderator):
    client.force_login(moderator)
    return client


def address(page):
    return reverse("moderation_review", args=[page.pk])


def read(client, page):
    return client.get(address(page), headers={"Accept-Language": "en"})


def decide(client, page, action, state=None, **data):
    data = {
        "state": (state or review.waiting_state(fresh(page))).pk,
        action: "",
        **data,
    }
    return client.post(
        address(page), data, follow=True, headers={"Accept-Language": "en"}
    )


def said(answer):
    """What the screen tells somebody after what they did."""
    return [unescape(one.message).strip() for one in answer.context["messages"]]


# --- Approve, send back ----------------------------------------------------


def test_what_is_approved_is_public_and_the_decision_kept(as_moderator, draft, state):
    answer = decide(
        as_moderator, draft, "approve", comment="Well told.", checked=["limits"]
    )

    state.refresh_from_db()
    assert said(answer) == ["“The reading room” is approved."]
    assert fresh(draft).live
    assert (state.status, state.comment) == ("approved", "Well told.")
    assert Submission.objects.get().checked == ["limits"]


def test_what_is_sent_back_stays_a_draft_with_the_comment(as_moderator, draft, state):
    decide(as_moderator, draft, "send_back", comment="And then?", checked=["limits"])

    state.refresh_from_db()
    assert fresh(draft).live is False
    assert (state.status, state.comment) == ("rejected", "And then?")
    logged = PageLogEntry.objects.get(action="wagtail.workflow.reject")
    assert (logged.data["comment"], logged.user) == ("And then?", state.finished_by)


def test_a_page_is_not_sent_back_without_a_word_and_nothing_ticked_is_lost(
    as_moderator, draft, state
):
    answer = decide(as_moderator, draft, "send_back", checked=["limits"])

    state.refresh_from_db()
    form = answer.context["form"]
    assert state.status == "in_progress"
    assert form.errors == {"comment": ["Say what is to be changed."]}
    assert form["checked"].value() == ["limits"]


def test_what_was_submitted_becomes_public_and_a_later_draft_stays_one(
    as_moderator, metz, editor, moderator
):
    case = published(metz, editor, title="Hall")
    state = submitted(rewritten(case, editor, question="Why now?"), editor)
    rewritten(case, moderator, question="Why never?")

    assert "There is a later draft" in read(as_moderator, case).content.decode()
    decide(as_moderator, case, "approve", state)

    case = fresh(case)
    assert case.question == "Why now?"
    assert case.has_unpublished_changes
    assert case.get_latest_revision_as_object().question == "Why never?"


def test_a_later_draft_may_be_read_in_its_place(
    as_moderator, draft, state, team_member
):
    rewritten(draft, team_member, question="Why never?")

    as_moderator.post(address(draft), {"read_latest": ""})

    later = review.waiting_state(fresh(draft))
    assert later.revision.as_object().question == "Why never?"
    decide(as_moderator, draft, "approve")
    assert fresh(draft).question == "Why never?"


def test_what_was_submitted_is_not_written_over_while_its_author_types(
    draft, editor, moderator
):
    written = draft.latest_revision
    state = submitted(draft, editor)

    draft = fresh(draft)
    draft.question = "Unread?"
    with pytest.raises(PermissionDenied):
        draft.save_revision(user=editor, overwrite_revision=written)

    assert state.revision.user == editor
    review.approve(state, moderator, "", [])
    assert fresh(draft).question == "How can people feel at home here?"


def test_a_page_that_was_taken_back_is_not_approved_and_says_so(
    as_moderator, draft, editor, state
):
    review.take_back(state, editor)

    answer = decide(as_moderator, draft, "approve", state)

    assert said(answer) == [f"{editor} has taken “The reading room” back."]
    assert fresh(draft).live is False


def test_what_was_submitted_since_is_not_approved_unread(
    as_moderator, draft, editor, state
):
    review.take_back(state, editor)
    later = submitted(rewritten(draft, editor, question="Why never?"), editor)

    decide(as_moderator, draft, "approve", state)

    later.refresh_from_db()
    assert (fresh(draft).live, later.status) == (False, "in_progress")


def test_wagtails_own_door_says_that_nothing_waits(as_moderator, draft, editor, state):
    review.take_back(state, editor)
    door = reverse(
        "wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk]
    )

    answer = as_moderator.post(door, follow=True, headers={"Accept-Language": "en"})

    assert said(answer) == [
        "The page 'The reading room' is not currently awaiting moderation."
    ]
    assert fresh(draft).live is False


def test_wagtails_own_door_makes_public_what_was_submitted_too(
    as_moderator, draft, editor, state, team_member
):
    rewritten(draft, team_member, question="Why never?")
    door = reverse(
        "wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk]
    )

    as_moderator.post(door, {"comment": ""})

    assert (fresh(draft).live, fresh(draft).question) == (
        True,
        "How can people feel at home here?",
    )


def test_nobody_approves_what_they_edited_last_while_somebody_else_could(
    as_moderator, moderator, team_member, metz
):
    draft = draft_in(metz, moderator)
    state = submitted(draft, moderator)

    screen = read(as_moderator, draft).content.decode()
    answer = as_moderator.post(address(draft), {"state": state.pk, "approve": ""})

    assert "You edited this last: somebody else approves it." in screen
    assert 'name="approve"' not in screen
    assert answer.status_code == 302
    assert fresh(draft).live is False


# --- What lacks something --------------------------------------------------


@pytest.fixture
def unfinished(draft, editor):
    """A draft without its summary, and with a source that has no title."""
    source = ("source", {"title": "", "url": "https://example.org"})
    before = Page.objects.get(pk=draft.pk).specific
    before.summary, before.sources = "", [source]
    before.save_revision(user=editor, clean=False)
    return fresh(draft)


def test_a_draft_that_lacks_something_is_not_submitted_and_says_what(
    client, editor, unfinished
):
    client.force_login(editor)
    revision = unfinished.latest_revision

    answer = client.post(
        address(unfinished),
        {"submit": ""},
        follow=True,
        headers={"Accept-Language": "en"},
    )

    [message] = said(answer)
    assert message == (
        "Not submitted. Summary: This field cannot be blank. "
        "Sources: Something in it is missing or cannot be used."
    )
    assert review.waiting_state(fresh(unfinished)) is None
    assert fresh(unfinished).latest_revision == revision


def test_what_waits_and_lacks_something_says_so_and_nothing_typed_is_lost(
    as_moderator, unfinished, editor
):
    """It may have been submitted before anybody asked, or by another door."""
    unfinished.get_workflow().start(unfinished, editor)

    answer = decide(
        as_moderator, unfinished, "approve", comment="Well told.", checked=["limits"]
    )

    form, state = answer.context["form"], review.waiting_state(fresh(unfinished))
    assert answer.status_code == 200
    [message] = said(answer)
    assert message == (
        "It cannot be public as it is: ask for changes. "
        "Summary: This field cannot be blank."
    )
    assert (form["comment"].value(), form["checked"].value()) == (
        "Well told.",
        ["limits"],
    )
    assert 'name="send_back"' in answer.content.decode()
    assert (state.status, fresh(unfinished).live) == ("in_progress", False)
    decide(as_moderator, unfinished, "send_back", comment="And a summary?")
    assert review.waiting_state(fresh(unfinished)) is None


def test_wagtails_own_door_refuses_it_too(as_moderator, unfinished, editor):
    unfinished.get_workflow().start(unfinished, editor)
    state = review.waiting_state(fresh(unfinished))
    door = reverse(
        "wagtailadmin_pages:workflow_action", args=[unfinished.pk, "approve", state.pk]
    )

    answer = as_moderator.post(door, {"comment": ""})

    state.refresh_from_db()
    assert answer.status_code == 302
    assert (state.status, fresh(unfinished).live) == ("in_progress", False)


# --- Who may ---------------------------------------------------------------


def test_a_page_of_another_city_looks_like_none_at_all(client, editor, lille, draft):
    theirs = draft_in(lille, None, title="Secret")
    client.force_login(editor)

    answers = [client.get(address(page)) for page in (theirs, theirs.get_parent())]
    nothing = client.get(reverse("moderation_review", args=[999_999]))

    places = [answer.url for answer in (*answers, nothing)]
    assert places == [reverse("wagtailadmin_home")] * 3


@pytest.mark.parametrize("action", ["approve", "send_back", "read_latest"])
def test_who_writes_decides_nothing(client, editor, draft, state, action):
    client.force_login(editor)

    client.post(address(draft), {"state": state.pk, "comment": "Yes.", action: ""})

    state.refresh_from_db()
    assert (fresh(draft).live, state.status) == (False, "in_progress")


def test_who_writes_takes_a_page_back_and_submits_it_again(
    client, editor, draft, state
):
    client.force_login(editor)

    client.post(address(draft), {"take_back": ""})
    assert review.waiting_state(fresh(draft)) is None
    client.post(address(draft), {"submit": ""})

    assert review.waiting_state(fresh(draft)).status == "in_progress"


def test_a_page_that_waits_is_not_submitted_twice(draft, editor, state):
    with pytest.raises(PermissionDenied):
        review.submit(draft, editor)


def test_a_copy_is_not_submitted_but_its_source(metz, editor, network_roles):
    case = published(metz, editor)
    copy = english(case)

    assert copy.alias_of_id == case.pk
    assert review.may_submit(copy, editor) is False


# --- Two people ------------------------------------------------------------


def publish_from_form(client, page, **changes):
    return publish(client, fresh(page), "en", **changes)


@pytest.mark.usefixtures("team_member")
def test_a_moderator_does_not_publish_alone_what_others_wrote_and_they_changed(
    as_moderator, draft, state
):
    """They would take it back, change it and press Publish."""
    as_moderator.post(address(draft), {"take_back": ""})

    answer = publish_from_form(as_moderator, draft, summary="Mine.")

    screen = as_moderator.get(answer.url, headers={"Accept-Language": "en"})
    assert said(screen)[-1] == (
        "Saved, and not published: others wrote this too, and the last edit is yours. "
        "Submit it, and somebody else approves it."
    )
    assert fresh(draft).live is False
    assert fresh(draft).get_latest_revision_as_object().summary == "Mine."


@pytest.mark.usefixtures("team_member")
def test_no_other_door_publishes_it_either(as_moderator, moderator, draft):
    rewritten(draft, moderator, summary="Mine.")
    door = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    as_moderator.post(f"{door}?id={draft.pk}", {})

    assert fresh(draft).live is False


@pytest.mark.usefixtures("team_member")
def test_to_set_words_otherwise_is_to_change_them(as_moderator, moderator, draft):
    bold = rewritten(draft, moderator, limits="<p><b>Two</b> weeks only.</p>")

    publish(as_moderator, bold.get_latest_revision_as_object(), "en")

    assert fresh(draft).live is False


@pytest.mark.usefixtures("team_member")
def test_to_stress_other_words_is_to_change_them(as_moderator, moderator, metz, editor):
    case = draft_in(metz, editor, limits="<p><b>Two</b> weeks only.</p>")
    rewritten(case, moderator, limits="<p>Two weeks <b>only</b>.</p>")

    publish(as_moderator, fresh(case).get_latest_revision_as_object(), "en")

    assert fresh(case).live is False


@pytest.mark.usefixtures("team_member")
def test_who_may_publish_does_so_with_what_they_alone_wrote(
    as_moderator, moderator, metz
):
    case = published(metz, None, title="Hall")
    rewritten(case, moderator, summary="Begun.")

    publish_from_form(as_moderator, case, summary="Mine.")

    assert fresh(case).summary == "Mine."


@pytest.mark.usefixtures("team_member")
def test_who_changes_nothing_publishes_what_somebody_else_wrote(as_moderator, draft):
    publish_from_form(as_moderator, draft)

    assert fresh(draft).live


@pytest.mark.usefixtures("team_member")
def test_to_save_what_is_set_in_a_list_or_a_stream_is_not_to_change_it(
    as_moderator, metz, editor
):
    story = "<p>A <b>square</b> &amp; no more.</p><ul><li>Two</li></ul>"
    test = {"what": "[7]", "result": "<p>Seven <i>weeks</i></p>"}
    case = draft_in(metz, editor, limits=story, tests=[("test", test)])

    publish_from_form(as_moderator, case)

    assert fresh(case).live


def test_who_is_alone_to_approve_publishes_what_they_changed(as_moderator, draft):
    publish_from_form(as_moderator, draft, summary="Mine.")

    assert fresh(draft).summary == "Mine."
    assert fresh(draft).live


# --- What was retracted ----------------------------------------------------

RETRACTED = (
    "“Hall” was retracted: it can be restored by a moderator, and not be submitted. "
    "The reason: A photograph."
)


@pytest.fixture
def retracted(metz, editor, moderator):
    """A case of which somebody had begun a draft."""
    case = rewritten(published(metz, editor, title="Hall"), editor, summary="Anew.")
    retract(case, moderator, "A photograph.")
    return fresh(case)


def test_what_was_retracted_is_not_submitted_and_says_why(client, editor, retracted):
    client.force_login(editor)

    screen = read(client, retracted).content.decode()
    answer = client.post(
        address(retracted), {"submit": ""}, headers={"Accept-Language": "en"}
    )

    desk = client.get("/admin/", headers={"Accept-Language": "en"}).content.decode()
    assert (RETRACTED in screen, 'name="submit"' in screen) == (True, False)
    assert answer.status_code == 302
    assert "It was retracted, and cannot be submitted: A photograph." in desk
    assert review.waiting_state(fresh(retracted)) is None


def test_its_form_says_so_and_what_is_typed_is_kept(client, editor, retracted):
    client.force_login(editor)
    form = reverse("wagtailadmin_pages:edit", args=[retracted.pk])

    shown = client.get(form, headers={"Accept-Language": "en"})
    edit(client, retracted, "en", summary="Typed.", **{"action-submit": "1"})

    assert (said(shown), "action-submit" in shown.content.decode()) == (
        [RETRACTED],
        False,
    )
    assert fresh(retracted).get_latest_revision_as_object().summary == "Typed."
    assert review.waiting_state(fresh(retracted)) is None


def test_what_waits_and_was_retracted_meanwhile_is_not_approved_and_says_why(
    as_moderator, metz, editor, moderator
):
    case = rewritten(published(metz, editor, title="Hall"), editor, summary="Anew.")
    state = submitted(case, editor)
    retract(case, moderator, "A photograph.")

    answer = decide(as_moderator, case, "approve", state, comment="Well told.")

    state.refresh_from_db()
    assert (answer.status_code, said(answer)) == (200, [RETRACTED])
    assert answer.context["form"]["comment"].value() == "Well told."
    assert (state.status, fresh(case).live) == ("in_progress", False)
