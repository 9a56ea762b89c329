"""Who is told what of a page, in their own language."""

import pytest
from django.core import mail as outbox
from django.core.management import call_command
from django.utils import timezone
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


def test_the_team_is_told_of_what_the_only_moderator_submits(
    committed, metz, moderator, team_member
):
    """She may not approve it herself, and nobody else would know of it."""
    draft = draft_in(metz, moderator)

    committed(submitted, draft, moderator)

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
    """D18: Wagtail tells of some rejections alone."""
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
    """D18: Wagtail’s own go to all superusers, without the comment of an approval."""
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


# --- Who leaves before the mail does ---------------------------------------


def leaves(user, how):
    if how == "works elsewhere":
        user.groups.clear()
    else:
        user.is_active = False
        user.save()


@pytest.fixture
def as_team(client, team_member):
    client.force_login(team_member)


HOW = ["signs in no more", "works elsewhere"]


@pytest.mark.parametrize("how", HOW)
def test_a_daily_mail_tells_nothing_to_who_left_since(
    committed, draft, editor, moderator, how
):
    MailChoice.objects.create(user=editor, often="daily")
    committed(review.send_back, submitted(draft, editor), moderator, "Secret.", [])
    outbox.outbox.clear()
    leaves(editor, how)

    committed(call_command, "send_digests")

    [mail] = Mail.objects.filter(recipient=editor)
    assert (sent(), mail.sent_at) == ([], None)
    assert mail.dropped_at


@pytest.mark.parametrize("how", HOW)
def test_a_mail_that_is_tried_again_is_not_sent_to_who_left_since(
    committed, settings, draft, editor, how
):
    reader = person(Role.Kind.MODERATOR)
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "nowhere.to.be.Found"
    committed(submitted, draft, editor)
    settings.EMAIL_BACKEND = works
    leaves(reader, how)
    Mail.objects.update(not_before=timezone.now())

    committed(call_command, "send_mails")

    [mail] = Mail.objects.all()
    assert (sent(), mail.sent_at) == ([], None)
    assert mail.dropped_at
    assert not Mail.objects.unsent().exists()


def test_who_only_writes_now_is_asked_no_more_to_approve(
    committed, metz, draft, editor, moderator
):
    MailChoice.objects.create(user=moderator, often="daily")
    committed(submitted, draft, editor)
    moderator.groups.set(editor.groups.all())

    committed(call_command, "send_digests")

    assert sent() == []


def test_a_daily_mail_that_failed_is_made_anew_without_what_may_not_be_known(  # noqa: PLR0917
    committed, settings, metz, lille, editor, moderator
):
    editor.groups.add(
        Role.objects.get(kind="editor", branch=lille.translation_key).group
    )
    MailChoice.objects.create(user=editor, often="daily")
    for city, title in ((metz, "Ours"), (lille, "Theirs")):
        page = draft_in(city, editor, title=title)
        committed(review.send_back, submitted(page, editor), moderator, title, [])
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "nowhere.to.be.Found"
    committed(call_command, "send_digests")
    settings.EMAIL_BACKEND = works
    outbox.outbox.clear()
    editor.groups.set(
        Role.objects.filter(kind="editor", branch=metz.translation_key).values_list(
            "group", flat=True
        )
    )
    Mail.objects.update(not_before=timezone.now())

    committed(call_command, "send_mails")
    committed(call_command, "send_digests")

    [message] = [one for one in outbox.outbox if one.to == [editor.email]]
    assert ("Ours" in message.body, "Theirs" in message.body) == (True, False)


@pytest.mark.usefixtures("as_team")
def test_the_team_sees_what_was_not_sent(client, committed, draft, editor, moderator):
    MailChoice.objects.create(user=editor, often="daily")
    committed(review.send_back, submitted(draft, editor), moderator, "Secret.", [])
    leaves(editor, HOW[0])
    committed(call_command, "send_digests")

    screen = client.get("/admin/mails/", headers={"Accept-Language": "en"})

    [dropped] = [mail for mail in screen.context["rows"] if mail.dropped_at]
    assert (dropped.recipient, dropped.attempts) == (editor, 0)
    assert "Secret." not in screen.content.decode()
