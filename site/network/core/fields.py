"""Fields as our pages declare them: a label, and an example for whoever fills it in."""

from django.db import models
from wagtail.fields import RichTextField, StreamField


def prose(label, help_text) -> RichTextField:
    """A few paragraphs that an editor may leave empty."""
    return RichTextField(label, blank=True, help_text=help_text)


def line(label, help_text, max_length: int = 255) -> models.CharField:
    """A line of text that an editor may leave empty."""
    return models.CharField(
        label, blank=True, max_length=max_length, help_text=help_text
    )


def number(label, help_text) -> models.PositiveIntegerField:
    """A count that may be unknown."""
    return models.PositiveIntegerField(
        label, null=True, blank=True, help_text=help_text
    )


def stream(blocks, label, help_text) -> StreamField:
    """Blocks that an editor may leave empty."""
    return StreamField(blocks, verbose_name=label, blank=True, help_text=help_text)
