from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ..public import open_collections


class FileTextQuerySet(models.QuerySet):
    def current(self):
        """Those of files that were not replaced since they were read."""
        return self.filter(file_hash=F("document__file_hash"))

    def open_to_all(self):
        """Those of files that anyone may download."""
        return self.filter(document__collection__in=open_collections())

    def unreadable(self):
        """Those of which nothing could be read."""
        some = [FileText.State.READ, FileText.State.CUT]
        return self.current().exclude(state__in=some)


class FileText(models.Model):
    """What a file says, read once, so that it can be found."""

    class State(models.TextChoices):
        READ = "read", _("read")
        CUT = "cut", _("read in part")
        EMPTY = "empty", _("no text in it")
        LOCKED = "locked", _("locked with a password")
        BROKEN = "broken", _("could not be read")
        BIG = "big", _("too big to be read")

    document = models.OneToOneField(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        on_delete=models.CASCADE,
        related_name="file_text",
    )
    # Of the file that was read: a new one is read anew.
    file_hash = models.CharField(max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State)
    text = models.TextField(_("text"), blank=True)
    read_at = models.DateTimeField(_("read on"), auto_now=True)

    objects = FileTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")
        indexes = [models.Index(fields=["file_hash"], name="file_texts_by_file")]

    def __str__(self):
        return str(self.document)

    @property
    def advice(self) -> str:
        """What to do so that readers find what the file says; empty if they do."""
        return str(ADVICE.get(FileText.State(self.state), ""))


ADVICE = {
    FileText.State.CUT: _(
        "Search finds only a part of what this file says: it is very long, or partly "
        "damaged. Say the most important things on the page itself, too."
    ),
    FileText.State.EMPTY: _(
        "There is no text in this file: it was probably scanned. Have its text "
        "recognised (“OCR”), or export it from the program it was written with, then "
        "upload it again."
    ),
    FileText.State.LOCKED: _(
        "This file is locked with a password: neither search nor readers can open it. "
        "Save it without one, then upload it again."
    ),
    FileText.State.BROKEN: _(
        "This file could not be read: it is damaged, or not what its name says. See if "
        "it opens, save it anew, then upload it again."
    ),
    FileText.State.BIG: _(
        "This file is too big to be read. Make its pictures smaller or cut it in "
        "parts, then upload it again: readers on a phone will be grateful, too."
    ),
}
