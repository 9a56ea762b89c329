from collections.abc import Iterable
from typing import Any

from django import forms
from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.core.paginator import Page as PageOfResults
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.api import APIField
from wagtail.models import PageManager
from wagtail.search import index

from network.core.api import links_field
from network.core.blocks import DownloadsBlock, SourcesBlock
from network.core.fields import number, prose, stream
from network.core.localized import counterparts, versions_of, with_versions
from network.core.models import (
    EditorialPage,
    IndexPage,
    Licensed,
    follow_source,
    page_of,
)
from network.core.panels import tabs
from network.core.querysets import EditorialQuerySet, found_by
from network.core.related import Relative, Tie, relatives

from .blocks import StepsBlock
from .finder import Asked, Facts, Finder, Value

# A method or a principle may be shown by hundreds of cases: the latest are enough.
LATEST_CASES = 12


def latest_naming(page: EditorialPage, model: str, way: str):
    """The latest that cities wrote of something, in the language of its page.

    They are found by name: cities know methods, not the reverse.
    """
    pages = apps.get_model("cities", model).objects.order_by()
    versions = versions_of(type(page), page.translation_key)
    naming = pages.filter(**{f"{way}__in": versions})
    latest = pages.filter(pk__in=naming.values("pk")).open_in(page.locale)
    latest = latest.latest_first().values("pk")[:LATEST_CASES]
    shown = pages.listed(page.locale).filter(found_by(latest)).latest_first()
    return with_versions(shown)


class PrincipleQuerySet(EditorialQuerySet):
    def in_order(self):
        return self.order_by("number", "pk")


class PrincipleIndexPage(IndexPage):
    """The seven principles, as seven sheets."""

    entry_type = "methods.PrinciplePage"

    parent_page_types = ["home.HomePage"]
    subpage_types = ["methods.PrinciplePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of principles")
        verbose_name_plural = _("lists of principles")

    def entries(self):
        return super().entries().in_order()


