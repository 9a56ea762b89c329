"""The admin's own API, which Wagtail 8.0 opens on the media of all collections."""

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from .walls import known_media


def without_tags(names: list[str]) -> list[str]:
    """What is public may be chosen by all; its tags are its city's own words."""
    return [name for name in names if name != "tags"]


class KnownPictures(ImagesAdminAPIViewSet):
    meta_fields = without_tags(ImagesAdminAPIViewSet.meta_fields)
    listing_default_fields = without_tags(ImagesAdminAPIViewSet.listing_default_fields)

    def get_queryset(self):
        known = known_media(self.request.user, self.model).values("pk")
        return super().get_queryset().filter(pk__in=known)


class KnownDocuments(DocumentsAdminAPIViewSet):
    meta_fields = without_tags(DocumentsAdminAPIViewSet.meta_fields)
    listing_default_fields = without_tags(
        DocumentsAdminAPIViewSet.listing_default_fields
    )

    def get_queryset(self):
        known = known_media(self.request.user, self.model).values("pk")
        return super().get_queryset().filter(pk__in=known)


def scope_media(router) -> None:
    router.register_endpoint("images", KnownPictures)
    router.register_endpoint("documents", KnownDocuments)
