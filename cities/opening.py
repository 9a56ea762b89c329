"""The network team's screens to open a city and to close one."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from network.access.roles import runs_network

from .models import CityIndexPage, CityPage
from .provisioning import close_city, open_city, reopen_city


class OpeningForm(forms.ModelForm):
    """What has to be known of a city before its people can begin."""

    title = forms.CharField(
        label=_("Name"),
        max_length=255,
        help_text=_("As people there say it. For example: “Dunkerque”."),
    )
    slug = forms.SlugField(
        label=_("Short name"),
        required=False,
        help_text=_("As it stands in addresses. Empty: made of the name."),
    )
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=400,
        help_text=_("Two sentences. Its manager can write them later."),
    )

    manager = forms.EmailField(
        label=_("Address of its manager"),
        required=False,
        help_text=_(
            "Who will invite the others receives a link. For example: "
            "“lab@dunkerque.example”. Empty: invite somebody later, under People."
        ),
    )

    class Meta:
        model = CityPage
        fields = ["title", "official_name", "kind", "region", "slug", "summary"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.index = CityIndexPage.objects.filter(alias_of=None).first()

    def clean(self):
        if self.index is None:
            raise forms.ValidationError(
                _("Publish a list of cities and regions below the home page first.")
            )
        return super().clean()

    def clean_slug(self):
        slug = self.cleaned_data["slug"] or slugify(self.cleaned_data.get("title", ""))
        if self.index and self.is_taken(slug):
            raise forms.ValidationError(
                _("There is a page at this address already. Choose another short name.")
            )
        return slug

    def is_taken(self, slug: str) -> bool:
        """Whether something else is there: a city of that name is completed."""
        there = self.index.get_children().filter(slug=slug).first()
        city = there and there.specific
        if isinstance(city, CityPage) and city.title == self.cleaned_data.get("title"):
            return False
        return there is not None

    def clean_summary(self):
        # A list shows something from the first day on.
        return self.cleaned_data["summary"] or self.cleaned_data.get("official_name")

    def _post_clean(self):
        # A page without a place in the tree cannot be checked as a whole yet.
        self.instance = forms.models.construct_instance(self, self.instance)
        if self.index:
            self.instance.locale = self.index.locale


class ForNetworkTeam(WagtailAdminTemplateMixin, FormView):
    """A screen for those who run the network, and for nobody else."""

    def dispatch(self, request, *args, **kwargs):
        if not runs_network(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class OpenCity(ForNetworkTeam):
    """One screen, and a city can begin."""

    form_class = OpeningForm
    page_title = _("Open a city or region")
    header_icon = "home"
    template_name = "wagtailadmin/generic/form.html"
    action_url = reverse_lazy("open_city")

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "action_url": self.action_url,
            "submit_button_label": gettext("Open it"),
            "submit_button_active_label": gettext("Opening…"),
        }

    def form_valid(self, form):
        manager = form.cleaned_data["manager"]
        city = open_city(form.index, form.instance, self.request.user, manager)
        messages.success(self.request, said_of_opening(city, manager))
        return redirect("wagtailadmin_explore", city.pk)


def said_of_opening(city: CityPage, manager: str) -> str:
    """That it is open, and who begins."""
    names = {"city": city.title, "address": manager}
    if manager:
        return gettext("%(city)s is open. An invitation goes to %(address)s.") % names
    return gettext("%(city)s is open. Invite its manager, under People.") % names


class ConfirmForCity(ForNetworkTeam):
    """Asks once more before something is done to a whole city."""

    form_class = forms.Form
    header_icon = "home"
    template_name = "cities/admin/confirm.html"
    # What it does, and what is said about it; all but `answer` name the city.
    verb: Callable
    title: Any
    question: Any
    answer: Any
    done: Any

    def dispatch(self, request, *args, **kwargs):
        self.city = get_object_or_404(CityPage, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def about_city(self, text) -> str:
        return text % {"city": self.city.title}

    def get_page_title(self):
        return self.about_city(self.title)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "question": self.about_city(self.question),
            "answer": self.answer,
            "back": reverse("wagtailadmin_explore", args=[self.city.pk]),
        }

    def form_valid(self, form):
        type(self).verb(self.city, self.request.user)
        messages.success(self.request, self.about_city(self.done))
        return redirect("wagtailadmin_explore", self.city.pk)


class CloseCity(ConfirmForCity):
    """The people of a city lose their rights, its pages stay."""

    verb = close_city
    title = _("Close %(city)s")
    question = _(
        "The people of %(city)s will no longer be able to write. Its pages stay "
        "public, and say that the lab is closed. You can open it again."
    )
    answer = _("Close it")
    done = _("%(city)s is closed. Its pages stay public.")


class ReopenCity(ConfirmForCity):
    """The people of a closed city get their rights back."""

    verb = reopen_city
    title = _("Open %(city)s again")
    question = _(
        "The people of %(city)s will be able to write again. Their manager can then "
        "change the status of the lab on its page."
    )
    answer = _("Open it again")
    done = _("%(city)s is open. Its people can begin.")
