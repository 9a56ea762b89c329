"""The history of a page: who did what, in which language, all versions together."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.history import ActionColumn
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.log_actions import LogFormatter
from wagtail.models import Locale, Page, PageLogEntry

from .retraction import RESTORE, RETRACT

TRANSLATE = "network.translate"


class LanguageColumn(Column):
    """In which language something was done."""

    def get_value(self, instance):
        return instance.page.locale.get_display_name()


class OwnActionsColumn(ActionColumn):
    """Wagtail's column, which offers the revisions of this version alone."""

    def get_status(self, instance, parent_context):
        if instance.page_id != self.object.pk:
            return None
        return super().get_status(instance, parent_context)

    def get_actions(self, instance, parent_context):
        if instance.page_id != self.object.pk:
            return []
        return super().get_actions(instance, parent_context)


class HistoryView(PageHistoryView):
    """Wagtail's history, with what was done to the same page in other languages.

    Where no person stands beside an entry, Wagtail says that the system did it.
    """

    @property
    def columns(self):
        what, who, when = super().columns
        own = OwnActionsColumn(
            "message",
            label=what.label,
            object=self.object,
            url_names=what.url_names,
            user_can_unschedule=what.user_can_unschedule,
        )
        return [own, LanguageColumn("language", label=_("Language")), who, when]

    def get_base_queryset(self):
        versions = Page.objects.filter(translation_key=self.object.translation_key)
        entries = PageLogEntry.objects.filter(page__in=versions.values("pk"))
        return self._annotate_queryset(entries.latest_by_uuid_and_action())

    def _annotate_queryset(self, queryset):
        return super()._annotate_queryset(queryset).select_related("page__locale")


# --- What happens here and not in every Wagtail ----------------------------


class WithReason(LogFormatter):
    """What was decided, with its reason and the languages that it changed."""

    def format_message(self, log_entry):
        names = languages(log_entry.data.get("languages", []))
        return f"{self.label} ({names})"

    def format_comment(self, log_entry):
        return log_entry.data.get("reason", "")


class Retracted(WithReason):
    label = _("Retracted everywhere")


class Restored(WithReason):
    label = _("Restored as it was")


class Translated(LogFormatter):
    label = _("Translated")
    message = _("Translation saved as a draft")


def languages(codes: list[str]) -> str:
    known = Locale.objects.filter(language_code__in=codes)
    return ", ".join(sorted(str(locale.get_display_name()) for locale in known))


def register(actions) -> None:
    """Say in words what these log entries mean."""
    actions.register_action(RETRACT)(Retracted)
    actions.register_action(RESTORE)(Restored)
    actions.register_action(TRANSLATE)(Translated)
