"""The admin's own API, which Wagtail 8.0 opens on the media of all collections."""

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from .walls import known_media


class KnownPictures(ImagesAdminAPIViewSet):
    def get_queryset(self):
        known = known_media(self.request.user, self.model).values("pk")
        return super().get_queryset().filter(pk__in=known)


class KnownDocuments(DocumentsAdminAPIViewSet):
    def get_queryset(self):
        known = known_media(self.request.user, self.model).values("pk")
        return super().get_queryset().filter(pk__in=known)


def scope_media(router) -> None:
    router.register_endpoint("images", KnownPictures)
    router.register_endpoint("documents", KnownDocuments)
