"""Topics, as those who look after the words of the network write them."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from network.core.models import Topic
from tests.factories import UserFactory, locale

ADD = reverse("wagtailsnippets_core_topic:add")


@pytest.fixture
def keeper(client, db):
    client.force_login(UserFactory(is_superuser=True))
    return client


def add(keeper, language):
    form = {"name": "Énergie", "slug": "energie"}
    return keeper.post(f"{ADD}?locale={language}", form)


def test_two_topics_of_one_language_never_have_the_same_short_name(keeper):
    Topic.objects.create(name="Énergies", slug="energie", locale=locale("fr"))

    answer = add(keeper, "fr")

    assert answer.context["form"].errors == {
        "slug": ["Un autre thème a déjà ce nom court. Choisissez-en un autre."]
    }
    assert answer.context["form"]["name"].value() == "Énergie"
    assert Topic.objects.count() == 1


def test_topics_of_two_languages_may_have_the_same_short_name(keeper):
    Topic.objects.create(name="Energy", slug="energie", locale=locale("en"))

    assert [str(said) for said in get_messages(add(keeper, "fr").wsgi_request)]
    assert Topic.objects.filter(locale=locale("fr"), slug="energie").exists()
