from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page


class PublicText(models.Model):
    """What a page says in public, in its language; of a translation, what it is of.

    One row for each page that is, or was, public by itself: an alias has none. It is
    written whenever the page is published, by `public_texts.note`, and stays when the
    page goes offline, to be right when it comes back: ask `page.live` as well.
    """

    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, related_name="public_text"
    )
    # {path: [sentence in HTML, …]}, as wagtail-localize extracts it.
    texts = models.JSONField(_("what it says"), default=dict)
    # The revision that made it public, if one did.
    revision_key = models.BigIntegerField(null=True)
    # A digest of what is not text, and of all.
    facts = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    words = models.PositiveIntegerField(_("words"), default=0)

    # Of a source: when it last came to say something else, and what it said before
    # minor edits, by path, each of which a translation may still be made from.
    changed_at = models.DateTimeField(_("changed on"), null=True)
    minor_edits = models.JSONField(_("before minor edits"), default=dict)

    # Of a translation alone, or null: the sentences of the source that it says, by
    # path; {} if nobody knows. What was not translated is not in it.
    made_from = models.JSONField(_("made from"), null=True)
    made_from_facts = models.CharField(max_length=64, blank=True)
    # Since when its public source says something else, and in how many words.
    outdated_since = models.DateTimeField(_("outdated since"), null=True)
    words_outdated = models.PositiveIntegerField(_("words outdated"), default=0)
    # Whether it holds what a machine wrote and nobody has read yet.
    machine = models.BooleanField(_("translated by a machine"), default=False)

    class Meta:
        verbose_name = _("public text")
        verbose_name_plural = _("public texts")

    def __str__(self):
        return self.page.title

    @property
    def is_translation(self) -> bool:
        return self.made_from is not None


class BatchQuerySet(models.QuerySet):
    def with_progress(self):
        """Each with how many pages it has, and how many are done."""
        done = ~models.Q(items__result=Result.WAITING)
        return self.annotate(
            total=models.Count("items"), done=models.Count("items", filter=done)
        )


class Batch(models.Model):
    """Many pages that somebody has translated, or brought up to date, at once.

    A job does it, page by page, while nobody waits. It can be run again.
    """

    page = models.ForeignKey(
        Page, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    locale = models.ForeignKey(
        Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now)

    # Told by `with_progress`.
    total: int
    done: int

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch of translations")
        verbose_name_plural = _("batches of translations")
        ordering = ["-started_at", "-pk"]

    def __str__(self):
        return f"{self.page} → {self.locale}"


class Result(models.TextChoices):
    WAITING = "waiting", _("not done yet")
    BEGUN = "begun", _("ready to be translated")
    DRAFTED = "drafted", _("a draft says what is still to be translated")
    SUBMITTED = "submitted", _("brought up to date, and submitted for approval")
    NOTHING = "nothing", _("nothing to do")
    REFUSED = "refused", _("not yours to translate, or locked")
    FAILED = "failed", _("something went wrong")


class BatchItem(models.Model):
    """One page of a batch, and what came of it."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    result = models.CharField(
        _("result"), max_length=20, choices=Result, default=Result.WAITING
    )

    class Meta:
        verbose_name = _("page of a batch")
        verbose_name_plural = _("pages of a batch")
        ordering = ["pk"]

    def __str__(self):
        return str(self.page)
