from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

REASON_HELP = _(
    "Kept in the history of each page. For example: “A photograph was published "
    "without the consent of those it shows.”"
)


class RetractionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(restored_at=None)


class Retraction(models.Model):
    """What was taken offline in every language at once, and can come back as it was."""

    title = models.CharField(_("page"), max_length=255)
    reason = models.TextField(_("reason"), help_text=REASON_HELP)
    retracted_at = models.DateTimeField(_("retracted on"), default=timezone.now)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("retracted by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    restored_at = models.DateTimeField(_("restored on"), null=True, blank=True)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("restored by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    restored_because = models.TextField(_("reason for restoring"), blank=True)

    objects = RetractionQuerySet.as_manager()

    class Meta:
        verbose_name = _("retraction")
        verbose_name_plural = _("retractions")
        ordering = ["-retracted_at", "-pk"]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.restored_at is None

    @property
    def offline(self) -> models.QuerySet["RetractionItem"]:
        """The pages that it took offline, in the order of the tree."""
        found = self.items.filter(was_live=True).select_related("page__locale")
        return found.order_by("page__path", "pk")


class RetractionItemQuerySet(models.QuerySet):
    def open(self):
        return self.filter(retraction__restored_at=None)

    def around(self, page: Page):
        """Those of this page, and of all pages above it."""
        steps = range(Page.steplen, len(page.path) + 1, Page.steplen)
        return self.filter(page__path__in=[page.path[:end] for end in steps])


class RetractionItem(models.Model):
    """One page of a retraction, and all that it takes to bring it back."""

    retraction = models.ForeignKey(
        Retraction, on_delete=models.CASCADE, related_name="items"
    )
    # A page that is deleted afterwards leaves its address behind: it stays gone.
    page = models.ForeignKey(
        Page, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=255)
    language = models.CharField(max_length=10)
    address = models.CharField(max_length=2048, db_index=True)
    was_live = models.BooleanField()
    had_unpublished_changes = models.BooleanField()
    live_revision = models.ForeignKey(
        Revision, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The page as it was public. Its row takes on what is edited while it is offline.
    content = models.JSONField(encoder=DjangoJSONEncoder)

    objects = RetractionItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("retracted page")
        verbose_name_plural = _("retracted pages")

    def __str__(self):
        return self.title


def why_retracted(page: Page) -> str:
    """Why this page, or one above it, cannot be submitted; nothing if it can."""
    items = RetractionItem.objects.open().around(page)
    item = items.select_related("retraction").order_by("page__path").first()
    if item is None:
        return ""
    return gettext(
        "“%(title)s” was retracted: it can be restored by a moderator, and not be "
        "submitted. The reason: %(reason)s"
    ) % {"title": item.retraction.title, "reason": item.retraction.reason}
