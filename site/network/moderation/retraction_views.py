"""The screens with which moderators retract pages, and restore them."""

from itertools import groupby

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale, Page

from network.access.roles import may_approve

from .models import Retraction
from .models.retraction import REASON_HELP
from .retraction import (
    CannotRestoreError,
    everywhere,
    may_retract,
    restore,
    retract,
)

WHY = gettext_lazy(
    "Please say why: those who wrote the page, and those who come after you, will read "
    "it in its history."
)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=REASON_HELP,
        error_messages={"required": WHY},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def by_language(things, code_of) -> list[tuple[str, list]]:
    """Pages in the order of the languages: (name of the language, pages)."""
    names = {one.language_code: one.get_display_name() for one in Locale.objects.all()}
    ordered = sorted(things, key=lambda thing: code_of(thing) != "fr")
    grouped = groupby(ordered, key=code_of)
    return [(names.get(code, code), list(group)) for code, group in grouped]


def here(screen: WagtailAdminTemplateMixin) -> dict[str, str]:
    """The last of the breadcrumbs, which is what the head of the screen says."""
    title, about = screen.get_page_title(), screen.get_page_subtitle()
    return {"url": "", "label": title, "sublabel": about}


class ForApprovers(View):
    """A screen that only those who approve can see."""

    def dispatch(self, request, *args, **kwargs):
        if not may_approve(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class RetractView(WagtailAdminTemplateMixin, FormView):
    """Asks why, and says all that will go offline."""

    template_name = "moderation/retract.html"
    page_title = gettext_lazy("Retract everywhere")
    header_icon = "no-view"
    form_class = ReasonForm

    def dispatch(self, request, *args, **kwargs):
        if not may_retract(request.user, self.page):
            raise PermissionDenied
        if not self.pages:
            messages.error(request, _("Nothing of this page is public."))
            return redirect("wagtailadmin_pages:edit", self.page.pk)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def page(self) -> Page:
        return get_object_or_404(Page, pk=self.kwargs["page_id"], depth__gt=1)

    @cached_property
    def pages(self) -> list[Page]:
        live = everywhere(self.page).live().select_related("locale")
        return list(live.order_by("path"))

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, here(self)]

    def get_context_data(self, **kwargs):
        groups = by_language(self.pages, lambda page: page.locale.language_code)
        context = {"page": self.page, "groups": groups, "count": len(self.pages)}
        return super().get_context_data(**context, **kwargs)

    def form_valid(self, form):
        retract(self.page, self.request.user, form.cleaned_data["reason"])
        messages.success(self.request, _("It is offline in every language."))
        return redirect("retractions")


class RetractionsView(WagtailAdminTemplateMixin, ForApprovers, ListView):
    """What was retracted, the latest first."""

    template_name = "moderation/retractions.html"
    page_title = gettext_lazy("Retractions")
    header_icon = "no-view"
    paginate_by = 20
    context_object_name = "retractions"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, here(self)]

    def get_queryset(self):
        found = Retraction.objects.select_related("retracted_by", "restored_by")
        return found.prefetch_related("items")


class RestoreView(WagtailAdminTemplateMixin, ForApprovers, FormView):
    """Asks why, and says all that will be public again."""

    template_name = "moderation/restore.html"
    page_title = gettext_lazy("Restore")
    header_icon = "rotate"
    form_class = ReasonForm

    @cached_property
    def retraction(self) -> Retraction:
        return get_object_or_404(Retraction, pk=self.kwargs["pk"])

    def get_page_subtitle(self):
        return self.retraction.title

    def get_breadcrumbs_items(self):
        above = {"url": reverse("retractions"), "label": RetractionsView.page_title}
        return [*self.breadcrumbs_items, above, here(self)]

    def get_context_data(self, **kwargs):
        items = list(self.retraction.offline.exclude(page=None))
        groups = by_language(items, lambda item: item.language)
        context = {"retraction": self.retraction, "groups": groups}
        return super().get_context_data(**context, count=len(items), **kwargs)

    def form_valid(self, form):
        try:
            restore(self.retraction, self.request.user, form.cleaned_data["reason"])
        except CannotRestoreError as reason:
            messages.error(self.request, str(reason))
        else:
            messages.success(self.request, _("It is public again, as it was."))
        return redirect("retractions")


# --- Ways to get there -----------------------------------------------------


def retract_address(page: Page) -> str:
    return reverse("retract", args=[page.pk])


def is_public(page: Page) -> bool:
    """Whether anything of this page is public, in any language."""
    return everywhere(page).live().exists()


def retract_instead(request, page: Page):
    """Wagtail's “Unpublish” takes one language offline and leaves the others."""
    return redirect(retract_address(page))


def retract_one_by_one(request, action_type, objects, action):
    if action_type == "unpublish" and Page in action.models:
        text = _("Retract one page at a time: each needs a reason.")
        messages.error(request, text)
        return redirect(action.next_url)
    return None
