from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Collection, Locale


class Role(models.Model):
    """What the people of a group do, and for whom: one city, or the whole network."""

    class Kind(models.TextChoices):
        EDITOR = "editor", _("Editor")
        MANAGER = "manager", pgettext_lazy("role", "Manager")
        TRANSLATOR = "translator", _("Translator")
        MODERATOR = "moderator", _("Moderator")
        TEAM = "team", _("Network team")

    group = models.OneToOneField(
        Group, on_delete=models.CASCADE, related_name="role", verbose_name=_("group")
    )
    kind = models.CharField(_("role"), max_length=20, choices=Kind)
    # The translation key of the city's page, whatever its language.
    branch = models.UUIDField(_("city or region"), null=True, blank=True)
    language = models.ForeignKey(
        Locale,
        verbose_name=_("language"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    collection = models.ForeignKey(
        Collection,
        verbose_name=_("collection"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "branch", "language"],
                nulls_distinct=False,
                name="one_group_per_role",
            )
        ]

    def __str__(self):
        return self.group.name
