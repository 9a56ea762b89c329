"""D5: who works on a page works on it in every language, however it came there."""

import pytest
from django.core.cache import cache
from django.db import transaction
from wagtail.models import GroupPagePermission, WorkflowPage

from network.core.following import following
from network.translation.drift import mend
from network.translation.verbs import follow
from tests.factories import CityIndexPageFactory, HomePageFactory, locale
from tests.networks import city_of

pytestmark = pytest.mark.django_db

# Which group may do what on which page, in which language.
RIGHT = [
    *("group__role__kind", "group__role__language__language_code", "group__name"),
    *("permission__codename", "page__content_type__model"),
    "page__locale__language_code",
]


def given():
    rights = GroupPagePermission.objects.values_list(*RIGHT)
    names = (
        "page__content_type__model",
        "page__locale__language_code",
        "workflow__name",
    )
    return set(rights), set(WorkflowPage.objects.values_list(*names))


def open_metz(home):
    city_of(CityIndexPageFactory(parent=home), "Metz")


def speak_english():
    follow(locale("en"), locale("fr"))


@pytest.fixture
def from_the_start(db):
    """All rights in a network that spoke both languages when its city was opened."""
    with transaction.atomic():
        home = HomePageFactory()
        speak_english()
        open_metz(home)
        everything = given()
        transaction.set_rollback(True)
    cache.clear()
    return everything


def test_versions_that_are_made_again_are_open_to_the_same_people(from_the_start):
    home = HomePageFactory()
    speak_english()
    open_metz(home)
    with following():
        home.get_translation(locale("en")).delete()
    assert given() != from_the_start

    list(mend())

    assert given() == from_the_start


def test_a_language_that_comes_later_is_open_to_the_same_people(from_the_start):
    """And to those who will translate into it: there was no group of theirs."""
    open_metz(HomePageFactory())

    speak_english()

    assert given() == from_the_start
