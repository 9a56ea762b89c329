"""The queue: all that waits for approval, in every city and both languages."""

from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Locale

from network.access.roles import may_approve

from .branches import Branches
from .models import Submission

PER_PAGE = 20
SHARED = "shared"


class QueueForm(forms.Form):
    """What to show of the queue."""

    city = forms.ChoiceField(label=_("City or region"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args, branches: Branches, **kwargs):
        super().__init__(*args, **kwargs)
        self.branches = branches
        shared = (SHARED, _("Shared by all"))
        self.offer("city", _("All cities and regions"), [shared, *branches.choices])
        self.offer("language", _("All languages"), languages())
        self.offer("kind", _("All kinds"), kinds())

    def offer(self, name: str, all_of_them: Promise, choices: list) -> None:
        offered = [("", all_of_them), *choices]
        self.fields[name].choices = offered  # type: ignore[attr-defined]

    def narrowed(self, submissions):
        """Of these submissions, those that were asked for."""
        self.is_valid()
        chosen = self.cleaned_data
        if city := chosen.get("city"):
            shared, below = self.branches.elsewhere, self.branches.below
            where = shared("page__") if city == SHARED else below({city}, "page__")
            submissions = submissions.filter(where)
        if language := chosen.get("language"):
            submissions = submissions.filter(page__locale__language_code=language)
        if kind := chosen.get("kind"):
            submissions = submissions.filter(page__content_type__model=kind)
        return submissions


def languages() -> list[tuple[str, str]]:
    return [(locale.language_code, str(locale)) for locale in Locale.objects.all()]


def kinds() -> list[tuple[str, str]]:
    """The kinds of page that wait, under the names that editors know."""
    waiting = Submission.objects.waiting().order_by()
    types = ContentType.objects.filter(pk__in=waiting.values("page__content_type"))
    return sorted((kind.model, capfirst(kind.name)) for kind in types)


class Queue:
    """The part of the queue that an address asks for."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def branches(self) -> Branches:
        return Branches()

    @cached_property
    def form(self) -> QueueForm:
        return QueueForm(self.request.GET, branches=self.branches)

    @cached_property
    def rows(self):
        """A page of submissions, each with the city that it belongs to."""
        submissions = self.form.narrowed(Submission.objects.waiting().with_all())
        rows = Paginator(submissions, PER_PAGE).get_page(self.request.GET.get("p"))
        for submission in rows:
            submission.city = self.branches.name_above(submission.page)
        return rows

    @property
    def is_narrowed(self) -> bool:
        return any(self.form.cleaned_data.values())

    @property
    def context(self) -> dict[str, Any]:
        rows = self.rows
        return {
            "rows": rows,
            "form": self.form,
            "is_narrowed": self.is_narrowed,
            "elided_page_range": rows.paginator.get_elided_page_range(rows.number),
        }


class QueuePanel(Component):
    """The queue on the first screen of those who approve."""

    name = "queue"
    order = 100
    template_name = "moderation/queue_panel.html"

    def get_context_data(self, parent_context):
        return Queue(parent_context["request"]).context | {
            "request": parent_context["request"]
        }


class QueueView(WagtailAdminTemplateMixin, TemplateView):
    """The queue on a screen of its own."""

    template_name = "moderation/queue.html"
    page_title = _("To read")
    header_icon = "clipboard-list"

    def dispatch(self, request, *args, **kwargs):
        if not may_approve(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | Queue(self.request).context
