from django.db import models
from django.utils.translation import gettext_lazy as _


class Question(models.Model):
    """How often something was looked for on a day, and how much was found.

    Nothing here tells who asked.
    """

    day = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=10)
    words = models.CharField(_("words"), max_length=200)
    times = models.PositiveIntegerField(_("times"), default=0)
    # When it was asked last on that day.
    results = models.PositiveIntegerField(_("results"))

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-day", "-times", "words"]
        constraints = [
            # In this order it also finds all days of one question.
            models.UniqueConstraint(
                fields=["words", "language", "day"], name="one_question_per_day"
            )
        ]

    def __str__(self):
        return self.words
