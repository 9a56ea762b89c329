from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    Page,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from cities.models import CasePage, CityPage, FeedbackPage, JourneyPage
from methods.models import MethodPage, PrinciplePage
from network.core.blocks import StoryBlock
from network.core.fields import line, prose, stream
from network.core.models import EditorialPage
from network.core.panels import tabs
from network.core.querysets import EditorialQuerySet, alphabetical
from network.media.models import Licence
from resources.models import ResourcePage

from .api import TermsField
from .observatory import Network
from .routing import route_from

COUNTED = [CityPage, CasePage, JourneyPage, FeedbackPage, MethodPage, ResourcePage]
LATEST_SHOWN = 6
LATEST_OF_ONE_CITY = 3


class HomePage(EditorialPage):
    """The front door of the site, and the root of everything in one language."""

    headline = line(
        _("headline"),
        _(
            "What one reads first, if it is to say more than the name of the site. "
            "For example: “A lab inside an administration: how it is done, and what "
            "went wrong”."
        ),
    )
    introduction = prose(
        _("introduction"),
        _(
            "What this site is, in two sentences, below the title. For example: "
            "“Cities and regions opened labs. Here is what they tried, and what "
            "came of it.”"
        ),
    )
    take_part = stream(
        StoryBlock(), _("how to take part"), _("For other authorities and for readers.")
    )

    content_panels = [
        *EditorialPage.content_panels,
        *("headline", "introduction", "take_part"),
    ]
    edit_handler = tabs((_("Content"), content_panels))
    search_fields = [
        *EditorialPage.search_fields,
        index.SearchField("headline"),
        index.SearchField("introduction"),
        index.SearchField("take_part"),
    ]
    api_fields = [
        *EditorialPage.api_fields,
        APIField("headline"),
        APIField("introduction"),
        APIField("take_part"),
    ]

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "cities.CityIndexPage",
        "methods.MethodIndexPage",
        "methods.PrincipleIndexPage",
        "resources.ResourceIndexPage",
        "home.ObservatoryPage",
        "home.GlossaryPage",
        "home.StandardPage",
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def full_title(self) -> str:
        """The name of the site says little to those who never saw it."""
        with override(self.content_language):
            what = _("A network of public innovation labs")
            return self.seo_title or f"{self.title} · {what}"

    @classmethod
    def can_create_at(cls, parent):
        """Only while a language has none."""
        without = Locale.objects.exclude(pk__in=cls.objects.values("locale"))
        return super().can_create_at(parent) and without.exists()

    def clean(self):
        super().clean()
        others = HomePage.objects.filter(locale=self.locale_id).exclude(pk=self.pk)
        if others.exists():
            raise ValidationError(
                _("This language has a home page already. Edit that one.")
            )

    def route(self, request, path_components):
        """As `serve` does, for whoever asks Wagtail itself."""
        return route_from(self, path_components)

    @cached_property
    def figures(self) -> list[tuple[int, str]]:
        """How many there are of each kind of page: (count, name of the kind)."""
        names = [kind._meta for kind in COUNTED]
        return [
            (count, name.verbose_name if count == 1 else name.verbose_name_plural)
            for count, name in zip(self.counts, names, strict=True)
        ]

    @classmethod
    def to_be_read(cls):
        return super().to_be_read().annotate(counts=counts())

    @cached_property
    def counts(self) -> list[int]:
        """How many there are, unless that came along with the page."""
        home = HomePage.objects.filter(pk=self.pk).annotate(counted=counts())
        return home.values_list("counted", flat=True).get()

    @cached_property
    def principles(self):
        return PrinciplePage.objects.listed(self.locale).in_order()

    @cached_property
    def cities(self):
        return CityPage.objects.listed(self.locale).by_title()

    @cached_property
    def latest_cases(self):
        return latest_of(CasePage, self.locale)

    @cached_property
    def latest_feedback(self):
        return latest_of(FeedbackPage, self.locale)


