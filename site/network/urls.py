"""The map of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.contrib.sitemaps import views as sitemap_views
from wagtail.documents import urls as document_urls
from wagtail.urls import serve_pattern

from home.sitemaps import SITEMAPS
from home.views import choose_language, poster, serve
from home.wellknown import humans, manifest, robots, security
from network.access.views import not_offered

from .api import api
from .users.urls import to_login, to_reset

handler500 = "network.core.faults.server_error"

MAP = {"sitemaps": SITEMAPS}
MAPS = MAP | {"sitemap_url_name": "sitemap"}

urlpatterns = [
    path("", choose_language, name="choose_language"),
    path("robots.txt", robots),
    path("humans.txt", humans),
    path(".well-known/security.txt", security, name="security"),
    path("sitemap.xml", sitemap_views.index, MAPS, name="sitemaps"),
    path("sitemap-<section>.xml", sitemap_views.sitemap, MAP, name="sitemap"),
    path("admin/", include("network.access.urls")),
    path("account/", include("network.users.urls")),
    # Wagtail's own doors take a password alone, and no count of how often.
    path("admin/login/", to_login),
    path("admin/password_reset/", to_reset),
    path("admin/", include(admin_urls)),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        not_offered,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("documents/", include(document_urls)),
    path("api/v2/", api.urls),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *i18n_patterns(
        path("search/", include("search.urls")),
        path("manifest.webmanifest", manifest, name="manifest"),
        path("_poster/<int:page_id>/<str:digest>.png", poster, name="poster"),
        path(
            "_util/authenticate_with_password/"
            "<int:page_view_restriction_id>/<int:page_id>/",
            not_offered,
            name="wagtailcore_authenticate_with_password",
        ),
        path("_util/login/", to_login),
        # Before Wagtail's own, whose other names are asked for.
        re_path(serve_pattern, serve, name="wagtail_serve"),
        path("", include(wagtail_urls)),
    ),
]
