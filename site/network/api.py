"""The public, read-only API: pages that anyone may read, and nothing else."""

from django.utils.functional import cached_property
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page

from network.core.models import EditorialPage
from network.core.querysets import EditorialQuerySet


class PublicPages(PagesAPIViewSet):
    """Wagtail's own, where the copy of a private page is as private as its source.

    And without a query for the language and the picture of each page.
    """

    @cached_property
    def public_pages(self):
        pages = EditorialQuerySet(Page).open_to_all()
        return super().get_base_queryset().filter(pk__in=pages.values("pk"))

    def get_base_queryset(self):
        # A page and the one above it: Wagtail's own would be asked for both.
        return self.public_pages.all()

    def get_queryset(self):
        pages = super().get_queryset().select_related("locale", "alias_of__locale")
        if not issubclass(pages.model, EditorialPage):
            return pages
        pictured = pages.select_related("picture")
        return pictured.prefetch_related("picture__renditions")


api = WagtailAPIRouter("wagtailapi")
api.register_endpoint("pages", PublicPages)
