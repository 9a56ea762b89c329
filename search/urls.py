from django.urls import path

from . import exports, views

urlpatterns = [
    path("", views.search, name="search"),
    path("suggestions.json", views.suggest, name="search_suggestions"),
    path("feed.atom", exports.feed, name="search_feed"),
    path("results.csv", exports.as_csv, name="search_csv"),
    path("results.json", exports.as_json, name="search_json"),
]
