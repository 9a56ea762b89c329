from html import unescape

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import TitleFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Page,
    PageViewRestriction,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from network.media.api import PictureField
from network.media.models import Licence, Picture, PictureRendition

from .forms import EditorialPageForm
from .panels import tabs
from .permissions import EditorialPagePermissionTester, may_read_draft
from .querysets import (
    EditorialManager,
    EditorialQuerySet,
    StartsWith,
    alphabetical,
    found_by,
)
from .remembered import REMEMBERED

ENTRIES_PER_PAGE = 24
NEEDED_TO_SHOW = ["locale", "picture", "alias_of__locale"]
# Characters of a text that others quote below the title of a page.
IN_SHORT = 250
# The root, then the home pages; treebeard writes each level in four characters.
HOME_DEPTH = 2
HOME_PATH_LENGTH = HOME_DEPTH * Page.steplen


class EditorialPage(Page):
    """A page with a summary and a picture, shown the same way in every list."""

    summary = models.TextField(
        _("summary"),
        max_length=400,
        help_text=_(
            "Two sentences that make somebody want to read on, shown in lists and by "
            "search engines. For example: “The town hall’s front desk was redrawn with "
            "those who work there. Three prototypes were tested for a month.”"
        ),
    )
    picture = models.ForeignKey(
        Picture,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown on top of the page and in lists. A page may have none."),
    )

    objects = EditorialManager()

    base_form_class = EditorialPageForm
    content_panels = [
        TitleFieldPanel(
            "title",
            help_text=_("Short and plain. For example: “Welcome at the town hall”."),
        ),
        "summary",
        "picture",
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=2),
        index.FilterField("translation_key"),
    ]
    api_fields = [
        APIField("summary"),
        APIField("content_language"),
        APIField("picture", serializer=PictureField()),
    ]

    show_in_menus_default = False
    # Whether readers look for one part of it: a table of its contents comes first.
    is_long_read = False
    # Whether it was found at an address, to be read there.
    is_served = False
    # Whoever has signed in is everybody of every city.
    private_page_options = ["groups"]

    class Meta:
        abstract = True

    @classmethod
    def to_be_read(cls) -> EditorialQuerySet:
        """Such pages with all that showing one takes, so that it asks for nothing."""
        return cls.objects.select_related(*NEEDED_TO_SHOW).annotate(
            picture_cut=PictureRendition.of(OuterRef("picture"))
        )

    @classmethod
    def found(cls, key: int) -> "EditorialPage":
        """The page that was found at an address, to be read there."""
        page = cls.to_be_read().get(pk=key)
        page.is_served = True
        if page.picture:
            page.picture.cut = page.picture_cut
        return page

    @cached_property
    def remembered(self) -> dict:
        """What a revision keeps beside the page itself, and no reader sees."""
        return {}

    @property
    def full_title(self) -> str:
        """What it is called where nothing around it says whose it is: in a window."""
        return self.seo_title or self.title

    @property
    def in_short(self) -> str:
        """What it is about, for those who have not opened it yet."""
        introduction = plain(getattr(self, "introduction", ""))
        return self.search_description or introduction or self.summary

    @cached_property
    def content_language(self) -> str:
        """The code of the language that the page is really written in.

        A page that nobody has translated yet is shown under `/en/` as it is in French.
        """
        source = self.alias_of if self.alias_of_id else self
        return source.locale.language_code

    @cached_property
    def surroundings(self) -> list[Page]:
        """All that stands around this page, in the order of the tree.

        Breadcrumb, menu and language switch come from here: one query for all three.
        Each hook `tell_more_of_pages` takes this query and may add to it.
        """
        around = self.known_pages().filter(self.around(), depth__gte=HOME_DEPTH)
        for tell_more in hooks.get_hooks("tell_more_of_pages"):
            around = tell_more(around)
        return list(around.select_related("locale").order_by("path"))

    def around(self) -> Q:
        """What stands around it: what is above, the parts of the site, its versions."""
        above = Q(path__in=self.ancestor_paths)
        parts = Q(path__startswith=self.path[:HOME_PATH_LENGTH], depth=HOME_DEPTH + 1)
        return above | parts | Q(translation_key=self.translation_key)

    def known_pages(self) -> EditorialQuerySet:
        """The public pages, with what a page of this kind asks of those around it."""
        return EditorialQuerySet(Page).live().open_to_all().with_language()

    @property
    def ancestor_paths(self) -> list[str]:
        steps = range(Page.steplen, len(self.path), Page.steplen)
        return [self.path[:end] for end in steps]

    def permissions_for_user(self, user):
        return EditorialPagePermissionTester(user, self)

    def serializable_data(self):
        kept = {REMEMBERED: self.remembered} if self.remembered else {}
        return super().serializable_data() | kept

    def with_content_json(self, content):
        page = super().with_content_json(content)
        page.remembered = dict(content.get(REMEMBERED, {}))
        return page

    def publish(self, revision, *args, **kwargs):
        for ask in hooks.get_hooks("ask_before_publishing"):
            ask(self, revision)
        with transaction.atomic():
            # A translation stood as an alias till now, for readers to find something.
            if self.alias_of_id:
                Page.objects.filter(pk=self.pk).update(alias_of=None)
                self.refresh_from_db(fields=["alias_of"])
            return super().publish(revision, *args, **kwargs)

    def update_aliases(self, **kwargs):
        # Wagtail publishes the copies at once of a page that is planned for later.
        if self.live or self.alias_of_id:
            super().update_aliases(**kwargs)

    def copy_all_child_relations(self, target, *args, **kwargs):
        # Wagtail tells of a copy, and not what it is a copy of.
        target.copied_from = self
        return super().copy_all_child_relations(target, *args, **kwargs)

    def get_admin_display_title(self):
        # What a public page may be called one day is for those who work on it.
        if self.live and not may_read_draft(self):
            return self.title
        return super().get_admin_display_title()

    def get_view_restrictions(self):
        # What stands around it is asked for anyway, and knows what is public.
        if self.is_served and self.pk in {page.pk for page in self.versions}:
            return PageViewRestriction.objects.none()
        # Wagtail 8.0's own asks once more for each alias above the page, and leaves
        # out what is above the source of an alias: its copy under `/en/` stayed open.
        return PageViewRestriction.objects.filter(
            Exists(
                Page.objects.filter(path__in=[*self.ancestor_paths, self.path]).filter(
                    Q(StartsWith(F("path"), OuterRef("page__path")))
                    | Q(StartsWith(F("alias_of__path"), OuterRef("page__path")))
                )
            )
        )

    @property
    def ancestors(self) -> list[Page]:
        """The pages above this one that anyone may read, from the home page down."""
        return [page for page in self.surroundings if page.path in self.ancestor_paths]

    @property
    def parts(self) -> list[Page]:
        """The pages right below the home page, that menu and foot are made of."""
        home = self.path[:HOME_PATH_LENGTH]
        return [
            page
            for page in self.surroundings
            if page.depth == HOME_DEPTH + 1 and page.path.startswith(home)
        ]

    @property
    def versions(self) -> list[Page]:
        """This page in each language in which anyone may read it, itself included."""
        key = self.translation_key
        return [page for page in self.surroundings if page.translation_key == key]


