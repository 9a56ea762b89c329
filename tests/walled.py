"""What one city keeps to itself, and somebody of another who looks for it."""

import pytest
from django.urls import reverse

from cities.models import CaseIndexPage, JourneyIndexPage
from network.access.models import Role
from tests.factories import CasePageFactory, JourneyPageFactory
from tests.opened import person


@pytest.fixture
def as_editor(client, editor):
    """The browser of somebody who writes for Metz."""
    client.force_login(editor)
    return client


@pytest.fixture
def stranger(lille):
    """Somebody who writes for Lille."""
    return person(Role.Kind.EDITOR, lille)


def cases_of(city):
    return CaseIndexPage.objects.child_of(city).get()


def case_of(city, title, **fields):
    return CasePageFactory(parent=cases_of(city), title=title, **fields)


@pytest.fixture
def draft(lille):
    """What Lille writes and has not published."""
    return case_of(lille, "Secret of Lille", live=False)


@pytest.fixture
def renamed(lille):
    """A public page of Lille, which will have another title one day."""
    page = case_of(lille, "Public title")
    page.save_revision().publish()
    page.refresh_from_db()
    page.title = "Secret title"
    page.save_revision()
    return page


def text(answer):
    return answer.content.decode()


def titles(pages):
    return set(pages.values_list("title", flat=True))


def journey_of(city, **fields):
    parent = JourneyIndexPage.objects.child_of(city).get()
    return JourneyPageFactory(parent=parent, live=False, **fields)


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
