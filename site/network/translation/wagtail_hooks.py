from django.urls import path
from wagtail import hooks
from wagtail_localize.models import Translation

from network.access.roles import only_translates

from . import guards
from .walls import OwnTranslationsReportView, PublicSnippetViewSet


@hooks.register("refuse_page_edit")
def keep_translators_from_sources(user, page):
    """A translator changes translations, and never what they are made from."""
    if page.alias_of_id:
        return False
    translations = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id
    )
    return only_translates(user, page) and not translations.exists()


# Ahead of wagtail-localize's own; its names still lead here, being the same addresses.
@hooks.register("register_admin_urls", order=-10)
def guard_localize():
    return [
        path("localize/submit/page/<int:page_id>/", guards.SubmitPageView.as_view()),
        path(
            "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            guards.SubmitSnippetView.as_view(),
        ),
        path(
            "localize/update/<int:translation_source_id>/", guards.UpdateView.as_view()
        ),
        path("localize/page/<int:page_id>/convert_to_alias/", guards.convert_to_alias),
    ]


hooks.register("before_edit_page", guards.edit, order=-10)
hooks.register("before_edit_snippet", guards.edit, order=-10)
hooks.register("before_convert_alias_page", guards.keep_alias)


@hooks.register("register_admin_urls", order=-1)
def answer_for_one_city():
    """Before wagtail-localize's own: the same addresses, which show less."""
    report, words = OwnTranslationsReportView, PublicSnippetViewSet
    snippets = "localize/api/snippets/<slug:app_label>/<slug:model_name>/"
    return [
        path("localize/reports/translations/", report.as_view()),
        path(
            "localize/reports/translations/results/", report.as_view(results_only=True)
        ),
        path(snippets, words.as_view({"get": "list"})),
        path(f"{snippets}<str:pk>/", words.as_view({"get": "retrieve"})),
    ]
