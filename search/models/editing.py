"""What the network team says about what people look for."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Page

from ..words import words_of

LONGEST = 120


def says_something(text: str) -> bool:
    return any(
        not word.is_common
        for code, _name in settings.LANGUAGES
        for word in words_of(text, code)
    )


def refuse_empty(**texts: str) -> None:
    """Refuse what has no word that could be looked for."""
    empty = [name for name, text in texts.items() if not says_something(text)]
    if empty:
        message = _("Write at least one word that means something by itself.")
        raise ValidationError(dict.fromkeys(empty, message))


class Synonym(models.Model):
    """Two ways to say the same, that the glossary does not pair."""

    words = models.CharField(
        _("words"),
        max_length=LONGEST,
        help_text=_("What people type. For example: “front desk”."),
    )
    meaning = models.CharField(
        _("are found as"),
        max_length=LONGEST,
        help_text=_("What our pages say. For example: “reception”."),
    )
    both_ways = models.BooleanField(
        _("both ways"),
        default=True,
        help_text=_("Ticked: whoever looks for the second also finds the first."),
    )

    panels = ["words", "meaning", "both_ways"]

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["words", "meaning"]
        constraints = [
            models.UniqueConstraint(
                fields=["words", "meaning"], name="one_synonym_per_pair"
            )
        ]

    def __str__(self):
        return f"{self.words} {'↔' if self.both_ways else '→'} {self.meaning}"

    def clean(self):
        super().clean()
        refuse_empty(words=self.words, meaning=self.meaning)


class Promotion(models.Model):
    """A page to show first to whoever looks for certain words."""

    words = models.CharField(
        _("words"),
        max_length=LONGEST,
        help_text=_("What people type, in either language. For example: “open a lab”."),
    )
    page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Shown first, in the reader’s language, as long as it is public."),
    )

    panels = ["words", PageChooserPanel("page")]

    class Meta:
        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ["words", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["words", "page"], name="one_promotion_per_words_and_page"
            )
        ]

    def __str__(self):
        return f"{self.words} → {self.page}"

    def clean(self):
        super().clean()
        refuse_empty(words=self.words)
