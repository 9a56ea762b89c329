from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

# How long to wait after each try that failed; after the last, somebody must look.
PATIENCE = [
    *(timedelta(minutes=minutes) for minutes in (1, 5, 30)),
    *(timedelta(hours=hours) for hours in (2, 6, 24)),
]
KEPT = timedelta(days=30)


class MailQuerySet(models.QuerySet):
    def unsent(self):
        return self.filter(sent_at=None, dropped_at=None)

    def due(self):
        """What is to be sent now, the oldest first."""
        return (
            self.unsent()
            .filter(in_digest=False, given_up=False, not_before__lte=timezone.now())
            .order_by("pk")
        )

    def failed(self):
        """What could not be sent yet, or not at all."""
        return self.unsent().filter(attempts__gt=0)

    def trouble_first(self):
        """The mails that could not be sent, then all others, the latest first."""
        trouble = models.When(sent_at=None, dropped_at=None, attempts__gt=0, then=0)
        return self.order_by(models.Case(trouble, default=1), "-pk")

    def old(self):
        before = timezone.now() - KEPT
        return self.filter(
            models.Q(sent_at__lt=before) | models.Q(dropped_at__lt=before)
        )


class Mail(models.Model):
    """A message to somebody, kept until a mail server has taken it."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="mails",
        verbose_name=_("to"),
    )
    # Who may no longer work on the page, or approve it, is told nothing more of it.
    page = models.ForeignKey(
        Page,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page"),
    )
    to_approve = models.BooleanField(_("asks for an approval"), default=False)
    digest = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("daily mail"),
    )
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"))
    html = models.TextField("HTML")
    in_digest = models.BooleanField(_("waits for the daily mail"), default=False)
    created = models.DateTimeField(_("written"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)
    not_before = models.DateTimeField(_("next try"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    given_up = models.BooleanField(_("given up"), default=False)
    last_error = models.TextField(_("what went wrong"), blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=models.Q(sent_at=None),
                name="mails_to_send",
            )
        ]

    def __str__(self):
        return self.subject

    def as_message(self) -> EmailMultiAlternatives:
        """What the mail server gets, said to come from a machine."""
        message = EmailMultiAlternatives(
            self.subject,
            self.text,
            to=[self.recipient.email],
            headers={
                "Auto-Submitted": "auto-generated",
                "Content-Language": self.language,
            },
        )
        message.attach_alternative(self.html, "text/html")
        return message

    def drop(self) -> None:
        """Send it never. What else was in a daily mail waits for the next one."""
        self.dropped_at = timezone.now()
        self.save()
        self.parts.update(sent_at=None, digest=None)

    def note_success(self) -> None:
        self.sent_at = timezone.now()
        self.attempts += 1
        self.last_error = ""
        self.save()

    def note_failure(self, error: Exception) -> None:
        """Remember what went wrong, and when to try again."""
        self.last_error = f"{type(error).__name__}: {error}"
        self.given_up = self.attempts >= len(PATIENCE)
        if not self.given_up:
            self.not_before = timezone.now() + PATIENCE[self.attempts]
        self.attempts += 1
        self.save()

    def start_again(self) -> None:
        """Have it tried at once, as if it were new."""
        self.attempts, self.given_up = 0, False
        self.not_before = timezone.now()
        self.save()


class MailChoice(models.Model):
    """How often somebody wants to be told."""

    class Often(models.TextChoices):
        AT_ONCE = "at_once", _("At once, a mail each time")
        DAILY = "daily", _("Once a day, all in one mail")
        NEVER = "never", _("Never: I look at my desk")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="mail_choice",
    )
    often = models.CharField(
        _("mails about pages"),
        max_length=20,
        choices=Often,
        default=Often.AT_ONCE,
        help_text=_(
            "When a page is submitted, approved, sent back to you or commented on."
        ),
    )

    class Meta:
        verbose_name = _("choice of mails")
        verbose_name_plural = _("choices of mails")

    def __str__(self):
        return self.get_often_display()
