"""A large tree is copied by a job: it takes longer than a server lets anybody wait."""

import pytest
from django.test import override_settings
from django.urls import reverse
from django_tasks import default_task_backend
from wagtail.actions.copy_page import CopyPagePermissionError
from wagtail.models import Page

from cities.models import CaseIndexPage
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


@pytest.fixture
def cases(metz):
    """A list of cases: one is translated, and one is not."""
    cases = CaseIndexPage.objects.child_of(metz).get()
    mirrored(CasePageFactory, parent=cases, title="La salle")
    translated(CasePageFactory, "The hall", parent=cases, title="Le hall")
    return CaseIndexPage.objects.get(pk=cases.pk)


@pytest.fixture
def copy(client, committed, cases, lille):
    """Ask for a copy of the list in Lille, which had its own deleted."""
    for one in CaseIndexPage.objects.child_of(lille):
        one.delete()

    def copy(user, **data):
        client.force_login(user)
        form = {"new_title": "Copie", "new_slug": "copie", "copy_subpages": "on"}
        form |= {"new_parent_page": lille.pk, "publish_copies": "on"}
        address = reverse("wagtailadmin_pages:copy", args=[cases.pk])
        return committed(lambda: client.post(address, form | data, follow=True))

    return copy


def copies(backend):
    return [job for job in backend.results if job.task.func == copy_tree.func]


def work(backend, committed):
    """Do what waits."""
    for job in copies(backend):
        committed(lambda job=job: copy_tree.call(*job.args, **job.kwargs))


def titles(parent):
    return [page.title for page in parent.get_descendants().order_by("path")]


def test_a_large_tree_is_copied_by_a_job_in_both_languages(
    copy, team_member, lille, later, committed
):
    answer = copy(team_member)
    before = Page.objects.filter(title="Copie").exists()
    work(later, committed)

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


def test_what_was_meant_as_an_alias_becomes_one(
    copy, team_member, cases, later, committed
):
    copy(team_member, alias="on", publish_copies="")
    work(later, committed)

    copied = CaseIndexPage.objects.get(slug="copie", locale=cases.locale)
    assert copied.alias_of_id == cases.pk


def test_an_address_that_was_taken_since_is_followed_by_a_number(
    copy, team_member, lille, later, committed
):
    copy(team_member)
    CasePageFactory(parent=lille, title="Autre", slug="copie")
    work(later, committed)

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


def test_who_lost_the_right_meanwhile_has_nothing_copied(
    copy, team_member, later, committed
):
    copy(team_member)
    team_member.groups.clear()

    with pytest.raises(CopyPagePermissionError):
        work(later, committed)

    assert not Page.objects.filter(title="Copie").exists()
