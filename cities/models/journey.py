from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index

from network.core.api import links_field
from network.core.blocks import SourcesBlock
from network.core.fields import line, prose, stream
from network.core.localized import counterparts
from network.core.models import EditorialPage, Illustrative, Licensed
from network.core.panels import tabs
from network.core.related import Relative, Tie

from ..blocks import StagesBlock
from ..comparing import COMPARE, Comparison, Stage, drawn
from .case import CasePage
from .city import CitySection, CityWork


class JourneyIndexPage(CitySection):
    """The user journeys of one city."""

    entry_type = "cities.JourneyPage"

    subpage_types = ["cities.JourneyPage"]

    class Meta:
        verbose_name = _("list of user journeys")
        verbose_name_plural = _("lists of user journeys")


class JourneyPage(Licensed, Illustrative, CityWork):
    """The path of a person through a service, stage by stage."""

    class Kind(models.TextChoices):
        AS_IS = "as_is", _("As it is today")
        IMAGINED = "imagined", _("As imagined")
        LAB = "lab", _("The lab’s own")

    kind = models.CharField(
        _("kind of journey"),
        max_length=10,
        choices=Kind,
        default=Kind.AS_IS,
        help_text=_("“The lab’s own” tells how a project travels through your lab."),
    )
    persona = line(
        _("who"),
        _("An invented first name, a situation. For example: “Nadia, two children”."),
        120,
    )
    persona_role = line(
        _("role"), _("What they are here. For example: “a parent who registers”."), 160
    )
    persona_context = prose(
        _("their situation"),
        _(
            "What matters for this journey: time, place, constraints. For "
            "example: “Works at night, lives forty minutes away, has no "
            "printer.”"
        ),
    )
    persona_needs = prose(
        _("what they need"),
        _(
            "Two or three needs, in their words. For example: “To know today "
            "whether my form is complete.”"
        ),
    )
    real_person = models.BooleanField(
        _("a real person"),
        default=False,
        help_text=_("Tick it if somebody could recognise the person told of here."),
    )
    consent_given = models.BooleanField(
        _("who agreed in writing"),
        default=False,
        help_text=_("Without it, a real person’s journey cannot be kept here."),
    )
    case = models.ForeignKey(
        CasePage,
        verbose_name=_("case"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="journeys",
        help_text=_("The case in which it was drawn, if there was one."),
    )
    counterpart = models.ForeignKey(
        "self",
        verbose_name=_("the same journey, imagined or as it is"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="counterparts",
        help_text=_("To compare the two, stage beside stage."),
    )
    stages = StreamField(
        StagesBlock(),
        verbose_name=_("stages"),
        help_text=_("Five to seven stages, from the first need to what follows."),
    )
    sources = stream(SourcesBlock(), _("sources"), _("Where these facts come from."))

    # What readers look for: the desk says which of these are still empty.
    expected_fields = ["persona", "persona_role", "persona_context", "persona_needs"]
    edit_handler = tabs(
        (
            _("The person"),
            [
                *EditorialPage.content_panels,
                "kind",
                "persona",
                "persona_role",
                "persona_context",
                "persona_needs",
                MultiFieldPanel(
                    ["real_person", "consent_given"], heading=_("If the person is real")
                ),
            ],
        ),
        (_("The stages"), ["stages"]),
        (
            _("To go further"),
            ["case", "counterpart", "sources", "licence", "illustrative"],
        ),
    )
    search_fields = [
        *CityWork.search_fields,
        index.SearchField("persona"),
        index.SearchField("persona_role"),
        index.SearchField("persona_context"),
        index.SearchField("persona_needs"),
        index.SearchField("stages"),
        index.FilterField("kind"),
    ]
    api_fields = [
        *EditorialPage.api_fields,
        APIField("kind"),
        APIField("persona"),
        APIField("persona_role"),
        APIField("persona_context"),
        APIField("persona_needs"),
        APIField("stages"),
        APIField("sources"),
        APIField("licence"),
        APIField("illustrative"),
        links_field("city"),
        links_field("case_listed", "case"),
        links_field("counterpart_listed", "counterpart"),
    ]

    parent_page_types = ["cities.JourneyIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("user journey")
        verbose_name_plural = _("user journeys")

    def clean(self):
        super().clean()
        if self.real_person and not self.consent_given:
            raise ValidationError(
                {
                    "consent_given": _(
                        "A real person’s journey needs their written consent. Ask for "
                        "it, or change the story so that nobody can be recognised."
                    )
                }
            )

    @cached_property
    def stages_drawn(self) -> list[Stage]:
        return drawn([block.value for block in self.stages])

    @cached_property
    def comparison(self) -> Comparison | None:
        """This journey and its other side, the imagined one last."""
        other = self.counterpart_listed
        if other is None or not (self.stages and other.stages):
            return None
        imagined = self.kind == self.Kind.IMAGINED
        return Comparison([other, self] if imagined else [self, other])

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        if COMPARE in request.GET:
            context["comparison"] = self.comparison
        return context

    @cached_property
    def case_listed(self) -> CasePage | None:
        if not self.case_id:
            return None
        cases = CasePage.objects.listed(self.locale).select_related("picture", "locale")
        return counterparts(CasePage.objects.filter(pk=self.case_id), cases).first()

    @cached_property
    def counterpart_listed(self) -> "JourneyPage | None":
        """The other side of this journey, whichever of the two names the other."""
        others = JourneyPage.objects.listed(self.locale).exclude(pk=self.pk)
        if self.counterpart_id:
            named = JourneyPage.objects.filter(pk=self.counterpart_id)
            return counterparts(named, others).first()
        return others.filter(counterpart__translation_key=self.translation_key).first()

    @cached_property
    def related(self) -> list[Relative]:
        """Journeys drawn in the same case, or in one about the same."""
        case = self.case_listed
        public = models.Q(case__in=CasePage.objects.live().open_to_all())
        return self.relatives(
            Tie(_("Same case"), "case", [case] if case else [], 3, public=public),
            Tie(
                _("Same topic"),
                "case__topics",
                case.topics_listed if case else [],
                elsewhere=_("Same topic in another city or region"),
                public=public,
            ),
        )