def latest_of(kind: type[Page], locale: Locale):
    """The latest of this kind of work, from as many cities as there are."""
    few = (LATEST_SHOWN, LATEST_OF_ONE_CITY)
    return kind.objects.all().from_different_cities(locale, *few)


def counts():
    """How many pages of each kind anyone may read in the language of a home page."""
    here = models.OuterRef("locale")
    return ArrayOf(
        *(count_of(kind, here) for kind in COUNTED),
        output_field=ArrayField(models.IntegerField()),
    )


class ArrayOf(models.Func):
    template = "ARRAY[%(expressions)s]"


def count_of(kind: type[EditorialPage], locale):
    """The number of public pages of this kind, as a subquery.

    What is of no kind but its own stands in the table of all pages already.
    """
    pages = EditorialQuerySet(Page).open_in(locale)
    pages = pages.filter(content_type=ContentType.objects.get_for_model(kind))
    counted = pages.annotate(all=models.Value(1)).values("all")
    counted = counted.annotate(count=models.Count("pk")).values("count")
    return models.functions.Coalesce(
        models.Subquery(counted, output_field=models.IntegerField()), 0
    )


class StandardPage(EditorialPage):
    """A plain page: about, contribute, legal notice, accessibility, privacy."""

    body = stream(StoryBlock(), _("body"), _("The page itself, part by part."))

    content_panels = [*EditorialPage.content_panels, "body"]
    edit_handler = tabs((_("Content"), content_panels))
    search_fields = [*EditorialPage.search_fields, index.SearchField("body")]
    api_fields = [*EditorialPage.api_fields, APIField("body")]

    is_long_read = True
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")


class ObservatoryPage(EditorialPage):
    """The network side by side: who worked on what, how and when, and no score."""

    introduction = prose(
        _("introduction"),
        _(
            "What can be compared here, and what cannot, in a few sentences. For "
            "example: “Each number leads to the pages that it counts. A city that "
            "wrote less did not do less.”"
        ),
    )

    content_panels = [*EditorialPage.content_panels, "introduction"]
    edit_handler = tabs((_("Content"), content_panels))
    search_fields = [*EditorialPage.search_fields, index.SearchField("introduction")]
    api_fields = [*EditorialPage.api_fields, APIField("introduction")]

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("observatory")
        verbose_name_plural = _("observatories")

    @cached_property
    def network(self) -> Network:
        """What is compared, in the language of the page."""
        return Network(self.locale)


class GlossaryPage(EditorialPage):
    """The words that the network shares, both languages side by side."""

    introduction = prose(
        _("introduction"),
        _(
            "How these words were chosen, in a few sentences. For example: “The "
            "words heard at every session, each with the one we chose in "
            "English.”"
        ),
    )

    content_panels = [*EditorialPage.content_panels, "introduction"]
    edit_handler = tabs((_("Content"), content_panels))
    search_fields = [*EditorialPage.search_fields, index.SearchField("introduction")]
    api_fields = [
        *EditorialPage.api_fields,
        APIField("introduction"),
        APIField("terms", serializer=TermsField()),
    ]

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("glossary")
        verbose_name_plural = _("glossaries")

    @property
    def terms(self) -> "TermQuerySet":
        """The terms, in the alphabetical order of the page's language."""
        return Term.objects.listed(self.content_language)

    @cached_property
    def letters(self) -> list[tuple[str, list["Term"]]]:
        """The terms under their first letter, in the order of the page's language."""
        by_initial = groupby(self.terms, key=lambda term: term.initial.upper())
        return [(letter, list(group)) for letter, group in by_initial]


# What explains a term where it is met.
DATA = [
    *("pk", "word_fr", "word_en", "definition_fr", "definition_en"),
    *("explained_fr", "explained_en"),
]


class TermQuerySet(models.QuerySet):
    def listed(self, language: str):
        """The terms anyone may read, in the alphabetical order of `language`."""
        word = f"word_{language}"
        return (
            self.filter(live=True)
            .annotate(initial=models.functions.Left(alphabetical(word).expression, 1))
            .order_by(alphabetical(word), "pk")
        )

    def as_data(self):
        """What a page needs of each public term to explain it, as rows of an array."""
        rows = self.filter(live=True).order_by("pk")
        return ArraySubquery(
            rows.values(row=JSONObject(**{name: name for name in DATA}))
        )


