"""Comments of a page are told to who may work on it, by mails like all others."""

import pytest
from django.core import mail as outbox
from django.urls import reverse
from wagtail.models import Comment, PageSubscription

from network.access.models import Role
from network.moderation.models import Mail, MailChoice
from network.users import accounts
from tests.forms import form_of, sent
from tests.opened import person
from tests.submissions import draft_in

pytestmark = pytest.mark.django_db
TEXT = "Who are <i>they</i>?"
COMMENT = {
    "comments-TOTAL_FORMS": "1",
    "comments-0-text": TEXT,
    "comments-0-contentpath": "summary",
    "comments-0-position": "",
    "comments-0-replies-TOTAL_FORMS": "0",
    "comments-0-replies-INITIAL_FORMS": "0",
    "comments-0-replies-MIN_NUM_FORMS": "0",
    "comments-0-replies-MAX_NUM_FORMS": "0",
}


@pytest.fixture
def draft(metz, editor, network_roles):
    return draft_in(metz, editor)


@pytest.fixture
def comment(client, committed, draft, manager):
    """The manager writes a comment beside this draft."""
    client.force_login(manager)
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    form = sent(form_of(draft)) | {
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "1000",
        "comment_notifications": "",
    }

    def comment():
        answer = committed(client.post, address, form | COMMENT)
        assert answer.status_code == 302, answer.context["form"].errors
        assert Comment.objects.get().text == TEXT

    return comment


def follows(user, page):
    PageSubscription.objects.create(user=user, page=page, comment_notifications=True)


def told():
    return [message.to[0] for message in outbox.outbox]


def test_who_follows_a_page_is_told_as_text_and_html_through_the_outbox(
    comment, draft, editor
):
    follows(editor, draft)

    comment()

    [message] = outbox.outbox
    html = message.alternatives[0].content
    assert message.to == [editor.email]
    assert "The reading room" in message.subject
    assert f"> {TEXT}" in message.body
    assert "Who are &lt;i&gt;they&lt;/i&gt;?" in html
    assert f"/admin/pages/{draft.pk}/edit/" in message.body
    assert Mail.objects.get().page_id == draft.pk


@pytest.mark.parametrize("how", ["works elsewhere", "signs in no more"])
def test_who_left_the_city_is_told_of_no_comment(comment, draft, editor, lille, how):
    if how == "works elsewhere":
        editor.groups.set(
            [Role.objects.get(kind="editor", branch=lille.translation_key).group]
        )
    else:
        editor.is_active = False
        editor.save()
    follows(editor, draft)

    comment()

    assert told() == []


@pytest.mark.parametrize(("often", "waiting"), [("daily", 1), ("never", 0)])
def test_comments_wait_for_the_daily_mail_or_are_not_told(
    comment, draft, editor, often, waiting
):
    follows(editor, draft)
    MailChoice.objects.create(user=editor, often=often)

    comment()

    assert (told(), Mail.objects.unsent().count()) == ([], waiting)


def test_a_mail_server_that_fails_loses_no_comment(comment, draft, editor, settings):
    follows(editor, draft)
    settings.EMAIL_BACKEND = "nowhere.to.be.Found"

    comment()

    assert [mail.attempts for mail in Mail.objects.failed()] == [1]


def test_who_loses_a_role_or_her_account_no_longer_follows(
    draft, metz, editor, manager, moderator
):
    other = person(Role.Kind.EDITOR, metz)
    for user in (editor, manager, other, moderator):
        follows(user, draft)
    groups = [*editor.groups.all(), *manager.groups.all()]

    accounts.change_roles(editor, [], moderator, among=groups)
    accounts.change_roles(manager, manager.groups.all(), moderator, among=groups)
    accounts.deactivate(other, moderator)

    left = set(PageSubscription.objects.values_list("user", flat=True))
    assert left == {manager.pk, moderator.pk}
