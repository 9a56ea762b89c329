"""The screens that tell how much is translated, and which pages are not."""

from urllib.parse import urlencode

import django_filters
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale, Page, get_page_content_types
from wagtail.permission_policies.pages import PagePermissionPolicy

from .coverage import SHARED, Cities, Coverage, coverage, due_pages, most_urgent_first
from .states import State

COVERAGE = _("Translations")
PAGES = _("Pages to translate")


def languages() -> list[tuple[str, str]]:
    return [(locale.language_code, str(locale)) for locale in Locale.objects.all()]


class CoverageFilterSet(WagtailFilterSet):
    """What to count: a city, a language, a kind of page."""

    city = django_filters.ChoiceFilter(label=_("City or region"), method="in_city")
    language = django_filters.ChoiceFilter(
        label=_("Language"), field_name="locale__language_code", choices=languages
    )
    content_type = ContentTypeFilter(
        label=_("Kind"),
        queryset=lambda _request: get_page_content_types(include_base_page_type=False),
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.cities = Cities(self.request.user)
        self.filters["city"].extra["choices"] = self.cities.choices

    def in_city(self, pages, name, city):
        return self.cities.find(pages, city)


class PagesFilterSet(CoverageFilterSet):
    """As that, and how far the translation is."""

    state = django_filters.ChoiceFilter(
        label=_("State"), field_name="translation_state", choices=State.choices
    )


class OwnReportView(ReportView):
    """A report on what somebody works on; for whoever works on something."""

    header_icon = "wagtail-localize-language"

    def dispatch(self, request, *args, **kwargs):
        self.due = due_pages(request.user)
        if not works_on_something(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return self.due

    @property
    def cities(self) -> Cities:
        return self.filters.cities


def works_on_something(user) -> bool:
    return user.is_superuser or bool(
        PagePermissionPolicy().get_cached_permissions_for_user(user)
    )


class CoverageMenuItem(MenuItem):
    def is_shown(self, request):
        return works_on_something(request.user)


# --- Counted ---------------------------------------------------------------


class FigureColumn(Column):
    """How many translations there are, or are in a state; leads to the list of them."""

    cell_template_name = "translation/figure_cell.html"

    def get_cell_context_data(self, instance: Coverage, parent_context):
        state = self.name if self.name in instance.states else ""
        query = urlencode(instance.address(state))
        return super().get_cell_context_data(instance, parent_context) | {
            "count": self.get_value(instance),
            "words": instance.words.get(self.name),
            "address": f"{reverse('translation_pages')}?{query}",
        }

    def get_value(self, instance: Coverage) -> int:
        return instance.states.get(self.name, instance.pages)


class CoverageView(OwnReportView):
    """Per city, kind of page and language: how many are missing, and so on."""

    page_title = COVERAGE
    index_url_name = "translation_coverage"
    index_results_url_name = "translation_coverage_results"
    filterset_class = CoverageFilterSet
    default_ordering = None
    list_export = [
        *("city", "kind", "language", "pages"),
        *(f"states.{state}" for state in State),
        *("words.missing", "words.outdated", "words.waiting"),
    ]
    export_headings = {
        "city": _("City or region"),
        "kind": _("Kind"),
        "language": _("Language"),
        "pages": _("Pages"),
        **{f"states.{state}": state.label for state in State},
        "words.missing": _("words missing"),
        "words.outdated": _("words outdated"),
        "words.waiting": _("words waiting for approval"),
    }

    def get_filtered_queryset(self) -> list[Coverage]:
        return coverage(super().get_filtered_queryset(), self.cities)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column("city", label=_("City or region")),
            Column("kind", label=_("Kind")),
            Column("language", label=_("Language")),
            FigureColumn("pages", label=_("Pages")),
            *(
                FigureColumn(state.value, label=capfirst(state.label))
                for state in State
            ),
        ]


# --- The pages -------------------------------------------------------------


class PagesView(OwnReportView):
    """The pages that are counted, those that are wrong in public first."""

    page_title = PAGES
    index_url_name = "translation_pages"
    index_results_url_name = "translation_pages_results"
    filterset_class = PagesFilterSet
    list_export = [
        *("draft_title", "city_name", "kind", "locale", "state_label"),
        *("outdated_since", "words"),
    ]
    export_headings = {
        "draft_title": _("Title"),
        "city_name": _("City or region"),
        "kind": _("Kind"),
        "locale": _("Language"),
        "state_label": _("State"),
        "outdated_since": _("Outdated since"),
        "words": _("Words"),
    }

    def get_filtered_queryset(self):
        pages = self.cities.with_city(super().get_filtered_queryset())
        return most_urgent_first(
            pages.select_related("locale", "content_type", "public_text")
        )

    def decorate_paginated_queryset(self, pages):
        for page in pages:
            describe(page, self.cities)
        return pages

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "title",
                label=_("Title"),
                accessor="draft_title",
                get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
            ),
            Column("city_name", label=_("City or region")),
            Column("kind", label=_("Kind")),
            Column("locale", label=_("Language")),
            Column("state_label", label=_("State")),
            DateColumn("outdated_since", label=_("Outdated since")),
            Column("words", label=_("Words")),
        ]


def describe(page: Page, cities: Cities) -> None:
    """What a list says of a translation besides its title; no query."""
    text = getattr(page, "public_text", None)
    state = State(page.translation_state)
    page.city_name = cities.names[str(page.city or SHARED)]
    page.kind = capfirst(page.content_type.name)
    page.state_label = state.label
    page.outdated_since = text.outdated_since if text else None
    page.words = page.source_words
    if text and state == State.OUTDATED:
        page.words = text.words_outdated
