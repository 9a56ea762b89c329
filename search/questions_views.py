"""The report on what people look for, and do not find."""

import django_filters
from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, Max, QuerySet, Sum, When
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from network.access.roles import runs_network
from network.core.dates import day_in_words

from .exports import harmless
from .models import Question

QUESTIONS = _("What people look for")
FOUND = [("nothing", _("nothing was found")), ("something", _("something was found"))]


def questions() -> QuerySet:
    """What was asked, each words of a language once; what found nothing comes first."""
    asked = Question.objects.order_by().values("words", "language")
    return (
        asked.annotate(
            asked=Sum("times"),
            last=Max("day"),
            each_day=ArrayAgg("results", order_by="-day"),
        )
        # As many as were found when it was asked last.
        .annotate(found=F("each_day__0"))
        .order_by(Case(When(found=0, then=0), default=1), "-asked", "words", "language")
    )


class QuestionFilterSet(WagtailFilterSet):
    """In which language, when, and with what result it was asked."""

    words = django_filters.CharFilter(label=_("Words"), lookup_expr="icontains")
    language = django_filters.ChoiceFilter(
        label=_("Language"), choices=settings.LANGUAGES
    )
    found = django_filters.ChoiceFilter(
        label=_("Results"), choices=FOUND, method="with_results"
    )
    day = django_filters.DateFromToRangeFilter(
        label=_("Asked on"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Question
        fields: list[str] = []

    def with_results(self, rows, _name, found):
        return rows.filter(found=0) if found == "nothing" else rows.exclude(found=0)


class QuestionsView(ReportView):
    """For the network team: what people type is no business of one city."""

    page_title = QUESTIONS
    header_icon = "search"
    index_url_name = "search_questions"
    index_results_url_name = "search_questions_results"
    filterset_class = QuestionFilterSet
    default_ordering = None
    list_export = ["words", "language", "asked", "found", "last"]
    export_headings = {
        "words": _("Words"),
        "language": _("Language"),
        "asked": _("Times"),
        "found": _("Results"),
        "last": _("Last asked"),
    }
    # Anybody may have typed a formula.
    custom_field_preprocess = {"words": {"csv": harmless, "xlsx": harmless}}

    def dispatch(self, request, *args, **kwargs):
        if not runs_network(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return questions()

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("words", label=_("Words"), get_url=address_of),
            Column("language", label=_("Language"), accessor=name_of_language),
            Column("asked", label=_("Times")),
            Column("found", label=_("Results")),
            Column("last", label=_("Last asked"), accessor=day_of),
        ]


def name_of_language(row: dict):
    return dict(settings.LANGUAGES)[row["language"]]


def day_of(row: dict) -> str:
    """A day is all that is kept of it."""
    return day_in_words(row["last"])


def address_of(row: dict) -> str:
    """Where it is asked again, as the reader did."""
    with override(row["language"]):
        return f"{reverse('search')}?{urlencode({'q': row['words']})}"


class QuestionsMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return runs_network(request.user)