class PrinciplePage(EditorialPage):
    """One of the seven principles: a hypothesis, what was seen, what was learnt."""

    number = models.PositiveSmallIntegerField(
        _("number"),
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text=_("The number of the sheet. For example: 3."),
    )
    hypothesis = prose(
        _("hypothesis"),
        _(
            "What the programme set out to test. For example: “Civil servants "
            "who have met users decide otherwise.”"
        ),
    )
    observations = prose(
        _("observations"),
        _(
            "What was done and seen, as a list. For example: “In each city, a "
            "few days in the field came before the first idea.”"
        ),
    )
    lessons = prose(
        _("lessons"),
        _(
            "What to keep, and what to do otherwise. For example: “Keep the "
            "days in the field; take managers along for one of them.”"
        ),
    )
    sources = stream(SourcesBlock(), _("sources"), _("Where these facts come from."))

    objects = PageManager.from_queryset(PrincipleQuerySet)()

    edit_handler = tabs(
        (
            _("The sheet"),
            [
                *EditorialPage.content_panels,
                "number",
                "hypothesis",
                "observations",
                "lessons",
            ],
        ),
        (_("Sources"), ["sources"]),
    )
    search_fields = [
        *EditorialPage.search_fields,
        index.SearchField("hypothesis"),
        index.SearchField("observations"),
        index.SearchField("lessons"),
        index.FilterField("number"),
    ]
    api_fields = [
        *EditorialPage.api_fields,
        APIField("number"),
        APIField("hypothesis"),
        APIField("observations"),
        APIField("lessons"),
        APIField("sources"),
        links_field("methods_listed", "methods"),
        links_field("cases_listed", "cases"),
        links_field("feedback_listed", "feedback"),
    ]

    parent_page_types = ["methods.PrincipleIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("principle")
        verbose_name_plural = _("principles")

    def clean(self):
        super().clean()
        # The same number is the same sheet, in another language or as a draft of it.
        twin = PrinciplePage.objects.filter(number=self.number, locale=self.locale_id)
        if twin.exclude(pk=self.pk).exists():
            raise ValidationError(
                {"number": _("Another principle has this number. Choose a free one.")}
            )

    @cached_property
    def siblings(self) -> list["PrinciplePage"]:
        """All the sheets anyone may read, in order."""
        return list(PrinciplePage.objects.listed(self.locale).in_order())

    @property
    def sheets(self) -> list["PrinciplePage"]:
        """All of them in order, and this one, which may be being written."""
        others = [sheet for sheet in self.siblings if sheet.number != self.number]
        return sorted([*others, self], key=lambda sheet: sheet.number)

    @property
    def count(self) -> int:
        """How many sheets there are: “sheet 3 of 7”."""
        return len(self.sheets)

    @property
    def previous(self) -> "PrinciplePage | None":
        before = [sheet for sheet in self.siblings if sheet.number < self.number]
        return before[-1] if before else None

    @property
    def next(self) -> "PrinciplePage | None":
        after = [sheet for sheet in self.siblings if sheet.number > self.number]
        return after[0] if after else None

    @cached_property
    def methods_listed(self):
        methods = MethodPage.objects.listed(self.locale)
        serving = methods.filter(principles__translation_key=self.translation_key)
        return serving.distinct().by_title()

    @cached_property
    def cases_listed(self):
        return latest_naming(self, "CasePage", "principles")

    @cached_property
    def feedback_listed(self):
        return latest_naming(self, "FeedbackPage", "principles")


class Phase(models.TextChoices):
    """The phases of a project, in order."""

    TEAM_UP = "team_up", _("Team up")
    FRAME = "frame", _("Frame")
    IMMERSE = "immerse", _("Immerse")
    MAKE_SENSE = "make_sense", _("Make sense")
    IMAGINE = "imagine", _("Imagine")
    PROTOTYPE = "prototype", _("Prototype")
    TEST = "test", _("Test")
    SHARE = "share", _("Share and hand over")


# What the finder knows of a method, besides its principles.
KNOWN = ["pk", "phase", "duration_min", "duration_max", "group_min", "group_max"]


def in_words(values: list[Value], words: Iterable) -> list[tuple[Value, Any]]:
    """What can be chosen, each with its name or the page that has it."""
    return list(zip(values, words, strict=True))


class MethodQuerySet(EditorialQuerySet):
    def by_phase(self):
        order = models.Case(
            *(
                models.When(phase=phase, then=place)
                for place, phase in enumerate(Phase)
            ),
            default=len(Phase),
        )
        return self.by_title().order_by(order, *self.by_title().query.order_by)

    def facts(self) -> list[Facts]:
        """What the finder needs to know of each, in one query."""
        sheets = PrinciplePage.objects.filter(methods=models.OuterRef("pk"))
        rows = self.annotate(sheets=ArraySubquery(sheets.values("number")))
        return [Facts(*row) for row in rows.values_list(*KNOWN, "sheets")]

    def page_of(self, keys: PageOfResults) -> PageOfResults:
        """The same page, of methods in place of their primary keys."""
        found = self.order_by().in_bulk(list(keys.object_list))
        keys.object_list = [found[key] for key in keys.object_list if key in found]
        return keys


class MethodIndexPage(IndexPage):
    """The methods, phase by phase."""

    entry_type = "methods.MethodPage"

    parent_page_types = ["home.HomePage"]
    subpage_types = ["methods.MethodPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of methods")
        verbose_name_plural = _("lists of methods")

    def entries(self):
        """In the order of the phases, then of a dictionary."""
        return super().entries().by_phase()

    def listing(self, request) -> dict:
        sheets = list(PrinciplePage.objects.public_in(self.locale).in_order())
        numbers = [sheet.number for sheet in sheets]
        asked = Asked.of(request.GET, Phase.values, numbers)
        methods = self.entries()
        finder = Finder(asked, methods.facts())
        return {
            "finder": finder,
            "phases": in_words(finder.values("phase", Phase.values), Phase.labels),
            "sheets": in_words(finder.values("principle", numbers), sheets),
            "entries": methods.page_of(page_of(finder.found, request)),
        }


class MethodPage(Licensed, EditorialPage):
    """A way of working that all cities share."""

    purpose = prose(
        _("what it is for"),
        _("For example: “Turn a brief into a question that users can work on”."),
    )
    description = prose(
        _("what it is"),
        _(
            "For somebody who has never seen it. For example: “A line on the "
            "floor, a statement: each person takes a side and says why.”"
        ),
    )
    when_to_use = prose(
        _("when to use it"),
        _(
            "Two or three situations. For example: “When a group agrees too "
            "fast, or when nobody dares to speak.”"
        ),
    )
    when_not_to_use = prose(
        _("when not to use it"),
        _(
            "When it wastes people’s time, or hurts. For example: “When the "
            "decision has already been taken.”"
        ),
    )
    phase = models.CharField(
        _("phase"),
        max_length=20,
        choices=Phase,
        help_text=_("The moment of a project when it helps most."),
    )
    duration_min = number(_("shortest, in minutes"), _("For example: 45."))
    duration_max = number(_("longest, in minutes"), _("For example: 90."))
    group_min = number(_("smallest group"), _("How many people. For example: 4."))
    group_max = number(_("largest group"), _("How many people. For example: 12."))
    material = prose(_("material"), _("For example: “Large sheets, markers, dots”."))
    preparation = prose(
        _("preparation"),
        _(
            "What to do before people arrive. For example: “Write six "
            "statements, clear the room, mark a line on the floor.”"
        ),
    )
    steps = stream(
        StepsBlock(), _("steps"), _("Five steps or so, in the order they are led.")
    )
    tips = prose(
        _("tips"),
        _(
            "What you know only after having led it twice. For example: “Ask "
            "those who say least first: the others will wait.”"
        ),
    )
    variants = prose(
        _("variants"),
        _(
            "Shorter, remote, with more people. For example: “Remote: each "
            "person moves a marker on a shared sheet.”"
        ),
    )
    downloads = stream(
        DownloadsBlock(), _("files"), _("Templates to print, slides, cards.")
    )
    principles = ParentalManyToManyField(
        PrinciplePage,
        verbose_name=_("principles"),
        blank=True,
        related_name="methods",
        help_text=_("The one or two that it serves."),
    )
    sources = stream(SourcesBlock(), _("sources"), _("Where this method comes from."))

    objects = PageManager.from_queryset(MethodQuerySet)()

    edit_handler = tabs(
        (
            _("What it is"),
            [
                *EditorialPage.content_panels,
                "purpose",
                "description",
                "when_to_use",
                "when_not_to_use",
                "phase",
                FieldRowPanel(["duration_min", "duration_max"]),
                FieldRowPanel(["group_min", "group_max"]),
            ],
        ),
        (
            _("How to lead it"),
            ["material", "preparation", "steps", "tips", "variants", "downloads"],
        ),
        (
            _("To go further"),
            [
                FieldPanel("principles", widget=forms.CheckboxSelectMultiple),
                "sources",
                "licence",
            ],
        ),
    )
    override_translatable_fields = follow_source("principles")
    prose_fields = [
        *("purpose", "description", "when_to_use", "when_not_to_use", "material"),
        *("preparation", "steps", "tips", "variants"),
    ]
    search_fields = [
        *EditorialPage.search_fields,
        *(index.SearchField(name) for name in prose_fields),
        index.FilterField("phase"),
        index.FilterField("duration_min"),
        index.FilterField("duration_max"),
        index.FilterField("group_min"),
        index.FilterField("group_max"),
    ]
    api_fields = [
        *EditorialPage.api_fields,
        APIField("phase"),
        APIField("duration_min"),
        APIField("duration_max"),
        APIField("group_min"),
        APIField("group_max"),
        *(APIField(name) for name in prose_fields),
        APIField("downloads"),
        APIField("sources"),
        APIField("licence"),
        links_field("principles_listed", "principles"),
        links_field("cases_listed", "cases"),
    ]

    parent_page_types = ["methods.MethodIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("method")
        verbose_name_plural = _("methods")

    @property
    def steps_of_a_project(self) -> list[tuple[str, str, bool]]:
        """The phases in order: name, where its methods are, whether this one helps."""
        above = self.ancestors[-1:]
        address = above[0].url if above and above[0].depth == self.depth - 1 else ""
        return [
            (str(step.label), address and f"{address}?phase={step}", step == self.phase)
            for step in Phase
        ]

    def clean(self):
        super().clean()
        refuse_longest_below_shortest(self, "duration_min", "duration_max")
        refuse_longest_below_shortest(self, "group_min", "group_max")

    @cached_property
    def principles_listed(self):
        among = PrinciplePage.objects.listed(self.locale).in_order()
        return counterparts(self.principles.all(), among)

    @cached_property
    def cases_listed(self):
        """Where it was seen: the latest cases that used it, of all cities."""
        return latest_naming(self, "CasePage", "method_uses__method")

    @cached_property
    def related(self) -> list[Relative]:
        """Methods that were used beside it, or that serve the same."""
        live = models.Q(uses__page__live=True)
        same = _("Used in the same case")
        ties = [
            Tie(same, "uses__page", self.cases_listed, 2, public=live),
            Tie(_("Same principle"), "principles", self.principles_listed),
        ]
        return relatives(self, ties)


def refuse_longest_below_shortest(method: MethodPage, low: str, high: str) -> None:
    """Refuse a range whose end is below its start."""
    least, most = getattr(method, low), getattr(method, high)
    if least is not None and most is not None and most < least:
        raise ValidationError(
            {high: _("This is less than the number before it. Check both.")}
        )
