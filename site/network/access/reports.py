"""Reports that tell of every city at once, and are for the network."""

from .roles import may_approve

# By the name of their address; "page types" shows the title that was edited last.
FOR_THE_NETWORK = {
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
}
MENU_ITEMS = {"page-types-usage"}


def hide_reports_on_all_cities(request, items: list) -> None:
    if not may_approve(request.user):
        items[:] = [item for item in items if item.name not in MENU_ITEMS]
