"""The history of a page: who did what, in which language, all versions together."""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.history import ActionColumn
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.log_actions import LogFormatter
from wagtail.models import Locale, Page, PageLogEntry

from .retraction import RESTORE, RETRACT

TRANSLATE = "network.translate"
MIRRORED = "wagtail.create_alias"
# What is done to all versions of a page, with one reason.
EVERYWHERE = [RETRACT, RESTORE]


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
        return self._annotate_queryset(one_for_each_deed(entries))

    def _annotate_queryset(self, queryset):
        return super()._annotate_queryset(queryset).select_related("page__locale")


def one_for_each_deed(entries):
    """One entry for what a request did several times, or to all versions at once.

    Wagtail's own takes all pages together: of a page and of its alias, made at once, it
    would say that one was created, and perhaps the wrong one.
    """
    same = PageLogEntry.objects.filter(uuid=OuterRef("uuid"), action=OuterRef("action"))
    of_page = same.filter(page=OuterRef("page"))
    mirrored = PageLogEntry.objects.filter(
        uuid=OuterRef("uuid"), page=OuterRef("page"), action=MIRRORED
    )
    once = Q(action__in=EVERYWHERE) & Q(pk=latest(same))
    by_page = ~Q(action__in=EVERYWHERE) & Q(pk=latest(of_page))
    made_by_mirroring = Q(action="wagtail.create") & Exists(mirrored)
    return entries.filter(Q(uuid=None) | once | by_page).exclude(made_by_mirroring)


def latest(entries) -> Subquery:
    return Subquery(entries.order_by("-timestamp", "-pk").values("pk")[:1])


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


class Decided(LogFormatter):
    """A step on the way to approval, with what was said."""

    def format_comment(self, log_entry):
        return log_entry.data.get("comment", "")


class Submitted(Decided):
    label = message = _("Submitted for approval")


class Approved(Decided):
    label = message = _("Approved")


class SentBack(Decided):
    label = message = _("Sent back: changes were asked for")


class SubmittedAgain(Decided):
    label = message = _("Submitted for approval again")


class TakenBack(Decided):
    label = message = _("Taken back by those who write it")


class Mirrored(LogFormatter):
    label = message = _("Shown in its original language")


def languages(codes: list[str]) -> str:
    known = Locale.objects.filter(language_code__in=codes)
    return ", ".join(sorted(str(locale.get_display_name()) for locale in known))


# Wagtail says these of a workflow, by its name and in one language.
IN_OUR_WORDS = {
    "wagtail.workflow.start": Submitted,
    "wagtail.workflow.approve": Approved,
    "wagtail.workflow.reject": SentBack,
    "wagtail.workflow.resume": SubmittedAgain,
    "wagtail.workflow.cancel": TakenBack,
    MIRRORED: Mirrored,
}


def register(actions) -> None:
    """Say in words what these log entries mean."""
    actions.register_action(RETRACT)(Retracted)
    actions.register_action(RESTORE)(Restored)
    actions.register_action(TRANSLATE)(Translated)
    for action, formatter in IN_OUR_WORDS.items():
        actions.register_action(action)(formatter)
