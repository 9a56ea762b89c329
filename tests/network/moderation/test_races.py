"""Decisions at the same moment, each by somebody with a connection of their own."""

import threading

import pytest
from django.db import connections
from wagtail.models import PageLogEntry, TaskState

from network.access.models import Role
from network.moderation import review
from network.moderation.models.approval import NotWaiting
from tests.opened import opened_for_itself, person
from tests.submissions import draft_in, fresh, submitted

PEOPLE = 6


@pytest.fixture
def opened(schema, django_db_blocker):
    with django_db_blocker.unblock(), opened_for_itself(schema):
        yield


@pytest.fixture
def draft(metz, editor):
    return draft_in(metz, editor)


@pytest.fixture
def state(draft, editor):
    return submitted(draft, editor)


def by_wagtails_door(state, who, action):
    """As its dashboard and its editor do, which do not ask `review`."""
    name = {"approve": "approve", "send_back": "reject"}[action]
    state.task.specific.on_action(state, who, name, comment="Read.")


def by_our_screen(state, who, action):
    getattr(review, action)(state, who, "Read.", [])


@pytest.mark.parametrize("door", [by_our_screen, by_wagtails_door])
@pytest.mark.parametrize("action", ["approve", "send_back"])
def test_of_many_decisions_at_once_one_counts(draft, state, action, door):
    people = [person(Role.Kind.MODERATOR) for _ in range(PEOPLE)]
    said = []
    gate = threading.Barrier(len(people))

    def decide_too(who):
        own = TaskState.objects.get(pk=state.pk)
        gate.wait()
        try:
            door(own, who, action)
            said.append("decided")
        except NotWaiting:
            said.append(review.what_happened(fresh(draft)))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide_too, args=[one]) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert said.count("decided") == 1
    assert len(set(said)) == 2
    kind = {"approve": "wagtail.publish", "send_back": "wagtail.workflow.reject"}
    assert PageLogEntry.objects.filter(page=draft, action=kind[action]).count() == 1
