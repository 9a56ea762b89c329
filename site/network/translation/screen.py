"""The screen on which a page is translated, saved, submitted and decided upon."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import get_page_header_buttons
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page
from wagtail.models import Page
from wagtail_localize.models import get_edit_url

from network.moderation import review
from network.moderation.gate import may_publish
from network.moderation.models.approval import CannotBePublic
from network.moderation.second_person import needs_second_person, what_to_do

from .answers import Answer, Outcome, answers_in, settle
from .drafts import AlreadyWaitingError, keep_draft, submit
from .machine import MachineError, fill_in, machine_for
from .overrides import Overrides
from .passages import (
    Passage,
    Progress,
    Stand,
    left_in,
    passages_of,
    what_is_left,
)
from .po import BadFile, answers_from
from .rows import Row, removed, sent_back, tabs
from .states import state_of
from .terms import Terms


class TranslationScreen(WagtailAdminTemplateMixin, TemplateView):
    """A source and its translation side by side, in the structure of the page."""

    template_name = "translation/screen.html"
    header_icon = "wagtail-localize-language"
    http_method_names = ["get", "post"]

    # Given by `as_view`, which takes nothing that the class does not know of.
    thing: Any = None
    translation: Any = None

    # --- What is shown ---

    @cached_property
    def passages(self) -> list[Passage]:
        return passages_of(self.translation)

    @cached_property
    def is_page(self) -> bool:
        return isinstance(self.thing, Page)

    @cached_property
    def source(self):
        return self.translation.source.get_source_instance()

    @cached_property
    def lock(self):
        lock = self.thing.get_lock() if hasattr(self.thing, "get_lock") else None
        return lock if lock and lock.for_user(self.request.user) else None

    @cached_property
    def overrides(self) -> Overrides:
        return Overrides(self.translation, self.request.user)

    @cached_property
    def address(self) -> str:
        return get_edit_url(self.thing)

    def get_page_title(self):
        title = next((one.text for one in self.passages if one.path == "title"), "")
        return title or str(self.source)

    def get_breadcrumbs_items(self):
        if not self.is_page:
            return [
                *self.breadcrumbs_items,
                {"url": "", "label": self.get_page_title()},
            ]
        above = get_breadcrumbs_items_for_page(
            self.thing, self.request.user, include_self=False
        )
        return [*above, {"url": "", "label": self.get_page_title()}]

    @property
    def header_more_buttons(self):
        if not self.is_page:
            return []
        return get_page_header_buttons(
            page=self.thing,
            user=self.request.user,
            next_url=self.address,
            view_name="edit",
        )

    def get_context_data(self, typed=None, **kwargs):
        rows = list(self.rows(typed or {}))
        return super().get_context_data(**kwargs) | {
            "kind": capfirst(self.thing._meta.verbose_name),
            "is_page": self.is_page,
            "translation": self.translation,
            "source": self.source,
            "source_language": self.translation.source.locale,
            "language": self.translation.target_locale,
            "lock_message": self.lock.get_message(self.request.user)
            if self.lock
            else "",
            "progress": Progress.of(self.passages),
            "conflicts": [row for row in rows if row.is_conflict],
            "wrong": [row for row in rows if row.passage.stand == Stand.WRONG],
            "changed": [row for row in rows if row.passage.stand == Stand.OUTDATED],
            "left": [row for row in rows if row.passage.is_left],
            "tabs": list(tabs(rows)),
            "overrides": self.overrides.rows,
            "machine": machine_for(self.translation),
            "may_publish": self.may_publish,
            "media": self.overrides.media,
            **self.get_page_context(),
        }

    def get_page_context(self) -> dict:
        if not self.is_page:
            return {}
        state = review.waiting_state(self.thing)
        user = self.request.user
        return {
            "page": self.thing,
            "state": state_of(self.thing),
            "waiting": state,
            "actions": review.actions_for(state, user) if state else set(),
            "may_take_back": bool(state and state.workflow_state.user_can_cancel(user)),
            "removed": list(removed(self.thing)),
            "sent_back": None if state else sent_back(self.thing),
        }

    def rows(self, typed: dict[str, str]) -> Iterator[Row]:
        terms = Terms.between(
            self.translation.source.locale, self.translation.target_locale
        )
        conflicts = self.outcome.conflicts
        for passage in self.passages:
            yield Row(
                passage,
                list(terms.pieces(passage.original)),
                conflicts.get(passage.key, typed.get(passage.key)),
                passage.key in conflicts,
            )

    @property
    def may_publish(self) -> bool:
        rights = self.is_page and self.thing.permissions_for_user(self.request.user)
        return may_publish(self.request.user, self.thing) and (
            not rights or rights.can_publish()
        )

    # --- What is done ---

    outcome = Outcome()

    def post(self, request, **kwargs):
        action = ACTIONS.get(request.POST.get("action", ""))
        if action is None:
            return redirect(self.address)
        try:
            answers = self.answers()
        except BadFile as wrong:
            messages.error(request, str(wrong))
            return redirect(self.address)
        if self.lock:
            return self.refuse_locked(answers)
        self.outcome = settle(self.translation, answers, request.user)
        for refusal in self.overrides.settle(request.POST):
            messages.error(request, refusal)
        if self.outcome.conflicts:
            action = TranslationScreen.show_conflicts
        try:
            return action(self) or redirect(self.address)
        except ValidationError as refused:
            # What was typed is kept; there is no draft of it until this is mended.
            messages.error(request, " ".join(refused.messages))
            return redirect(self.address)

    def answers(self) -> dict[str, Answer]:
        if self.request.POST["action"] != "upload":
            return answers_in(self.request.POST)
        file = self.request.FILES.get("file")
        if file is None:
            raise BadFile(_("Choose a PO file first."))
        return answers_from(file.read(), self.translation)

    def refuse_locked(self, answers: dict[str, Answer]) -> HttpResponse:
        """Say why nothing was saved, with all that was typed still there."""
        messages.error(self.request, self.lock.get_message(self.request.user))
        typed = {key: one.text for key, one in answers.items() if one.is_typed}
        return self.render_to_response(self.get_context_data(typed=typed))

    def show_conflicts(self) -> HttpResponse:
        # As they are now, with what was just chosen.
        self.overrides = Overrides(self.translation, self.request.user)
        count = len(self.outcome.conflicts)
        messages.warning(
            self.request,
            ngettext(
                "Somebody else changed %(count)s passage while you were typing. Both "
                "texts are shown below; all the rest is saved.",
                "Somebody else changed %(count)s passages while you were typing. Both "
                "texts are shown below; all the rest is saved.",
                count,
            )
            % {"count": count},
        )
        return self.render_to_response(self.get_context_data())

    def say(self, message: str) -> None:
        messages.success(self.request, message)

    def save(self):
        keep_draft(self.translation, self.request.user)
        self.say(_("Translation saved."))

    def preview(self):
        name = "wagtail_localize:preview_translation"
        return redirect(reverse(name, args=[self.translation.pk]))

    def upload(self):
        keep_draft(self.translation, self.request.user)
        count = self.outcome.saved
        self.say(
            ngettext(
                "%(count)s passage was taken from the file.",
                "%(count)s passages were taken from the file.",
                count,
            )
            % {"count": count}
        )

    def submit(self):
        if not self.is_page:
            raise PermissionDenied
        if self.is_unfinished():
            return
        try:
            submit(self.translation, self.request.user)
        except review.NotReady as reason:
            keep_draft(self.translation, self.request.user)
            messages.error(self.request, str(reason))
        except AlreadyWaitingError:
            messages.error(
                self.request, _("This translation waits for approval already.")
            )
        else:
            self.say(_("The translation was submitted for approval."))

    def publish(self):
        if not self.may_publish:
            raise PermissionDenied
        if self.is_unfinished():
            return
        revision = keep_draft(self.translation, self.request.user)
        if self.is_page and needs_second_person(revision, self.request.user):
            messages.error(self.request, what_to_do())
            return
        try:
            revision.publish(user=self.request.user)
        except CannotBePublic as reason:
            messages.error(self.request, str(reason))
        else:
            self.say(_("The translation is published."))

    def is_unfinished(self) -> bool:
        """Save what there is, and say what is left to do, if anything is."""
        left = left_in(self.translation)
        if left:
            keep_draft(self.translation, self.request.user)
            messages.error(self.request, what_is_left(left))
        return bool(left)

    def ask_machine(self):
        machine = machine_for(self.translation)
        if machine is None:
            raise PermissionDenied
        try:
            count = fill_in(self.translation, self.request.user)
        except MachineError as failed:
            messages.error(self.request, str(failed))
            return
        self.say(
            ngettext(
                "%(machine)s translated %(count)s passage. Read it, and confirm it.",
                "%(machine)s translated %(count)s passages. Read and confirm each.",
                count,
            )
            % {"machine": machine.display_name, "count": count}
        )


ACTIONS = {
    "save": TranslationScreen.save,
    "preview": TranslationScreen.preview,
    "submit": TranslationScreen.submit,
    "publish": TranslationScreen.publish,
    "machine": TranslationScreen.ask_machine,
    "upload": TranslationScreen.upload,
}
