from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Func, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import JSONObject, Left, RowNumber
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Page, PageManager
from wagtail.search import index

from methods.models import PrinciplePage
from network.core import dates
from network.core.blocks import SourcesBlock, StoryBlock
from network.core.fields import line, number, prose, stream
from network.core.models import HOME_DEPTH, EditorialPage, IndexPage, follow_source
from network.core.panels import tabs
from network.core.querysets import (
    LATEST_FIRST,
    EditorialManager,
    EditorialQuerySet,
    found_by,
)
from network.core.related import Relative, Tie, relatives

from ..blocks import (
    ELSEWHERE,
    PartnersBlock,
    ResidentsBlock,
    SessionKind,
    SessionsBlock,
)
from ..drawing.timeline import Event, Timeline, timeline_of

# Below the home page, the index of cities; below it, the cities.
CITY_DEPTH = HOME_DEPTH + 2
CITY_PATH_LENGTH = CITY_DEPTH * Page.steplen
# Of whatever a city wrote, where that city is; the index `pages_of_city` knows it.
CITY_PATH = Left("path", CITY_PATH_LENGTH)
SHOWN_ON_CITY_PAGE = 6
CASES_ON_TIMELINE = 12
# What is long about a city, and only its own page shows.
STORIES = ["presentation", "sessions", "partners", "residents", "sources", "lab_note"]


class CityWorkQuerySet(EditorialQuerySet):
    """What cities write: cases, journeys and lessons learned."""

    def listed(self, locale):
        """As every page, each with the title of the city it belongs to."""
        city = CityPage.objects.filter(path=Left(OuterRef("path"), CITY_PATH_LENGTH))
        return (
            super()
            .listed(locale)
            .annotate(
                city_title=city.values("title")[:1],
                city_language=city.with_language().values("content_language")[:1],
            )
        )

    def in_city(self, path):
        """Those of the city that is at this place of the tree."""
        return self.alias(city_path=CITY_PATH).filter(city_path=path)

    def from_different_cities(self, locale, count: int, of_one_city: int):
        """The latest `count` of all, `of_one_city` at most of each.

        First the latest of each city, then its second one: a city that writes much does
        not hide the others.
        """
        of_one = self.open_in(locale).in_city(OuterRef("path")).latest_first()
        few = ArraySubquery(of_one.values("pk")[:of_one_city])
        each = CityPage.objects.filter(locale=locale).order_by()
        several = self.filter(found_by(each.values(key=Func(few, function="unnest"))))
        chosen = several.by_turns().values("pk")[:count]
        # What a list shows of a page is only asked of these few.
        return self.listed(locale).filter(found_by(chosen)).by_turns()

    def by_turns(self):
        """The cities take turns, each with its latest page first."""
        turn = Window(RowNumber(), partition_by=CITY_PATH, order_by=LATEST_FIRST)
        return self.annotate(turn=turn).order_by("turn", *LATEST_FIRST)


def city_above(page: EditorialPage) -> Page | None:
    return next((above for above in page.ancestors if above.depth == CITY_DEPTH), None)


class OfCity(EditorialPage):
    """A page of one city's own tree."""

    class Meta:
        abstract = True

    @property
    def city(self) -> Page | None:
        """The city or region that wrote this, unless it is offline."""
        return city_above(self)

    @cached_property
    def city_title(self) -> str:
        return self.city.title if self.city else ""

    def known_pages(self):
        status = CityPage.objects.filter(pk=OuterRef("pk")).values("lab_status")
        return super().known_pages().annotate(lab_status=Subquery(status))

    @property
    def lab_is_closed(self) -> bool:
        """Whether nobody looks after this page any more."""
        status = getattr(self.city, "lab_status", None)
        return status == CityPage.LabStatus.CLOSED


