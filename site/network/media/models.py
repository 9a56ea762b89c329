from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, ImageQuerySet
from wagtail.search import index


class Licence(models.TextChoices):
    """What a reader may do with something found here."""

    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC0 = "cc0-1.0", "CC0 1.0"
    OPEN_LICENCE = "etalab-2.0", _("Open Licence 2.0")
    RESERVED = "reserved", _("All rights reserved")

    @property
    def address(self) -> str:
        """Where the licence can be read in full; empty when all rights are reserved."""
        return LICENCE_ADDRESSES.get(self, "")


LICENCE_ADDRESSES = {
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.OPEN_LICENCE: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}


class Words(models.TextChoices):
    """In which language something here was written."""

    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")


class Credited(models.Model):
    """Something that somebody made, and what others may do with it."""

    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Who made it. For example: “City of Metz, communication unit”."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=Licence,
        default=Licence.CC_BY_SA,
        help_text=_("What readers may do with it. When in doubt, ask whoever made it."),
    )
    # They are shown as they are on the pages of all languages.
    language = models.CharField(
        _("language of these words"),
        max_length=10,
        choices=Words,
        default=Words.FRENCH,
        blank=True,
        help_text=_(
            "In which language its credit is written, and the title of a document. "
            "Leave it empty if they are names, the same in all languages."
        ),
    )

    class Meta:
        abstract = True


def but_tags(fields: list) -> list:
    """What is searched of pictures and documents that all may choose.

    Their tags are their city's own; who may know them filters by them.
    """
    return [field for field in fields if field.field_name != "tags"]


class PictureQuerySet(ImageQuerySet):
    """Pictures, and what was cut of them."""

    def in_bulk(self, *args, **kwargs):
        """By their number, as the blocks of a page ask for them: to be shown."""
        shown = self.annotate(cut=PictureRendition.of(OuterRef("pk")))
        return super(PictureQuerySet, shown).in_bulk(*args, **kwargs)


class Picture(Credited, AbstractImage):
    """A picture, what it shows in both languages, and whether we may show it."""

    # Wagtail's own two, which say nothing of what to write.
    title = models.CharField(
        _("title"),
        max_length=255,
        help_text=_(
            "How your colleagues will find it; readers do not see it. For example: "
            "“Metz, sorting cards at the library”."
        ),
    )
    description = models.CharField(
        _("description in French"),
        max_length=255,
        blank=True,
        default="",
        help_text=_(
            "What it shows, for those who cannot see it, in French. For example: “Six "
            "personnes trient des cartes sur une table”."
        ),
    )
    description_en = models.CharField(
        _("description in English"),
        max_length=255,
        blank=True,
        help_text=_(
            "The same in English. For example: “Six people sort paper cards on a "
            "table”. Readers of the English pages hear it."
        ),
    )
    shows_people = models.BooleanField(
        _("people can be recognised"),
        default=False,
        help_text=_("Tick it if somebody could recognise a person in this picture."),
    )
    consent_given = models.BooleanField(
        _("they agreed in writing"),
        default=False,
        help_text=_("Keep their agreements in your own files, not on this site."),
    )
    consent_until = models.DateField(
        _("they agreed until"),
        null=True,
        blank=True,
        help_text=_(
            "After this day the picture is no longer shown. Empty: no end was agreed."
        ),
    )

    objects = PictureQuerySet.as_manager()

    admin_form_fields = (
        "title",
        "file",
        "description",
        "description_en",
        "credit",
        "licence",
        "language",
        "shows_people",
        "consent_given",
        "consent_until",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields = [
        *but_tags(AbstractImage.search_fields),
        index.SearchField("description_en"),
        index.SearchField("credit"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @cached_property
    def prefetched_renditions(self) -> "list[PictureRendition] | None":
        """What was cut of it, if that was read along with it: Wagtail looks here."""
        rows = getattr(self, "cut", None)
        if rows is None:
            return None
        return [PictureRendition(image=self, **row) for row in rows]

    def clean(self):
        super().clean()
        if self.consent_until and not self.consent_given:
            raise ValidationError(
                {"consent_given": _("Tick this box too, or remove the date below.")}
            )

    @property
    def default_alt_text(self) -> str:
        """What the picture shows, in the reader's language if somebody wrote it."""
        return self.best_description[1]

    @property
    def alt_language(self) -> str:
        """The language that this is in."""
        return self.best_description[0]

    @property
    def best_description(self) -> tuple[str, str]:
        both = [("fr", self.description), ("en", self.description_en)]
        if get_language() == "en":
            both.reverse()
        return next((one for one in both if one[1]), ("", ""))

    @property
    def may_be_shown(self) -> bool:
        """Whether everybody in the picture agrees, today, that it be shown."""
        if not self.shows_people:
            return True
        ended = self.consent_until and self.consent_until < timezone.localdate()
        return self.consent_given and not ended


class PictureRendition(AbstractRendition):
    """A picture cut and compressed for one place on the site."""

    image = models.ForeignKey(
        Picture, on_delete=models.CASCADE, related_name="renditions"
    )

    @classmethod
    def of(cls, picture: OuterRef) -> ArraySubquery:
        """All that was cut of a picture, as a column of what shows it."""
        names = [field.name for field in cls._meta.concrete_fields]
        names.remove("image")
        rows = cls.objects.filter(image=picture).order_by("pk")
        return ArraySubquery(
            rows.values(row=JSONObject(**{name: name for name in names}))
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_rendition_per_picture_and_filter",
            )
        ]


class Document(Credited, AbstractDocument):
    """A file that readers may download."""

    # Wagtail's own, which says nothing of what to write.
    title = models.CharField(
        _("title"),
        max_length=255,
        help_text=_(
            "The name that readers will follow. For example: “The one-page template”."
        ),
    )
    # The same two as Wagtail's own document has, which keeps its reverse names.
    tags = TaggableManager(
        verbose_name=_("tags"), blank=True, help_text=None, related_name="files"
    )
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by user"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    admin_form_fields = (
        *("title", "file", "credit", "licence", "language", "collection", "tags"),
    )
    search_fields = but_tags(AbstractDocument.search_fields)

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
