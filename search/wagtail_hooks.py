from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from .models import Promotion, Synonym
from .questions_views import QUESTIONS, QuestionsMenuItem, QuestionsView


class SynonymViewSet(ModelViewSet):
    """What people call what we call otherwise; it is found so from now on."""

    model = Synonym
    icon = "link"
    list_display = ["words", "meaning", "both_ways"]
    search_fields = ["words", "meaning"]
    copy_view_enabled = False


class PromotionViewSet(ModelViewSet):
    """Pages to show first."""

    model = Promotion
    icon = "pick"
    list_display = ["words", "page"]
    search_fields = ["words", "page__title"]
    copy_view_enabled = False


class SearchViewSetGroup(ViewSetGroup):
    """All about the search, for the network team."""

    items = (SynonymViewSet, PromotionViewSet)
    menu_label = capfirst(_("search"))
    menu_name = "search-words"
    menu_icon = "search"
    menu_order = 335
    submenu_hook = "register_search_menu_item"


@hooks.register("register_admin_viewset")
def register_words():
    return SearchViewSetGroup()


@hooks.register("register_search_menu_item")
def register_questions_menu_item():
    return QuestionsMenuItem(
        QUESTIONS,
        reverse("search_questions"),
        name="questions",
        icon_name="search",
        order=10,
    )


@hooks.register("register_admin_urls")
def register_questions():
    return [
        path("questions/", QuestionsView.as_view(), name="search_questions"),
        path(
            "questions/results/",
            QuestionsView.as_view(results_only=True),
            name="search_questions_results",
        ),
    ]
