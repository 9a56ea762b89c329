from wagtail.users.apps import WagtailUsersAppConfig


class NamesConfig(WagtailUsersAppConfig):
    """Wagtail's users, with our screens for what is done to them."""

    user_viewset = "network.access.people.stock.NamesViewSet"
