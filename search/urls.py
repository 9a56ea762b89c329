from django.urls import path
from django.views.decorators.http import require_safe

from . import exports, views

urlpatterns = [
    path(address, require_safe(view), name=name)
    for address, view, name in (
        ("", views.search, "search"),
        ("suggestions.json", views.suggest, "search_suggestions"),
        ("feed.atom", exports.feed, "search_feed"),
        ("results.csv", exports.as_csv, "search_csv"),
        ("results.json", exports.as_json, "search_json"),
    )
]