def follow_source(*names: str) -> list[SynchronizedField]:
    """Fields that a translation always has from its source.

    wagtail-localize leaves many-to-many links alone unless told so.
    """
    return [SynchronizedField(name, overridable=False) for name in names]


class Licensed(models.Model):
    """A page whose text others may use, under a licence."""

    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=Licence,
        default=Licence.CC_BY_SA,
        help_text=_("What others may do with this text. CC BY-SA suits most pages."),
    )

    class Meta:
        abstract = True

    @property
    def licence_address(self) -> str:
        """Where the licence can be read in full, if it can."""
        return Licence(self.licence).address if self.licence else ""


class Illustrative(models.Model):
    """A page that may be an invented example, and then says so."""

    illustrative = models.BooleanField(
        _("illustrative"),
        default=False,
        help_text=_("Tick it if this is an invented example. Readers are told."),
    )

    class Meta:
        abstract = True


class IndexPage(EditorialPage):
    """A page that introduces and lists the pages below it."""

    introduction = RichTextField(
        _("introduction"),
        blank=True,
        help_text=_(
            "What is found below, in a few sentences. It may stay empty. For "
            "example: “What our teams tried, the latest first.”"
        ),
    )

    content_panels = [*EditorialPage.content_panels, "introduction"]
    edit_handler = tabs((_("Content"), content_panels))
    search_fields = [*EditorialPage.search_fields, index.SearchField("introduction")]
    api_fields = [*EditorialPage.api_fields, APIField("introduction")]

    class Meta:
        abstract = True

    # The kind of page it lists, as "app.Model"; named by each index.
    entry_type: str

    def entries(self):
        """The pages to list, in the order of a table of contents."""
        entries = apps.get_model(self.entry_type).objects.listed(self.locale)
        return entries.child_of(self).by_title()

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | self.listing(request)

    def listing(self, request) -> dict:
        """What is shown of the list, and how it was asked for."""
        entries = self.entries()
        page = page_of(entries.values("pk"), request)
        page.object_list = entries.filter(found_by(page.object_list))
        return {"entries": page}


def plain(text: str) -> str:
    """The beginning of a rich text, without its marks."""
    words = unescape(strip_tags(text.replace("</p>", " "))).split()
    return Truncator(" ".join(words)).chars(IN_SHORT)


def page_of(entries, request) -> PageOfResults:
    """The part of `entries` that the address asks for, or the nearest one."""
    return Paginator(entries, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))


class TopicQuerySet(models.QuerySet):
    def listed(self, locale):
        """The topics anyone may see in `locale`, in alphabetical order.

        One that nobody translated is there in its own language, as pages are.
        """
        translated = Topic.objects.filter(
            translation_key=OuterRef("translation_key"), locale=locale, live=True
        )
        shown = Q(locale=locale) | ~Exists(translated)
        topics = self.filter(shown, live=True).order_by(alphabetical("name"))
        return topics.annotate(content_language=F("locale__language_code"))


class Topic(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    models.Model,
):
    """A field of public action that cases and resources are about."""

    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("For example: “Energy renovation”. The whole network shares it."),
    )

    slug = models.SlugField(
        _("short name"),
        max_length=80,
        help_text=_("As it stands in addresses. For example: “energy-renovation”."),
    )

    objects = TopicQuerySet.as_manager()

    panels = ["name", "slug"]
    override_translatable_fields = follow_source("slug")
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale"),
        index.FilterField("live"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "slug"], name="one_topic_per_language_and_short_name"
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        # No form asks for the language, so that none would check the constraint.
        others = Topic.objects.filter(locale=self.locale_id).exclude(pk=self.pk)
        if others.filter(slug=self.slug).exists():
            taken = _("Another topic has this short name. Choose another one.")
            raise ValidationError({"slug": taken})

    def get_preview_template(self, request, mode_name):
        return "core/topic_preview.html"
