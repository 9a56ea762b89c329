"""A large tree is copied by a job: it takes longer than a server lets anybody wait."""

import pytest
from django.core import mail as outbox
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from django_tasks import default_task_backend
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Page
from wagtail.users.models import UserProfile

from cities.models import CaseIndexPage, CityPage
from network.moderation.mails import send_due
from network.moderation.models import MailChoice
from network.moderation.retraction import retract
from network.translation import large_copies
from network.translation.large_copies import copy_tree
from tests.factories import CasePageFactory
from tests.networks import mirrored, translated

pytestmark = pytest.mark.django_db

IN_NO_TIME = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture(autouse=True)
def two_are_many(monkeypatch):
    monkeypatch.setattr(large_copies, "MOST_AT_ONCE", 1)


@pytest.fixture
def later():
    """Jobs wait for a worker, which has not come yet."""
    with override_settings(TASKS=IN_NO_TIME):
        default_task_backend.clear()
        yield default_task_backend


@pytest.fixture(scope="module")
def built(opened_for_module, django_db_blocker):
    """Once for all tests: a list of two cases, and a city whose own was deleted."""
    with django_db_blocker.unblock(), transaction.atomic():
        metz = CityPage.objects.get(slug="metz", alias_of=None)
        cases = CaseIndexPage.objects.child_of(metz).get()
        mirrored(CasePageFactory, parent=cases, title="La salle")
        translated(CasePageFactory, "The hall", parent=cases, title="Le hall")
        lille = CityPage.objects.get(slug="lille", alias_of=None)
        CaseIndexPage.objects.child_of(lille).get().delete()
        yield cases.pk, lille.pk
        transaction.set_rollback(True)


@pytest.fixture
def cases(built, opened):
    """A list of cases in Metz: one is translated, and one is not."""
    return CaseIndexPage.objects.get(pk=built[0])


@pytest.fixture
def lille(built, opened):
    """A city that has no list of cases."""
    return CityPage.objects.get(pk=built[1])


@pytest.fixture
def copy(client, committed, cases, lille):
    """Ask for a copy of the list in Lille."""

    def copy(user, **data):
        client.force_login(user)
        form = {"new_title": "Copie", "new_slug": "copie", "copy_subpages": "on"}
        form |= {"new_parent_page": lille.pk, "publish_copies": "on"}
        address = reverse("wagtailadmin_pages:copy", args=[cases.pk])
        return committed(lambda: client.post(address, form | data, follow=True))

    return copy


@pytest.fixture
def asked_for(copy, team_member, cases, lille, later):
    """Somebody who reads English, and wants no mail, has asked for a copy."""
    speaks(team_member, "en")
    MailChoice.objects.create(user=team_member, often="never")
    copy(team_member)
    return team_member, cases, lille


@pytest.fixture
def work(later, committed):
    """Have the worker come, and do what waits."""

    def work():
        for job in copies(later):
            committed(lambda job=job: copy_tree.call(*job.args, **job.kwargs))

    return work


def copies(backend):
    return [job for job in backend.results if job.task.func == copy_tree.func]


def speaks(user, language):
    UserProfile.objects.update_or_create(
        user=user, defaults={"preferred_language": language}
    )


def mail():
    """The only one, sent when the worker comes to it."""
    send_due()
    [message] = outbox.outbox
    return message


def titles(parent):
    return [page.title for page in parent.get_descendants().order_by("path")]


def test_a_large_tree_is_copied_by_a_job_in_both_languages(
    copy, team_member, lille, later, work
):
    answer = copy(team_member)
    before = Page.objects.filter(title="Copie").exists()
    work()

    said = [str(message) for message in answer.context["messages"]]
    assert "2" in said[0]
    assert answer.redirect_chain[-1][0] == reverse(
        "wagtailadmin_explore", args=[lille.pk]
    )
    assert before is False
    copied = CaseIndexPage.objects.get(title="Copie", alias_of=None)
    version = copied.get_translations().get()
    assert copied.get_parent().pk == lille.pk
    assert titles(copied) == titles(version) == ["La salle", "Le hall"]
    assert {page.live for page in copied.get_descendants(inclusive=True)} == {True}
    translation = copied.get_descendants().get(title="Le hall").get_translations().get()
    assert translation.specific.get_latest_revision_as_object().title == "The hall"


def test_what_was_meant_as_an_alias_becomes_one(copy, team_member, cases, later, work):
    copy(team_member, alias="on", publish_copies="")
    work()

    copied = CaseIndexPage.objects.get(slug="copie", locale=cases.locale)
    assert copied.alias_of_id == cases.pk


def test_an_address_that_was_taken_since_is_followed_by_a_number(
    copy, team_member, lille, later, work
):
    copy(team_member)
    CasePageFactory(parent=lille, title="Autre", slug="copie")
    work()

    assert CaseIndexPage.objects.filter(slug="copie-1", alias_of=None).exists()


@pytest.mark.parametrize(
    "wrong",
    [{"new_title": ""}, {"copy_subpages": ""}],
    ids=["no title", "one page alone"],
)
def test_what_is_wrong_or_small_is_wagtails_own(copy, team_member, later, wrong):
    copy(team_member, **wrong)

    assert copies(later) == []


def test_nobody_has_copied_by_a_job_what_they_may_not_copy(copy, editor, later):
    copy(editor)

    assert copies(later) == []
    assert not Page.objects.filter(title="Copie").exists()


# --- What comes of it is told ----------------------------------------------


def page_deleted(user, cases, city):
    cases.delete()


def place_deleted(user, cases, city):
    city.delete()


def place_retracted(user, cases, city):
    retract(city, user, "Because")


def rights_lost(user, cases, city):
    user.groups.clear()
    # What she may not know any more.
    Page.objects.filter(pk=cases.pk).update(title="Secret", draft_title="Secret")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_whoever_asked_is_told_that_it_is_done_in_her_language(
    copy, team_member, work, language
):
    speaks(team_member, language)
    copy(team_member)

    work()

    copied = CaseIndexPage.objects.get(title="Copie", alias_of=None)
    message = mail()
    assert message.to == [team_member.email]
    assert message.extra_headers["Content-Language"] == language
    assert "Copie" in message.subject
    assert reverse("wagtailadmin_explore", args=[copied.pk]) in message.body


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (page_deleted, "The page was deleted meanwhile"),
        (place_deleted, "or the one that it was to be below"),
        (place_retracted, "the place was retracted"),
        (rights_lost, "You may no longer copy it there"),
    ],
)
def test_whoever_asked_is_told_that_nothing_was_copied_and_why(
    asked_for, work, happens, said
):
    happens(*asked_for)

    with pytest.raises((Page.DoesNotExist, PermissionDenied)):
        work()

    message = mail()
    assert not Page.objects.filter(title="Copie").exists()
    assert message.to == [asked_for[0].email]
    assert message.subject == "Not copied: “Copie”"
    assert said in message.body
    assert "Secret" not in message.body


def test_what_nobody_expected_is_told_without_its_innards(asked_for, work, monkeypatch):
    def fails(self):
        raise ValueError("innards")

    monkeypatch.setattr(CopyPageAction, "execute", fails)
    with pytest.raises(ValueError, match="innards"):
        work()

    message = mail()
    assert "Nobody expected what went wrong" in message.body
    assert "innards" not in message.body
