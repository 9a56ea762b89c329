from django.urls import path
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from .confirmations import (
    CloseAccountView,
    FreeAccountView,
    OpenAccountView,
    RevokeView,
    SendAgainView,
)
from .reach import Reach
from .views import PEOPLE, InviteView, PeopleView, PersonView


class PeopleMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return not Reach(request.user).is_empty


class PeopleViewSet(ViewSet):
    """All screens about people, under one item of the menu."""

    icon = "group"
    menu_label = PEOPLE
    menu_order = 600
    menu_item_class = PeopleMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self):
        return [
            path("", PeopleView.as_view(), name="index"),
            path(
                "results/", PeopleView.as_view(results_only=True), name="index_results"
            ),
            path("invite/", InviteView.as_view(), name="invite"),
            path(
                "invitations/<int:pk>/again/",
                SendAgainView.as_view(),
                name="send_again",
            ),
            path("invitations/<int:pk>/revoke/", RevokeView.as_view(), name="revoke"),
            path("<int:pk>/", PersonView.as_view(), name="person"),
            path("<int:pk>/close/", CloseAccountView.as_view(), name="close"),
            path("<int:pk>/open/", OpenAccountView.as_view(), name="open"),
            path("<int:pk>/free/", FreeAccountView.as_view(), name="free"),
        ]