class CityWork(OfCity):
    """What a city wrote: a case, a journey, lessons learned."""

    objects = PageManager.from_queryset(CityWorkQuerySet)()

    class Meta:
        abstract = True

    def around(self):
        return super().around() | Q(path=self.next_to(-1)) | Q(path=self.next_to(1))

    def next_to(self, way: int):
        """The path of the public page before this one in its list, or after it."""
        public = EditorialQuerySet(Page).live().open_to_all()
        siblings = public.filter(depth=self.depth, path__startswith=self.parent_path)
        if way < 0:
            siblings = siblings.filter(path__lt=self.path).order_by("-path")
        else:
            siblings = siblings.filter(path__gt=self.path).order_by("path")
        return Subquery(siblings.values("path")[:1])

    @property
    def parent_path(self) -> str:
        return self.path[: -Page.steplen]

    @cached_property
    def beside(self) -> list[Page]:
        """The page before this one and the one after it, those that there are."""
        return [
            page
            for page in self.surroundings
            if page.path.startswith(self.parent_path)
            and page.depth == self.depth
            and page.path != self.path
        ]

    @property
    def before(self) -> Page | None:
        return next((page for page in self.beside if page.path < self.path), None)

    @property
    def after(self) -> Page | None:
        return next((page for page in self.beside if page.path > self.path), None)

    def relatives(self, *ties: Tie) -> list[Relative]:
        """Others of this kind that have something in common with it."""
        return relatives(self, list(ties), self.path[:CITY_PATH_LENGTH])

    @cached_property
    def city_language(self) -> str:
        """The language that `city_title` is in: that city may not be translated."""
        return self.city.content_language if self.city else ""


class CitySection(OfCity, IndexPage):
    """The list of one kind of work of one city."""

    parent_page_types = ["cities.CityPage"]
    max_count_per_parent = 1

    class Meta:
        abstract = True

    def entries(self):
        """What the city wrote of this kind: it has one such list."""
        pages = apps.get_model(self.entry_type).objects.listed(self.locale)
        return pages.in_city(self.path[:CITY_PATH_LENGTH]).by_title()

    @property
    def full_title(self) -> str:
        """Each city has such a list, of the same name."""
        return self.seo_title or " · ".join(filter(None, [self.title, self.city_title]))

    @property
    def in_short(self) -> str:
        return " · ".join(filter(None, [self.city_title, super().in_short]))


class CityIndexPage(IndexPage):
    """All the cities and regions of the network."""

    entry_type = "cities.CityPage"

    parent_page_types = ["home.HomePage"]
    subpage_types = ["cities.CityPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of cities and regions")
        verbose_name_plural = _("lists of cities and regions")

    @cached_property
    def cities(self):
        """All of them, for the map; the list beside it may have several pages."""
        return CityPage.objects.public_in(self.locale).by_title().defer(*STORIES)


