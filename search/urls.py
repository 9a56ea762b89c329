from django.urls import path

from . import views

urlpatterns = [
    path("", views.search, name="search"),
    path("suggestions.json", views.suggest, name="search_suggestions"),
    path("feed.atom", views.feed, name="search_feed"),
    path("results.csv", views.as_csv, name="search_csv"),
    path("results.json", views.as_json, name="search_json"),
]
