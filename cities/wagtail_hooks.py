from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from network.access.roles import is_open, runs_network

from .figures import FiguresPanel, figures_for
from .models import CityPage
from .opening import CloseCity, OpenCity, ReopenCity


@hooks.register("register_admin_urls")
def register_city_screens():
    return [
        path("cities/open/", OpenCity.as_view(), name="open_city"),
        path("cities/<int:pk>/close/", CloseCity.as_view(), name="close_city"),
        path("cities/<int:pk>/reopen/", ReopenCity.as_view(), name="reopen_city"),
    ]


class OpenCityMenuItem(MenuItem):
    """Shown to those who run the network."""

    def is_shown(self, request):
        return runs_network(request.user)


@hooks.register("register_settings_menu_item")
def add_open_city():
    return OpenCityMenuItem(
        _("Open a city"), reverse("open_city"), icon_name="home", order=340
    )


@hooks.register("register_page_header_buttons")
def add_close_or_reopen_city(page, user, **options):
    if not isinstance(page, CityPage) or not runs_network(user):
        return
    name, label = (
        ("close_city", _("Close this city"))
        if is_open(page)
        else ("reopen_city", _("Open this city again"))
    )
    address = reverse(name, args=[page.pk])
    yield Button(label, address, icon_name="home", priority=90)


@hooks.register("construct_homepage_panels", order=20)
def show_figures(request, panels):
    figures = figures_for(request.user)
    if figures:
        panels.append(FiguresPanel(figures))
