from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultipleChooserPanel,
    PageChooserPanel,
)
from wagtail.api import APIField
from wagtail.models import Orderable, Page
from wagtail.search import index

from network.core.api import links_field
from network.core.fields import line
from network.core.localized import counterparts, linked
from network.core.models import (
    EditorialPage,
    IndexPage,
    Licensed,
    Topic,
    follow_source,
)
from network.core.panels import tabs
from network.core.querysets import EditorialQuerySet
from network.media.api import DocumentField
from network.media.models import Document, Licence


class ResourceIndexPage(IndexPage):
    """Reports, templates, films and addresses worth knowing."""

    entry_type = "resources.ResourcePage"

    parent_page_types = ["home.HomePage"]
    subpage_types = ["resources.ResourcePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of resources")
        verbose_name_plural = _("lists of resources")

    def entries(self):
        """With the files and the covers that the list shows."""
        entries = super().entries().select_related("file")
        return entries.prefetch_related("picture__renditions")


class ResourcePage(Licensed, EditorialPage):
    """Something to take away: a file kept here, or an address elsewhere."""

    class Kind(models.TextChoices):
        REPORT = "report", _("Report")
        TEMPLATE = "template", _("Template")
        TOOL = "tool", _("Tool")
        VIDEO = "video", _("Video")
        PODCAST = "podcast", _("Podcast")
        WEBSITE = "website", _("Website")
        BOOK = "book", _("Book")

    class Language(models.TextChoices):
        FRENCH = "fr", _("French")
        ENGLISH = "en", _("English")
        BOTH = "both", _("French and English")
        OTHER = "other", _("Another language")

    kind = models.CharField(
        _("kind of resource"),
        max_length=20,
        choices=Kind,
        help_text=_("A template is to be filled in, a tool is to be used as it is."),
    )
    file = models.ForeignKey(
        Document,
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Either a file kept here, or an address elsewhere: not both."),
    )
    # Not `url`, which is every page's own address.
    web_address = models.URLField(
        _("address"),
        blank=True,
        max_length=500,
        help_text=_("For example: https://www.example.org/report"),
    )
    authors = line(
        _("authors"), _("Organisations, or people who agreed. For example: “The lab”.")
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
        help_text=_("For example: 2019."),
    )
    language = models.CharField(
        _("language of the resource"),
        max_length=10,
        choices=Language,
        default=Language.FRENCH,
        help_text=_("The language it is in, not that of this page."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=Licence,
        blank=True,
        help_text=_("That of the resource itself. Leave it empty if it says nothing."),
    )
    topics = ParentalManyToManyField(
        Topic,
        verbose_name=_("topics"),
        blank=True,
        related_name="resources",
        help_text=_("One or two: they help others to find it."),
    )
    principles = ParentalManyToManyField(
        "methods.PrinciplePage",
        verbose_name=_("principles"),
        blank=True,
        related_name="resources",
        help_text=_("Those that it serves or tells of."),
    )

    edit_handler = tabs(
        (
            _("The resource"),
            [
                *EditorialPage.content_panels,
                "kind",
                "file",
                "web_address",
                "authors",
                FieldRowPanel(["year", "language", "licence"]),
            ],
        ),
        (
            _("To find it"),
            [
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("principles", widget=forms.CheckboxSelectMultiple),
                MultipleChooserPanel(
                    "city_links",
                    chooser_field_name="city",
                    heading=_("Cities and regions"),
                    label=_("City or region"),
                    help_text=_("Those that made it, or that it speaks of."),
                ),
            ],
        ),
    )
    override_translatable_fields = follow_source("topics", "principles")
    search_fields = [
        *EditorialPage.search_fields,
        index.SearchField("authors"),
        index.FilterField("kind"),
        index.FilterField("year"),
        index.FilterField("language"),
        index.RelatedFields("topics", [index.SearchField("name")]),
    ]
    api_fields = [
        *EditorialPage.api_fields,
        APIField("kind"),
        APIField("file", serializer=DocumentField()),
        APIField("web_address"),
        APIField("authors"),
        APIField("year"),
        APIField("language"),
        APIField("licence"),
        links_field("topics_listed", "topics"),
        links_field("principles_listed", "principles"),
        links_field("cities_listed", "cities"),
    ]

    parent_page_types = ["resources.ResourceIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def clean(self):
        super().clean()
        if self.file_id and self.web_address:
            both = _("Give either a file or an address: remove one of the two.")
            raise ValidationError({"file": both, "web_address": both})
        if not self.file_id and not self.web_address:
            neither = _("Choose a file, or write the address where it is found.")
            raise ValidationError({"file": neither, "web_address": neither})

    @property
    def address(self) -> str:
        """Where the resource itself is, here or elsewhere."""
        return self.file.url if self.file else self.web_address

    @cached_property
    def topics_listed(self):
        return counterparts(self.topics.all(), Topic.objects.listed(self.locale))

    @cached_property
    def principles_listed(self):
        principles = self.principles.model.objects.listed(self.locale)
        return counterparts(self.principles.all(), principles.in_order())

    @cached_property
    def cities_listed(self) -> list[Page]:
        among = EditorialQuerySet(Page).public_in(self.locale)
        return [city for city, link in linked(self.city_links, "city", among)]


class ResourceCity(Orderable):
    """A city or region that a resource comes from."""

    page = ParentalKey(
        ResourcePage, on_delete=models.CASCADE, related_name="city_links"
    )
    city = models.ForeignKey(
        Page,
        verbose_name=_("city or region"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels = [PageChooserPanel("city", page_type="cities.CityPage")]
