"""Synonyms and promoted results: who may edit them, and what readers get of it."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.urls import reverse

from network.access.roles import make_network_roles
from network.moderation.workflow import require_approval
from search.models import Promotion, Synonym
from tests.factories import CasePageFactory, CityIndexPageFactory, UserFactory
from tests.networks import city_of, mirrored

from .indexed import index, index_all, published

pytestmark = pytest.mark.django_db

LANGUAGE = {"headers": {"Accept-Language": "en"}}
SCREENS = [
    *("synonym:index", "synonym:add", "promotion:index", "promotion:add"),
    "search_questions",
]
OF_ONE = ["edit", "delete", "history", "usage"]


@pytest.fixture(autouse=True)
def network(home, english):
    groups = make_network_roles(home)
    require_approval(groups, home)
    city_of(mirrored(CityIndexPageFactory), "Metz")
    index_all()


@pytest.fixture
def sign_in(client, django_user_model):
    def sign_in(group):
        user = UserFactory()
        user.groups.add(group_called(group))
        client.force_login(user)
        return client

    return sign_in


def group_called(name):
    return Permission.group_set.rel.related_model.objects.get(name=name)


@pytest.fixture
def as_team(sign_in):
    return sign_in("Équipe du réseau")


@pytest.fixture
def case():
    case = published(CasePageFactory, title="Quetzal", summary="…", question="?")
    index()
    return case


def status(client, name, *arguments):
    return client.get(reverse(name, args=arguments), **LANGUAGE).status_code


def menu_of(client):
    return client.get(reverse("wagtailadmin_home"), **LANGUAGE).content.decode()


def test_the_team_edits_both_and_reads_the_report(as_team, case):
    words = {
        "synonym": Synonym.objects.create(words="bird", meaning="quetzal"),
        "promotion": Promotion.objects.create(words="bird", page=case),
    }

    screens = {name: status(as_team, name) for name in SCREENS}
    screens |= {
        f"{kind}:{name}": status(as_team, f"{kind}:{name}", word.pk)
        for kind, word in words.items()
        for name in OF_ONE
    }

    assert set(screens.values()) == {200}
    menu = menu_of(as_team)
    assert all(reverse(name) in menu for name in ("synonym:index", "search_questions"))


@pytest.mark.parametrize(
    "group",
    [
        "Modération",
        "Réseau : traduction en anglais",
        "Metz : rédaction",
        "Metz : responsables",
        "Metz : traduction en anglais",
    ],
)
def test_nobody_else_is_even_shown_that_they_are_there(sign_in, case, group):
    synonym = Synonym.objects.create(words="bird", meaning="quetzal")
    promotion = Promotion.objects.create(words="bird", page=case)
    client = sign_in(group)

    screens = {name: status(client, name) for name in SCREENS}
    screens |= {
        f"{kind}:{name}": status(client, f"{kind}:{name}", word.pk)
        for kind, word in (("synonym", synonym), ("promotion", promotion))
        for name in OF_ONE
    }
    client.post(reverse("synonym:delete", args=[synonym.pk]))

    assert 200 not in screens.values()
    assert [Synonym.objects.count(), "/admin/synonym/" in menu_of(client)] == [1, False]


def search(client, words, language="fr"):
    return client.get(f"/{language}/search/", {"q": words}).context


def titles(context):
    return [result.title for result in context["results"]]


def add(client, kind, **data):
    return client.post(reverse(f"{kind}:add"), data, **LANGUAGE)


def test_a_synonym_counts_at_once_in_both_directions(as_team, case, client):
    before = titles(search(client, "oiseau vert"))

    add(as_team, "synonym", words="oiseau vert", meaning="quetzal", both_ways="on")

    assert [before, titles(search(client, "oiseaux verts"))] == [[], ["Quetzal"]]
    assert search(client, "quetzal")["answer"].query.also == ("oiseau vert",)


def test_a_synonym_may_count_in_one_direction_only(as_team, case, client):
    add(as_team, "synonym", words="oiseau", meaning="quetzal")

    assert titles(search(client, "oiseau")) == ["Quetzal"]
    assert search(client, "quetzal")["answer"].query.also == ()


def test_the_list_says_in_words_whether_a_synonym_counts_both_ways(as_team):
    for words, both_ways in (("front desk", True), ("bird", False)):
        Synonym.objects.create(words=words, meaning="quetzal", both_ways=both_ways)

    page = as_team.get(reverse("synonym:index"), **LANGUAGE).content.decode()

    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in BeautifulSoup(page, "html.parser").select("tbody tr")
    ]
    assert [(row[0].split(" ")[0], row[-1]) for row in rows] == [
        ("bird", "no"),
        ("front", "yes"),
    ]


def test_a_synonym_that_says_nothing_is_refused(as_team):
    answer = add(as_team, "synonym", words="de la", meaning="!!!")

    errors = answer.context["form"].errors
    assert [sorted(errors), Synonym.objects.count()] == [["meaning", "words"], 0]


def test_a_promoted_page_comes_first_in_each_language_until_it_is_offline(
    as_team, case, client
):
    add(as_team, "promotion", words="ouvrir un labo", page=case.pk)

    def promoted(language):
        shown = search(client, "Ouvrir un  LABO", language)["promoted"]
        return [page.title for page in shown]

    before = [promoted(language) for language in ("fr", "en")]
    case.unpublish()

    assert [before, promoted("fr")] == [[["Quetzal"]] * 2, []]


def test_a_page_is_chosen_with_the_chooser(as_team):
    form = as_team.get(reverse("promotion:add"), **LANGUAGE).content.decode()

    assert reverse("wagtailadmin_choose_page") in form