class Term(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    models.Model,
):
    """A word of the network, with what it means, in both languages at once.

    It has no translations: the pair of words is the thing.
    """

    word_fr = models.CharField(
        _("word in French"),
        max_length=120,
        help_text=_("For example: “parcours usager”."),
    )
    word_en = models.CharField(
        _("word in English"),
        max_length=120,
        help_text=_("For example: “user journey”."),
    )
    definition_fr = models.TextField(
        _("definition in French"),
        help_text=_(
            "One or two sentences. For example: “Le chemin d’une personne dans "
            "un service, étape par étape.”"
        ),
    )
    definition_en = models.TextField(
        _("definition in English"),
        help_text=_(
            "The same, in English. For example: “The path of a person through a "
            "service, stage by stage.”"
        ),
    )
    explained_fr = models.BooleanField(
        _("explained in French texts"),
        default=True,
        help_text=_(
            "Where a page says it first, it leads here. Untick it for an everyday word "
            "that often means something else: “commun” in “d’un commun accord”."
        ),
    )
    explained_en = models.BooleanField(
        _("explained in English texts"),
        default=True,
        help_text=_(
            "Where a page says it first, it leads here. Untick it for an everyday word "
            "that often means something else: “case” in “in case of rain”."
        ),
    )
    note = models.TextField(
        _("note for translators"),
        blank=True,
        help_text=_(
            "A false friend, a choice that was made. For example: “not ‘agent’”."
        ),
    )

    objects = TermQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [FieldRowPanel(["word_fr", "word_en"])], heading=_("The two words")
        ),
        "definition_fr",
        "definition_en",
        FieldRowPanel(["explained_fr", "explained_en"]),
        "note",
    ]
    search_fields = [
        index.SearchField("word_fr", boost=2),
        index.SearchField("word_en", boost=2),
        index.SearchField("definition_fr"),
        index.SearchField("definition_en"),
        index.AutocompleteField("word_fr"),
        index.AutocompleteField("word_en"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["word_fr"]
        constraints = [
            models.UniqueConstraint(
                fields=["word_fr", "word_en"], name="one_term_per_pair_of_words"
            )
        ]

    def __str__(self):
        return f"{self.word_fr} · {self.word_en}"

    @property
    def word(self) -> str:
        """The word in the language being read or edited in."""
        return self.word_en if get_language() == "en" else self.word_fr

    def get_preview_template(self, request, mode_name):
        return "home/term_preview.html"


class NetworkSettingsQuerySet(models.QuerySet):
    def as_data(self):
        """What each site says at its foot, of the sites that begin at a page."""
        told = self.filter(
            site__root_page__translation_key=models.OuterRef("translation_key")
        )
        names = ["site_id", *NetworkSettings.panels]
        return ArraySubquery(
            told.values(row=JSONObject(**{name: name for name in names}))
        )


@register_setting(icon="cog")
class NetworkSettings(BaseSiteSetting):
    """What the foot of every page says, and whether all this is a demonstration."""

    organisation = models.CharField(
        _("organisation"),
        max_length=120,
        blank=True,
        help_text=_("Who publishes this site. For example: “La 27e Région”."),
    )
    contact_email = models.EmailField(
        _("contact address"),
        blank=True,
        help_text=_(
            "Shown at the foot of each page. For example: hello@network.example"
        ),
    )
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=Licence,
        default=Licence.CC_BY_SA,
        help_text=_("Of all texts that say nothing else."),
    )
    demonstration = models.BooleanField(
        _("demonstration"),
        default=False,
        help_text=_(
            "While ticked, each page says that its content is a demonstration."
        ),
    )

    objects = NetworkSettingsQuerySet.as_manager()

    panels = ["organisation", "contact_email", "licence", "demonstration"]

    class Meta:
        verbose_name = _("site settings")
