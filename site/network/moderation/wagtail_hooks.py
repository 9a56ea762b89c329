from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from network.access.roles import may_approve

from . import deletion, history, retraction_views


@hooks.register("register_admin_urls")
def register_retraction_urls():
    views = retraction_views
    return [
        path("retract/<int:page_id>/", views.RetractView.as_view(), name="retract"),
        path("retractions/", views.RetractionsView.as_view(), name="retractions"),
        path(
            "retractions/<int:pk>/restore/", views.RestoreView.as_view(), name="restore"
        ),
    ]


class NetworkPageViewSet(PageViewSet):
    """Wagtail's screens of a page, where ours must know of all its languages."""

    model = Page
    history_view_class = history.HistoryView
    delete_view_class = deletion.DeleteEverywhereView
    # To unpublish one language leaves the others online: retracting takes them all.
    unpublish_view_class = retraction_views.RetractView


@hooks.register("register_admin_viewset")
def register_page_viewset():
    return NetworkPageViewSet()


@hooks.register("before_unpublish_page")
def retract_instead(request, page):
    return retraction_views.retract_instead(request, page)


hooks.register("before_bulk_action", deletion.add_versions)
hooks.register("before_bulk_action", retraction_views.retract_one_by_one)


@hooks.register("register_page_header_buttons")
def add_retract_button(page, user, view_name, next_url=None):
    if not page.is_root() and may_approve(user) and retraction_views.is_public(page):
        yield Button(
            _("Retract everywhere"),
            retraction_views.retract_address(page),
            icon_name="no-view",
            priority=62,
        )


class RetractionsMenuItem(MenuItem):
    def is_shown(self, request):
        return may_approve(request.user)


@hooks.register("register_admin_menu_item")
def add_retractions():
    return RetractionsMenuItem(
        _("Retractions"), reverse("retractions"), icon_name="no-view", order=340
    )


@hooks.register("register_log_actions")
def register_log_actions(actions):
    history.register(actions)
