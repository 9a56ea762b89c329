"""A page to read, and to decide upon."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from network.access.roles import may_approve
from network.core.remembered import is_minor

from . import review
from .branches import Branches
from .changes import changes
from .checks import checks_of, questions
from .models.approval import CannotBePublic, NotWaiting
from .models.retraction import why_retracted
from .pictures import pictures_compared

DECISIONS = {"approve": review.approve, "send_back": review.send_back}


class DecisionForm(forms.Form):
    """What somebody looked at, what they decide and why."""

    state = forms.IntegerField(widget=forms.HiddenInput)
    checked = forms.MultipleChoiceField(
        label=gettext_lazy("What you looked at"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    comment = forms.CharField(
        label=gettext_lazy("Your comment"),
        help_text=gettext_lazy(
            "Those who wrote the page get it by mail, and see it on their desk. "
            "It is needed to ask for changes."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def __init__(self, *args, checks, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(check.name, check.question) for check in checks]
        self.fields["checked"].choices = choices  # type: ignore[attr-defined]

    def clean(self):
        cleaned = super().clean()
        if "send_back" in self.data and not (cleaned or {}).get("comment"):
            self.add_error("comment", _("Say what is to be changed."))
        return cleaned


class ReviewView(WagtailAdminTemplateMixin, TemplateView):
    """A page that waits: what it changes, what to look at, and the decision."""

    template_name = "moderation/review.html"
    header_icon = "clipboard-list"

    def setup(self, request, *args, page_id, **kwargs):
        super().setup(request, *args, **kwargs)
        # Whether a number is another city's page or nothing at all: the same answer.
        self.page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
        if not self.may_decide and not self.may_write:
            raise Http404

    @cached_property
    def may_decide(self) -> bool:
        return may_approve(self.request.user)

    @cached_property
    def may_write(self) -> bool:
        return self.page.permissions_for_user(self.request.user).can_edit()

    @cached_property
    def state(self):
        return review.waiting_state(self.page)

    @cached_property
    def submission(self):
        return review.last_submission(self.page)

    @cached_property
    def revision(self):
        return self.state.revision if self.state else self.page.latest_revision

    @cached_property
    def draft(self) -> Page:
        """The page as it was submitted, or else as it would be now."""
        return self.revision.as_object() if self.state else review.draft_of(self.page)

    @cached_property
    def checks(self) -> list:
        return checks_of(self.draft)

    @cached_property
    def actions(self) -> set[str]:
        if not self.state or not self.may_decide:
            return set()
        return review.actions_for(self.state, self.request.user)

    def get_page_title(self):
        return self.draft.title

    def get_breadcrumbs_items(self):
        items = [*self.breadcrumbs_items]
        if self.may_decide:
            queue = reverse("moderation_queue")
            items.append({"url": queue, "label": _("To read")})
        return [*items, {"url": "", "label": _("Review")}]

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.new_form())
        before = self.page if self.page.live else None
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "is_new": before is None,
            "city": Branches().name_above(self.page),
            "draft": self.draft,
            "state": self.state,
            "submission": self.submission,
            "revision": self.revision,
            "changes": changes(before, self.draft),
            "pictures": pictures_compared(before, self.draft),
            "checks": self.with_boxes(kwargs["form"]),
            "last_decision": review.last_decision(self.submission),
            "questions_checked": self.questions_checked,
            "actions": self.actions,
            "is_minor": is_minor(self.draft.remembered, self.page.live_revision_id),
            "later_draft": self.later_draft,
            "original": self.original,
            "why_retracted": why_retracted(self.page),
            "may_submit": review.may_submit(self.page, self.request.user),
            "may_take_back": self.may_take_back,
        }

    def new_form(self) -> DecisionForm:
        state = self.state.pk if self.state else None
        return DecisionForm(initial={"state": state}, checks=self.checks)

    def with_boxes(self, form: DecisionForm) -> list[tuple]:
        """Each check with the box to tick."""
        return list(zip(self.checks, form["checked"], strict=True))

    @property
    def questions_checked(self) -> list[str]:
        """What was looked at, once it is decided."""
        return questions(self.submission.checked) if self.submission else []

    @property
    def later_draft(self):
        """What was written since; it does not become public with this."""
        latest = self.page.latest_revision
        return latest if self.state and latest != self.state.revision else None

    @property
    def original(self) -> Page | None:
        """What this page is a translation of, to compare both."""
        translation = review.translation_of(self.page)
        if translation is None:
            return None
        source = translation.source.locale_id
        return self.page.get_translations().filter(locale=source).first()

    @property
    def may_take_back(self) -> bool:
        workflow = self.state and self.state.workflow_state
        return bool(workflow and workflow.user_can_cancel(self.request.user))

    # --- What is decided ---

    def post(self, request, **kwargs):
        form = DecisionForm(request.POST, checks=self.checks)
        decision = next((name for name in DECISIONS if name in request.POST), None)
        try:
            if decision:
                return self.decide(form, decision)
            return self.do_something_else()
        except review.NotReady as missing:
            messages.error(request, str(missing))
            return redirect(request.path)
        except CannotBePublic as reason:
            messages.error(request, str(reason))
            # As it was before: nothing is decided, and nothing typed is lost.
            del self.state
            return self.render_to_response(self.get_context_data(form=form))
        except NotWaiting:
            messages.warning(request, review.what_happened(self.page))
            return redirect(self.way_out)

    def decide(self, form: DecisionForm, decision: str):
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        # What they read is what they decide upon, and not what was submitted since.
        if self.state is None or form.cleaned_data["state"] != self.state.pk:
            raise NotWaiting
        chosen = form.cleaned_data
        DECISIONS[decision](
            self.state, self.request.user, chosen["comment"], chosen["checked"]
        )
        said = {
            "approve": _("“%(title)s” is approved."),
            "send_back": _("“%(title)s” is sent back, with your comment."),
        }
        return self.leave(said[decision])

    def do_something_else(self):
        """What is done in one click, and decides nothing."""
        user = self.request.user
        if "submit" in self.request.POST:
            review.submit(self.page, user)
            return self.leave(_("“%(title)s” now waits for approval."))
        if self.state is None:
            raise NotWaiting
        if "take_back" in self.request.POST:
            review.take_back(self.state, user)
            return self.leave(_("“%(title)s” no longer waits: you can go on writing."))
        if "read_latest" in self.request.POST and self.may_decide:
            review.read_latest(self.state, user)
            return redirect(self.request.path)
        raise PermissionDenied

    def leave(self, message: str):
        messages.success(self.request, message % {"title": self.draft.title})
        return redirect(self.way_out)

    @property
    def way_out(self) -> str:
        return reverse("moderation_queue" if self.may_decide else "wagtailadmin_home")
