from django.db.models import F
from django.urls import path, reverse
from wagtail import hooks
from wagtail_localize.models import Translation

from network.access.roles import only_translates

from . import guards, large_copies, rights
from .batch_views import BatchView, TreeView, tree_button
from .coverage_views import COVERAGE, CoverageMenuItem, CoverageView, PagesView
from .desk import panel_for
from .originals import require_public_original
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


@hooks.register("tell_more_of_pages")
def tell_what_translations_lack(pages):
    """What readers are told of a translation, in the query that finds the page."""
    told = {name: F(f"public_text__{name}") for name in ("outdated_since", "machine")}
    return pages.annotate(**told)


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


@hooks.register("register_admin_urls", order=-10)
def close_localize():
    """Its editor wrote string by string; ours saves all at once, and asks for locks.

    Nothing leads to these any more. They asked whether somebody may edit the page, not
    whether it is locked or waits, nor whose picture was chosen. Nor is a translation
    taken from its source for good: that leaves a page whose states nobody can tell.
    """
    translation = "localize/translate/<int:translation_id>"
    strings = f"{translation}/strings/<int:string_segment_id>/edit/"
    overrides = f"{translation}/overrides/<int:overridable_segment_id>/edit/"
    return [
        path(
            "translate/<int:translation_id>/",
            guards.answer,
            name="translation_answer",
        ),
        path(f"{translation}/pofile/download/", guards.download),
        *(
            path(address, guards.closed)
            for address in (
                *(strings, overrides, f"{translation}/pofile/upload/"),
                *(f"{translation}/machine_translate/", f"{translation}/disable/"),
            )
        ),
    ]


hooks.register("before_create_snippet", rights.refuse_new_words)
hooks.register("before_edit_snippet", rights.refuse_other_words, order=-20)
hooks.register("before_edit_page", guards.edit, order=-10)
hooks.register("before_edit_snippet", guards.edit, order=-10)
hooks.register("before_convert_alias_page", guards.keep_alias)
hooks.register("before_copy_page", large_copies.leave_to_a_job)
hooks.register("ask_before_publishing", require_public_original)


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


@hooks.register("register_admin_urls")
def register_coverage():
    counted, pages = CoverageView, PagesView
    return [
        path("coverage/", counted.as_view(), name="translation_coverage"),
        path(
            "coverage/results/",
            counted.as_view(results_only=True),
            name="translation_coverage_results",
        ),
        path("coverage/pages/", pages.as_view(), name="translation_pages"),
        path(
            "coverage/pages/results/",
            pages.as_view(results_only=True),
            name="translation_pages_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def register_coverage_menu_item():
    return CoverageMenuItem(
        COVERAGE,
        reverse("translation_coverage"),
        name="coverage",
        icon_name="wagtail-localize-language",
        order=100,
    )


@hooks.register("register_admin_urls")
def register_batches():
    return [
        path(
            "translate-tree/<int:page_id>/", TreeView.as_view(), name="translate_tree"
        ),
        path("batches/<int:pk>/", BatchView.as_view(), name="translation_batch"),
    ]


@hooks.register("register_page_header_buttons")
def add_tree_button(page, user, view_name, next_url=None):
    yield from tree_button(page, user)


# After the desk itself, which leaves nothing there before it.
@hooks.register("construct_homepage_panels", order=10)
def show_what_is_due(request, panels):
    if panel := panel_for(request.user):
        panels.append(panel)
