from django.template.defaultfilters import yesno
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from network.media.models import Document

from .models import Promotion, Synonym
from .panels import FilesPanel
from .questions_views import QUESTIONS, QuestionsMenuItem, QuestionsView
from .signals import note_offering


class WordsView(IndexView):
    """A list with a short button: on a phone it stands beside the title."""

    add_item_label = _("Add")


class SynonymViewSet(ModelViewSet):
    """What people call what we call otherwise; it is found so from now on."""

    model = Synonym
    icon = "link"
    index_view_class = WordsView
    list_display = [
        "words",
        "meaning",
        Column(
            "both_ways",
            label=_("both ways"),
            accessor=lambda synonym: yesno(synonym.both_ways),
            sort_key="both_ways",
        ),
    ]
    search_fields = ["words", "meaning"]
    copy_view_enabled = False


class PromotionViewSet(ModelViewSet):
    """Pages to show first."""

    model = Promotion
    icon = "pick"
    index_view_class = WordsView
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


# --- Files -------------------------------------------------------------------


# After the desk, which leaves out what others put there.
@hooks.register("construct_homepage_panels", order=100)
def show_unread_files(request, panels):
    panel = FilesPanel(request.user)
    if panel.files.things:
        panels.append(panel)


@hooks.register("after_bulk_action")
def note_moved_documents(request, action_type, objects, action):
    """Wagtail tells no signal that it puts many documents in another collection."""
    if action.model is Document:
        note_offering([document.pk for document in objects])
