"""What may stand under what, and how many."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail.models import Page, get_page_models

from home.models import HomePage
from tests import factories
from tests.factories import locale

TREE = {
    "Page": {"HomePage"},
    "HomePage": {
        "CityIndexPage",
        "GlossaryPage",
        "MethodIndexPage",
        "ObservatoryPage",
        "PrincipleIndexPage",
        "ResourceIndexPage",
        "StandardPage",
    },
    "CityIndexPage": {"CityPage"},
    "CityPage": {"CaseIndexPage", "FeedbackIndexPage", "JourneyIndexPage"},
    "CaseIndexPage": {"CasePage"},
    "CasePage": set(),
    "JourneyIndexPage": {"JourneyPage"},
    "JourneyPage": set(),
    "FeedbackIndexPage": {"FeedbackPage"},
    "FeedbackPage": set(),
    "MethodIndexPage": {"MethodPage"},
    "MethodPage": set(),
    "PrincipleIndexPage": {"PrinciplePage"},
    "PrinciplePage": set(),
    "ResourceIndexPage": {"ResourcePage"},
    "ResourcePage": set(),
    "ObservatoryPage": set(),
    "GlossaryPage": set(),
    "StandardPage": set(),
}
ONE_PER_PARENT = {
    "CityIndexPage",
    "CaseIndexPage",
    "JourneyIndexPage",
    "FeedbackIndexPage",
    "MethodIndexPage",
    "PrincipleIndexPage",
    "ResourceIndexPage",
    "GlossaryPage",
    "ObservatoryPage",
}


def names(models):
    return {model.__name__ for model in models}


def test_the_tree_grows_like_this_and_in_no_other_way():
    grows = {
        model.__name__: names(model.creatable_subpage_models())
        for model in get_page_models()
    }

    assert grows == TREE


def test_whatever_may_stand_under_a_page_says_so_too():
    parents = {
        model.__name__: names(model.allowed_parent_page_models())
        for model in get_page_models()
        if model is not Page
    }

    assert parents == {
        child: {parent for parent, children in TREE.items() if child in children}
        for child in {*TREE} - {"Page"}
    }


def test_there_is_one_list_of_each_kind_and_as_many_entries_as_one_likes():
    most = {
        model.__name__: (model.max_count_per_parent, model.max_count)
        for model in get_page_models()
    }

    assert most == {
        name: (1 if name in ONE_PER_PARENT else None, None) for name in TREE
    }


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(ONE_PER_PARENT))
def test_a_second_list_of_a_kind_is_not_offered(kind):
    first = getattr(factories, f"{kind}Factory")()

    may_be_added = type(first).can_create_at(first.get_parent())

    assert may_be_added is False


@pytest.mark.django_db
def test_a_language_has_one_home_page(home, french):
    root = home.get_parent()
    with_french_alone = HomePage.can_create_at(root)
    english = locale("en")
    without_english = HomePage.can_create_at(root)
    home.copy_for_translation(english)

    offered = [with_french_alone, without_english, HomePage.can_create_at(root)]
    assert offered == [False, True, False]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "Cette langue a déjà une page d’accueil. Modifiez celle-là."),
        ("en", "This language has a home page already. Edit that one."),
    ],
)
def test_a_second_home_page_of_a_language_is_refused(home, language, told):
    locale("en")

    with pytest.raises(ValidationError) as refusal:
        factories.HomePageFactory(title="Another", slug="another")

    with override(language):
        assert refusal.value.message_dict == {"__all__": [told]}
    assert HomePage.objects.count() == 1


def test_nobody_makes_a_page_without_a_kind():
    assert Page.can_create_at(Page(depth=1)) is False
