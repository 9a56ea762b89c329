"""Addresses of the admin that answer otherwise than Wagtail's; they come before it."""

from django.urls import path
from wagtail.admin.auth import require_admin_access

from . import choosers, tags

urlpatterns = [
    path("tag-autocomplete/", require_admin_access(tags.complete)),
    path(
        "tag-autocomplete/<slug:app_name>/<slug:model_name>/",
        require_admin_access(tags.complete),
    ),
    path(
        "choose-page/chosen-multiple/",
        require_admin_access(choosers.KnownMultipleView.as_view()),
    ),
    path(
        "choose-external-link/",
        require_admin_access(choosers.OwnExternalLinkView.as_view()),
    ),
]
