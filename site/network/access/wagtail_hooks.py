from wagtail import hooks

from .admin_api import scope_media
from .choosers import offer_known_pages
from .home import show_what_may_be_opened
from .people import stock
from .people.viewset import PeopleViewSet
from .references import refuse_unknown_references
from .reports import hide_reports_on_all_cities

hooks.register("construct_page_chooser_queryset", offer_known_pages)
# After Wagtail's own, whose endpoints it replaces.
hooks.register("construct_admin_api", scope_media, order=100)
hooks.register("check_page_form", refuse_unknown_references)
hooks.register("construct_reports_menu", hide_reports_on_all_cities)
hooks.register("construct_homepage_panels", show_what_may_be_opened)
hooks.register("before_create_user", stock.invite_instead)
hooks.register("before_edit_user", stock.check_correction)
hooks.register("before_bulk_action", stock.one_by_one)


@hooks.register("register_admin_viewset")
def register_people():
    return PeopleViewSet("people")
