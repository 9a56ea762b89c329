"""Who is told what of a page, in their own language."""

import pytest
from django.core import mail as outbox
from wagtail.models import TaskState
from wagtail.users.models import UserProfile

from network.access.models import Role
from network.moderation import review
from network.moderation.models import Mail, MailChoice
from tests.opened import person
from tests.submissions import draft_in, published, rewritten, submitted

pytestmark = pytest.mark.django_db
TO_READ = "À relire\xa0: «\xa0The reading room\xa0»"


@pytest.fixture
def draft(metz, editor, network_roles):
    return draft_in(metz, editor)


def sent():
    return [(message.to[0], message.subject) for message in outbox.outbox]


def speaks(user, language):
    UserProfile.objects.update_or_create(
        user=user, defaults={"preferred_language": language}
    )


# --- Who is told -----------------------------------------------------------


@pytest.mark.usefixtures("ada", "team_member")
def test_every_moderator_is_told_that_a_page_waits_and_nobody_else(
    committed, draft, editor, moderator
):
    another = person(Role.Kind.MODERATOR)

    committed(submitted, draft, editor)

    told = {address for address, _subject in sent()}
    assert told == {moderator.email, another.email}


def test_the_team_is_told_where_there_is_no_moderator(
    committed, draft, editor, team_member
):
    committed(submitted, draft, editor)

    assert sent() == [(team_member.email, TO_READ)]


def test_d18_author_and_those_who_edited_it_since_get_the_comment_of_an_approval(
    committed, metz, editor, manager, moderator
):
    bob, before = person(Role.Kind.EDITOR, metz), person(Role.Kind.EDITOR, metz)
    case = published(metz, editor)
    rewritten(case, before).latest_revision.publish()
    rewritten(case, bob, question="Why?")
    state = submitted(case, manager)

    committed(review.approve, state, moderator, "Well told.\nBravo.", [])

    assert {address for address, _subject in sent()} == {
        *(editor.email, manager.email, bob.email)
    }
    assert all("> Well told.\n> Bravo." in message.body for message in outbox.outbox)


def test_what_was_sent_back_is_told_with_the_comment(
    committed, draft, editor, moderator
):
    state = submitted(draft, editor)

    committed(review.send_back, state, moderator, "And <b>then</b>?", [])

    [message] = outbox.outbox
    html = message.alternatives[0].content
    assert message.to == [editor.email]
    assert "> And <b>then</b>?" in message.body
    assert "And &lt;b&gt;then&lt;/b&gt;?" in html
    assert f"http://testserver/admin/pages/{draft.pk}/edit/" in message.body


def test_nobody_is_told_what_they_did_themselves(committed, metz, moderator):
    draft = draft_in(metz, moderator)

    committed(review.send_back, submitted(draft, moderator), moderator, "Later.", [])

    assert sent() == []


@pytest.mark.parametrize("leave", ["signs in no more", "works elsewhere"])
def test_who_left_the_city_is_told_nothing_of_it(
    committed, draft, editor, moderator, leave
):
    state = submitted(draft, editor)
    if leave == "works elsewhere":
        editor.groups.clear()
    else:
        editor.is_active = False
        editor.save()

    committed(review.send_back, state, moderator, "Secret of Metz.", [])

    assert sent() == []


def test_wagtails_own_mails_are_not_sent_beside_ours(
    committed, draft, editor, moderator
):
    profile = UserProfile.get_for_user(editor)
    assert profile.rejected_notifications

    committed(review.send_back, submitted(draft, editor), moderator, "More?", [])

    assert len(sent()) == 1


def test_who_wants_no_mail_gets_none(committed, draft, editor, moderator):
    MailChoice.objects.create(user=moderator, often="never")

    committed(submitted, draft, editor)

    assert Mail.objects.count() == 0


def test_a_page_that_is_submitted_again_is_told_again(
    committed, draft, editor, moderator
):
    committed(review.send_back, submitted(draft, editor), moderator, "More?", [])
    outbox.outbox.clear()

    committed(submitted, draft, editor)

    assert [address for address, _subject in sent()] == [moderator.email]
    assert TaskState.objects.count() == 2


# --- In which words --------------------------------------------------------


def test_each_reads_in_their_own_language(committed, draft, editor, moderator):
    english = person(Role.Kind.MODERATOR)
    speaks(english, "en")

    committed(submitted, draft, editor)

    assert dict(sent()) == {
        moderator.email: TO_READ,
        english.email: "To read: “The reading room”",
    }
    assert {message.extra_headers["Content-Language"] for message in outbox.outbox} == {
        "fr",
        "en",
    }


def test_a_title_of_several_lines_or_of_tags_does_no_harm(
    committed, metz, editor, moderator
):
    draft = draft_in(metz, editor, title="A\nBcc: all@example.org <i>x</i>")

    committed(submitted, draft, editor)

    [message] = outbox.outbox
    assert message.bcc == []
    assert "\n" not in message.subject
    assert "<i>" not in message.alternatives[0].content
