from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class FileText(models.Model):
    """What a file says, read once, so that it can be found."""

    class State(models.TextChoices):
        READ = "read", _("read")
        CUT = "cut", _("read in part: it is very long")
        EMPTY = "empty", _("no text in it: perhaps it was scanned")
        LOCKED = "locked", _("locked with a password")
        BROKEN = "broken", _("could not be read")

    document = models.OneToOneField(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        on_delete=models.CASCADE,
        related_name="file_text",
    )
    # Of the file that was read: a new one is read anew.
    file_hash = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State)
    text = models.TextField(_("text"), blank=True)
    read_at = models.DateTimeField(_("read on"), auto_now=True)

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self):
        return str(self.document)