class CityPage(EditorialPage):
    """One authority's own corner of the network: everything below it is theirs."""

    class Kind(models.TextChoices):
        CITY = "city", _("City")
        METROPOLIS = "metropolis", _("Metropolis")
        URBAN_COMMUNITY = "urban_community", _("Urban community")
        CONURBATION = "conurbation", _("Conurbation")
        DEPARTMENT = "department", _("Département")
        REGION = "region", _("Region")
        OTHER = "other", _("Other public body")

    class LabStatus(models.TextChoices):
        UNKNOWN = "unknown", _("Not known")
        BEING_DESIGNED = "being_designed", _("Being designed")
        DECIDED = "decided", _("Decided")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    official_name = models.CharField(
        _("official name"),
        max_length=255,
        help_text=_("For example: “Communauté urbaine de Dunkerque (CUD)”."),
    )
    kind = models.CharField(
        _("kind of authority"),
        max_length=20,
        choices=Kind,
        default=Kind.CITY,
        help_text=_("The authority that ran the programme, not the place it is in."),
    )
    region = line(_("region"), _("For example: “Hauts-de-France”."), 80)
    lab_name = line(
        _("name of the lab"), _("Empty until it has one. For example: “The open lab”.")
    )
    lab_status = models.CharField(
        _("status of the lab"),
        max_length=20,
        choices=LabStatus,
        default=LabStatus.UNKNOWN,
        help_text=_("Where the lab stands today. “Not known” is a fair answer."),
    )
    # What the lab was before its city was closed, to come back when it opens again.
    status_before_closing = models.CharField(max_length=20, blank=True, editable=False)
    lab_opening_year = models.PositiveSmallIntegerField(
        _("year it opened"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
        help_text=_("For example: 2018."),
    )
    lab_note = prose(
        _("about the lab"),
        _(
            "Its team, its place, whom it answers to, what is not known. For "
            "example: “Three people and two rooms near the town hall; its "
            "budget is not known.”"
        ),
    )
    programme_start = dates.PartialDateField(
        _("programme started"), help_text=_("For example: 07/03/2017, 03/2017 or 2017.")
    )
    programme_end = dates.PartialDateField(
        _("programme ended"), help_text=_("For example: 14/02/2018, 02/2018 or 2018.")
    )
    session_count = number(
        _("number of sessions"),
        _("Without InterTransfo and study trips; empty if unknown. For example: 15."),
    )
    ambassadors = number(
        _("ambassadors"), _("How many civil servants took part. For example: 20.")
    )
    relays = number(
        _("relays"), _("How many spread the word around them. For example: 45.")
    )
    residents = stream(
        ResidentsBlock(), _("programme residents"), _("The team, by discipline.")
    )
    partners = stream(PartnersBlock(), _("partners"), _("Who helped, inside and out."))
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Of its main town, for the map. For example: 51.0344."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Of its main town, for the map. For example: 2.3768."),
    )
    presentation = stream(
        StoryBlock(),
        _("presentation"),
        _("Why the lab, how it began, what it is today. Three short parts are enough."),
    )
    sessions = stream(
        SessionsBlock(), _("sessions"), _("In order of date: they draw the timeline.")
    )
    sources = stream(SourcesBlock(), _("sources"), _("Where these facts come from."))

    objects = EditorialManager()

    lab_panels = [
        "lab_name",
        FieldRowPanel(["lab_status", "lab_opening_year"]),
        "lab_note",
    ]
    programme_panels = [
        FieldRowPanel(["programme_start", "programme_end", "session_count"]),
        "sessions",
        FieldRowPanel(["ambassadors", "relays"]),
        "residents",
        "partners",
    ]
    edit_handler = tabs(
        (
            _("The authority"),
            [
                *EditorialPage.content_panels,
                "official_name",
                FieldRowPanel(["kind", "region"]),
                MultiFieldPanel(
                    [FieldRowPanel(["latitude", "longitude"])], heading=_("On the map")
                ),
                "presentation",
            ],
        ),
        (_("The lab"), lab_panels),
        (_("The programme"), programme_panels),
        (_("Sources"), ["sources"]),
    )
    override_translatable_fields = follow_source("region")
    search_fields = [
        *EditorialPage.search_fields,
        index.SearchField("official_name"),
        index.SearchField("lab_name"),
        index.SearchField("lab_note"),
        index.SearchField("presentation"),
        index.SearchField("sessions"),
        index.FilterField("kind"),
        index.FilterField("lab_status"),
    ]
    api_fields = [
        *EditorialPage.api_fields,
        APIField("official_name"),
        APIField("kind"),
        APIField("region"),
        APIField("lab_name"),
        APIField("lab_status"),
        APIField("lab_opening_year"),
        APIField("lab_note"),
        APIField("programme_start"),
        APIField("programme_end"),
        APIField("session_count"),
        APIField("ambassadors"),
        APIField("relays"),
        APIField("residents"),
        APIField("partners"),
        APIField("latitude"),
        APIField("longitude"),
        APIField("presentation"),
        APIField("sessions"),
        APIField("sources"),
    ]

    is_long_read = True
    parent_page_types = ["cities.CityIndexPage"]
    subpage_types = [
        "cities.CaseIndexPage",
        "cities.JourneyIndexPage",
        "cities.FeedbackIndexPage",
    ]

    class Meta:
        verbose_name = _("city or region")
        verbose_name_plural = _("cities and regions")

    def clean(self):
        super().clean()
        dates.refuse_end_before_start(self, "programme_start", "programme_end")

    def work(self, model: str):
        """The pages of this kind of work that anyone may read."""
        pages = apps.get_model("cities", model).objects.order_by()
        return pages.open_in(self.locale).in_city(self.path)

    def latest_work(self, model: str):
        """The latest few of them, as a list shows them."""
        latest = self.work(model).latest_first().values("pk")[:SHOWN_ON_CITY_PAGE]
        pages = apps.get_model("cities", model).objects.listed(self.locale)
        return pages.filter(found_by(latest)).latest_first()

    @cached_property
    def cases(self):
        return self.latest_work("CasePage")

    @cached_property
    def journeys(self):
        return self.latest_work("JourneyPage")

    @cached_property
    def feedback(self):
        return self.latest_work("FeedbackPage")

    @cached_property
    def sections(self) -> dict:
        """The three lists of this city's work, each under the name of its kind."""
        return {
            page.specific_class._meta.model_name: page
            for page in self.surroundings
            if page.path[: -Page.steplen] == self.path
        }

    def around(self):
        right_below = Q(path__startswith=self.path, depth=self.depth + 1)
        return super().around() | right_below

    @property
    def lab_is_closed(self) -> bool:
        return self.lab_status == self.LabStatus.CLOSED

    @cached_property
    def residents_total(self) -> int:
        return sum(block.value["number"] for block in self.residents)

    @cached_property
    def meetings_elsewhere(self) -> int:
        """How many of the sessions listed are none of those that `session_count` is."""
        return sum(block.value["kind"] in ELSEWHERE for block in self.sessions)

    @property
    def programme(self) -> Event:
        """The programme as a whole, as far as its dates are known."""
        words = dates.period_in_words(self.programme_start, self.programme_end)
        title = _("Programme: %(dates)s") % {"dates": words}
        label = str(_("Programme"))
        return Event(self.programme_start, self.programme_end, title, label=label)

    @property
    def session_events(self) -> list[Event]:
        return [block.value.event for block in self.sessions]

    @property
    def case_events(self) -> list[Event]:
        """The first cases that have a date: a programme had three or four."""
        dated = self.work("CasePage").exclude(start="", end="").order_by("start", "pk")
        first = dated.values("pk")[:CASES_ON_TIMELINE]
        cases = dated.model.objects.public_in(self.locale).filter(found_by(first))
        return [case.event for case in cases.order_by("start", "pk")]

    @cached_property
    def timeline(self) -> Timeline | None:
        """What the programme did, month after month, if any of it has a date."""
        sessions, cases = self.session_events, self.case_events
        return timeline_of(self.programme, sessions, cases, SessionKind.values)

    @cached_property
    def principles(self) -> list[PrinciplePage]:
        """The seven principles, each with the number of pages here that show it."""
        counts = self.counts("CasePage").union(self.counts("FeedbackPage"), all=True)
        sheets = PrinciplePage.objects.listed(self.locale)
        sheets = list(sheets.annotate(counts=ArraySubquery(counts)))
        for sheet in sheets:
            key = str(sheet.translation_key)
            told = (row["count"] for row in sheet.counts if row["key"] == key)
            sheet.page_count = sum(told)
        return sheets

    def counts(self, model: str) -> QuerySet:
        """How many of these pages show each principle, by its key."""
        shown = self.work(model).filter(principles__isnull=False)
        counts = shown.values(key=F("principles__translation_key"))
        counts = counts.annotate(count=Count("pk"))
        return counts.values(row=JSONObject(key="key", count="count"))
