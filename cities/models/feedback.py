from django import forms
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultipleChooserPanel
from wagtail.api import APIField
from wagtail.models import Orderable
from wagtail.search import index

from methods.models import MethodPage, PrinciplePage
from network.core.api import links_field
from network.core.blocks import SourcesBlock
from network.core.fields import prose, stream
from network.core.localized import counterparts, linked
from network.core.models import (
    EditorialPage,
    Illustrative,
    Licensed,
    follow_source,
)
from network.core.panels import tabs
from network.core.related import Relative, Tie

from .case import CasePage
from .city import CitySection, CityWork


class FeedbackIndexPage(CitySection):
    """The lessons learned by the people of one city."""

    entry_type = "cities.FeedbackPage"

    subpage_types = ["cities.FeedbackPage"]

    class Meta:
        verbose_name = _("list of lessons learned")
        verbose_name_plural = _("lists of lessons learned")

    def entries(self):
        return super().entries().latest_first()


class FeedbackPage(Licensed, Illustrative, CityWork):
    """What the people of a project learnt, told afterwards."""

    class PointOfView(models.TextChoices):
        AMBASSADOR = "ambassador", _("Ambassador")
        RESIDENT = "resident", _("Programme resident")
        MANAGER = "manager", _("Manager")
        ELECTED = "elected", _("Elected member")
        SPONSOR = "sponsor", _("Sponsor")
        PARTNER = "partner", _("Partner")
        TEAM = "team", _("The whole team")

    class ProgrammeMoment(models.TextChoices):
        PREPARATION = "preparation", _("While preparing")
        CAMPUS = "campus", _("At the first meeting")
        FIRST_CASE = "first_case", _("During the first case")
        NEXT_CASES = "next_cases", _("During the next cases")
        LAB_DESIGN = "lab_design", _("While designing the lab")
        CLOSING = "closing", _("At the end")
        AFTER = "after", _("After the programme")

    point_of_view = models.CharField(
        _("whose point of view"),
        max_length=20,
        choices=PointOfView,
        default=PointOfView.TEAM,
        help_text=_("A role, never a person."),
    )
    moment = models.CharField(
        _("when in the programme"),
        max_length=20,
        choices=ProgrammeMoment,
        blank=True,
        help_text=_("The moment this page speaks of."),
    )
    tried = prose(
        _("what we tried"),
        _("In a few lines. For example: “We met fifty residents in two days”."),
    )
    worked = prose(
        _("what worked"),
        _(
            "And why, as far as you can tell. For example: “The cardboard "
            "mock-up: everybody dared to cut into it.”"
        ),
    )
    did_not_work = prose(
        _("what did not work"),
        _(
            "Said plainly: it is what others look for. For example: “Managers "
            "came on the last day only, when all they could say was yes or no.”"
        ),
    )
    advice = prose(
        _("what we would tell others"),
        _("For example: “Bring the team itself on board, not only its managers”."),
    )
    principles = ParentalManyToManyField(
        PrinciplePage,
        verbose_name=_("principles"),
        blank=True,
        related_name="feedback",
        help_text=_("The principles it puts to the test."),
    )
    sources = stream(SourcesBlock(), _("sources"), _("Where these facts come from."))

    # What readers look for: the desk says which of these are still empty.
    expected_fields = ["moment", "tried", "worked", "did_not_work", "advice"]
    edit_handler = tabs(
        (
            _("The story"),
            [
                *EditorialPage.content_panels,
                FieldRowPanel(["point_of_view", "moment"]),
                "tried",
                "worked",
                "did_not_work",
                "advice",
            ],
        ),
        (
            _("To go further"),
            [
                MultipleChooserPanel(
                    "case_links",
                    chooser_field_name="case",
                    heading=_("Cases"),
                    label=_("Case"),
                    help_text=_("The cases that taught it."),
                ),
                MultipleChooserPanel(
                    "method_links",
                    chooser_field_name="method",
                    heading=_("Methods"),
                    label=_("Method"),
                    help_text=_("The methods it speaks of."),
                ),
                FieldPanel("principles", widget=forms.CheckboxSelectMultiple),
                "sources",
                "licence",
                "illustrative",
            ],
        ),
    )
    override_translatable_fields = follow_source("principles")
    search_fields = [
        *CityWork.search_fields,
        index.SearchField("tried"),
        index.SearchField("worked"),
        index.SearchField("did_not_work"),
        index.SearchField("advice"),
        index.FilterField("point_of_view"),
        index.FilterField("moment"),
    ]
    api_fields = [
        *EditorialPage.api_fields,
        APIField("point_of_view"),
        APIField("moment"),
        APIField("tried"),
        APIField("worked"),
        APIField("did_not_work"),
        APIField("advice"),
        APIField("sources"),
        APIField("licence"),
        APIField("illustrative"),
        links_field("city"),
        links_field("cases_listed", "cases"),
        links_field("methods_listed", "methods"),
        links_field("principles_listed", "principles"),
    ]

    parent_page_types = ["cities.FeedbackIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = pgettext_lazy("one page", "lessons learned")
        verbose_name_plural = _("lessons learned")

    @cached_property
    def cases_listed(self) -> list[CasePage]:
        links = linked(self.case_links, "case", CasePage.objects.listed(self.locale))
        return [case for case, link in links]

    @cached_property
    def methods_listed(self) -> list[MethodPage]:
        among = MethodPage.objects.listed(self.locale)
        return [method for method, link in linked(self.method_links, "method", among)]

    @cached_property
    def principles_listed(self):
        among = PrinciplePage.objects.listed(self.locale).in_order()
        return counterparts(self.principles.all(), among)

    @cached_property
    def related(self) -> list[Relative]:
        """What others learned of the same."""
        return self.relatives(
            Tie(_("Same case"), "case_links__case", self.cases_listed, 3),
            Tie(_("Same method"), "method_links__method", self.methods_listed, 3),
            Tie(_("Same principle"), "principles", self.principles_listed),
        )


class FeedbackCase(Orderable):
    """A case that lessons were learned from."""

    page = ParentalKey(
        FeedbackPage, on_delete=models.CASCADE, related_name="case_links"
    )
    case = models.ForeignKey(
        CasePage,
        verbose_name=_("case"),
        on_delete=models.CASCADE,
        related_name="feedback_links",
    )

    panels = ["case"]


class FeedbackMethod(Orderable):
    """A method that lessons learned speak of."""

    page = ParentalKey(
        FeedbackPage, on_delete=models.CASCADE, related_name="method_links"
    )
    method = models.ForeignKey(
        MethodPage,
        verbose_name=_("method"),
        on_delete=models.CASCADE,
        related_name="feedback_links",
    )

    panels = ["method"]
