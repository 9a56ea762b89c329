"""The public, read-only API: pages that anyone may read, and nothing else."""

from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page

from network.core.querysets import EditorialQuerySet


class PublicPages(PagesAPIViewSet):
    """Wagtail's own, where the copy of a private page is as private as its source.

    And without a query for the language of each page.
    """

    def get_base_queryset(self):
        pages = EditorialQuerySet(Page).open_to_all()
        return super().get_base_queryset().filter(pk__in=pages.values("pk"))

    def get_queryset(self):
        return super().get_queryset().select_related("locale", "alias_of__locale")


api = WagtailAPIRouter("wagtailapi")
api.register_endpoint("pages", PublicPages)
