from django import forms
from django.apps import apps
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultipleChooserPanel,
)
from wagtail.api import APIField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index

from methods.models import MethodPage, PrinciplePage
from network.core import dates
from network.core.api import LinksWithNotesField, links_field
from network.core.blocks import FiguresBlock, SourcesBlock
from network.core.fields import line, number, prose, stream
from network.core.localized import counterparts, linked
from network.core.models import (
    EditorialPage,
    Illustrative,
    Licensed,
    Topic,
    follow_source,
)
from network.core.panels import tabs
from network.core.related import Relative, Tie
from resources.models import ResourcePage

from ..blocks import FieldTestsBlock, FollowUpsBlock, KeyFiguresBlock
from ..drawing.timeline import Event
from .city import CitySection, CityWork


class CaseIndexPage(CitySection):
    """The cases of one city."""

    entry_type = "cities.CasePage"

    subpage_types = ["cities.CasePage"]

    class Meta:
        verbose_name = _("list of cases")
        verbose_name_plural = _("lists of cases")

    def entries(self):
        return super().entries().latest_first()


class CasePage(Licensed, Illustrative, CityWork):
    """What a city tried, for whom, with which methods, and what came of it."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        IN_PROGRESS = "in_progress", _("In progress")
        TESTED = "tested", _("Tested")
        ROLLED_OUT = "rolled_out", _("Rolled out")
        STOPPED = "stopped", _("Stopped")

    question = models.CharField(
        _("question asked"),
        max_length=255,
        help_text=_(
            "The question you really worked on. For example: “How can people who never "
            "come to the library feel at home there?”"
        ),
    )
    brief = prose(
        _("the brief, as first given"),
        _(
            "What you were asked at the start, before you reframed it. For example: "
            "“Modernise the reception hall.”"
        ),
    )
    context = prose(
        _("context"),
        _(
            "Why this subject, why then, what had been tried before. For "
            "example: “The town hall had moved, and half of the visitors still "
            "went to the old one.”"
        ),
    )
    sponsor = line(
        _("sponsor"), _("Who asked for it. For example: “Housing department”.")
    )
    topics = ParentalManyToManyField(
        Topic,
        verbose_name=_("topics"),
        blank=True,
        related_name="cases",
        help_text=_("One or two: they help others to find this case."),
    )
    start = dates.PartialDateField(
        _("started"), help_text=_("For example: 07/03/2017, 03/2017 or 2017.")
    )
    end = dates.PartialDateField(
        _("ended"),
        help_text=_(
            "Leave it empty while the case goes on. For example: 14/02/2018, "
            "02/2018 or 2018."
        ),
    )
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status,
        blank=True,
        help_text=_("Where the case stands today. Leave it empty if nobody knows."),
    )
    participants = prose(
        _("who took part"),
        _("Trades and departments, no names. For example: “Two front-desk staff”."),
    )
    fieldwork = prose(
        _("fieldwork"),
        _(
            "Whom you met, where, how; what surprised you. For example: “Two "
            "mornings at the desk, forty people: most came for somebody else.”"
        ),
    )
    people_met = number(_("people met"), _("How many in all. For example: 153."))
    lessons = prose(
        _("what the field taught"),
        _(
            "Three or four findings that changed the question. For example: "
            "“People are not afraid of the form, but of making a mistake in "
            "it.”"
        ),
    )
    scenarios = prose(
        _("scenarios"),
        _(
            "The ideas that were told, kept or not. For example: “A reception "
            "without a counter: kept. A helpline in the evening: dropped.”"
        ),
    )
    prototypes = prose(
        _("prototypes"),
        _(
            "What was made to try the ideas, and of what. For example: “A "
            "cardboard sign, and the form rewritten on one page.”"
        ),
    )
    tests = stream(
        FieldTestsBlock(), _("tests"), _("What was tried: where, when, how long.")
    )
    results = prose(
        _("results"),
        _(
            "What changed, for whom; figures if you have them. For example: "
            "“Half as many calls about the letter, which the team has kept.”"
        ),
    )
    handover = prose(
        _("what was handed over"),
        _(
            "What you left, to whom, in which form. For example: “The drawings "
            "and a costed plan, to the buildings department.”"
        ),
    )
    limits = prose(
        _("limits"),
        _(
            "What did not work, and what you do not know. Readers need it most. "
            "For example: “Nobody under twenty came, and we do not know why.”"
        ),
    )
    differently = prose(
        _("what we would do differently"),
        _(
            "What you would tell a team that starts. For example: “Meet the "
            "night shift before drawing anything.”"
        ),
    )
    follow_ups = stream(
        FollowUpsBlock(),
        _("follow-ups"),
        _("What became of it, 6 and 18 months later."),
    )
    key_figures = stream(
        KeyFiguresBlock(), _("key figures"), _("Two to four numbers that say a lot.")
    )
    principles = ParentalManyToManyField(
        PrinciplePage,
        verbose_name=_("principles"),
        blank=True,
        related_name="cases",
        help_text=_("Those that this case shows best, three at most."),
    )
    figures = stream(FiguresBlock(), _("figures"), _("The pictures of this case."))
    contact = line(
        _("contact"),
        _("A service, not a person. For example: “The lab, lab@city.example”."),
    )
    sources = stream(SourcesBlock(), _("sources"), _("Where these facts come from."))

    edit_handler = tabs(
        (
            _("The question"),
            [
                *EditorialPage.content_panels,
                "question",
                "brief",
                "context",
                "sponsor",
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldRowPanel(["start", "end", "status"]),
            ],
        ),
        (
            _("What we did"),
            [
                "participants",
                "fieldwork",
                "people_met",
                "lessons",
                "scenarios",
                "prototypes",
                "tests",
                InlinePanel(
                    "method_uses",
                    heading=_("Methods used"),
                    label=_("Method"),
                    help_text=_("In the order in which you used them."),
                ),
            ],
        ),
        (
            _("What came of it"),
            [
                "results",
                "key_figures",
                "handover",
                "limits",
                "differently",
                "follow_ups",
            ],
        ),
        (
            _("To go further"),
            [
                "figures",
                FieldPanel("principles", widget=forms.CheckboxSelectMultiple),
                MultipleChooserPanel(
                    "resource_links",
                    chooser_field_name="resource",
                    heading=_("Resources"),
                    label=_("Resource"),
                    help_text=_("What others can take: a report, a template, a film."),
                ),
                "contact",
                "sources",
                "licence",
                "illustrative",
            ],
        ),
    )
    override_translatable_fields = follow_source("topics", "principles")
    # What readers look for in a case: the desk says which of these are still empty.
    expected_fields = [
        *("picture", "brief", "context", "topics", "start", "status", "participants"),
        *("fieldwork", "lessons", "prototypes", "tests", "method_uses", "results"),
        *("limits", "differently", "follow_ups", "figures", "sources"),
    ]
    prose_fields = [
        *("brief", "context", "participants", "fieldwork", "lessons", "scenarios"),
        *("prototypes", "tests", "results", "handover", "limits", "differently"),
        *("follow_ups", "key_figures"),
    ]
    search_fields = [
        *CityWork.search_fields,
        index.SearchField("question", boost=2),
        index.SearchField("sponsor"),
        *(index.SearchField(name) for name in prose_fields),
        index.FilterField("status"),
        index.FilterField("start"),
        index.RelatedFields("topics", [index.SearchField("name")]),
    ]
    api_fields = [
        *EditorialPage.api_fields,
        APIField("question"),
        APIField("sponsor"),
        APIField("start"),
        APIField("end"),
        APIField("status"),
        APIField("people_met"),
        *(APIField(name) for name in prose_fields),
        APIField("figures"),
        APIField("contact"),
        APIField("sources"),
        APIField("licence"),
        APIField("illustrative"),
        links_field("city"),
        links_field("topics_listed", "topics"),
        APIField("methods", serializer=LinksWithNotesField(source="methods_used")),
        links_field("principles_listed", "principles"),
        links_field("resources_listed", "resources"),
        links_field("journeys_listed", "journeys"),
        links_field("feedback_listed", "feedback"),
    ]

    is_long_read = True
    parent_page_types = ["cities.CaseIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")

    def clean(self):
        super().clean()
        dates.refuse_end_before_start(self, "start", "end")

    @property
    def event(self) -> Event:
        """The case on the timeline of its city."""
        return Event(
            start=self.start,
            end=self.end,
            title=self.title,
            url=self.get_url(),
            language=self.content_language,
        )

    @cached_property
    def topics_listed(self):
        return counterparts(self.topics.all(), Topic.objects.listed(self.locale))

    @cached_property
    def principles_listed(self):
        among = PrinciplePage.objects.listed(self.locale).in_order()
        return counterparts(self.principles.all(), among)

    @cached_property
    def resources_listed(self) -> list[ResourcePage]:
        among = ResourcePage.objects.listed(self.locale)
        links = linked(self.resource_links, "resource", among)
        return [resource for resource, link in links]

    @cached_property
    def methods_used(self) -> list[tuple[MethodPage, "MethodUse"]]:
        """The methods in the order of use, each with how it was used."""
        return linked(
            self.method_uses, "method", MethodPage.objects.listed(self.locale)
        )

    @cached_property
    def methods(self) -> list[MethodPage]:
        return [method for method, use in self.methods_used]

    @cached_property
    def journeys_listed(self):
        """The journeys drawn in this case."""
        journeys = apps.get_model("cities", "JourneyPage").objects.listed(self.locale)
        return journeys.filter(case__translation_key=self.translation_key).by_title()

    @cached_property
    def feedback_listed(self):
        """The lessons learned that speak of this case."""
        feedback = apps.get_model("cities", "FeedbackPage").objects.listed(self.locale)
        return (
            feedback.filter(case_links__case__translation_key=self.translation_key)
            .distinct()
            .latest_first()
        )

    @cached_property
    def related(self) -> list[Relative]:
        """Cases about the same, or by the same means."""
        return self.relatives(
            Tie(
                *(_("Same topic"), "topics", self.topics_listed, 3),
                elsewhere=_("Same topic in another city or region"),
            ),
            Tie(_("Same method"), "method_uses__method", self.methods, 2),
        )


class MethodUse(TranslatableMixin, Orderable):
    """A method used in a case, and how."""

    page = ParentalKey(CasePage, on_delete=models.CASCADE, related_name="method_uses")
    method = models.ForeignKey(
        MethodPage,
        verbose_name=_("method"),
        on_delete=models.CASCADE,
        related_name="uses",
    )
    note = models.TextField(
        _("how it was used"),
        blank=True,
        help_text=_(
            "In a sentence or two. For example: “In pairs, two mornings at the market”."
        ),
    )

    panels = ["method", "note"]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("method used")
        verbose_name_plural = _("methods used")

    def __str__(self):
        return str(self.method)


class CaseResource(Orderable):
    """A resource that a case made or used."""

    page = ParentalKey(
        CasePage, on_delete=models.CASCADE, related_name="resource_links"
    )
    resource = models.ForeignKey(
        ResourcePage,
        verbose_name=_("resource"),
        on_delete=models.CASCADE,
        related_name="case_links",
    )

    panels = ["resource"]
