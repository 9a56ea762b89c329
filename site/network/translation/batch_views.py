"""The screens of a batch: to start it, to see how far it is, to run it again."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page

from network.access.roles import may_approve
from network.access.walls import workable_pages

from .batches import UNDONE, run_again, start
from .models import Batch, Result
from .origins import link_of
from .rights import languages_for, require

TREE = gettext_lazy("Translate all below")
PER_PAGE = 100
EARLIER = 5
# How many seconds somebody looks at a batch before it is shown anew.
EVERY = 10


class LanguageForm(forms.Form):
    """Into which language."""

    locale = forms.ModelChoiceField(
        label=gettext_lazy("Language"),
        queryset=Locale.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, languages: list[Locale], **kwargs):
        super().__init__(*args, **kwargs)
        chosen = [locale.pk for locale in languages]
        self.fields["locale"].queryset = Locale.objects.filter(  # type: ignore[attr-defined]
            pk__in=chosen
        )
        self.initial.setdefault("locale", chosen[0])


class BatchMixin(WagtailAdminTemplateMixin):
    """A screen of a batch, in the admin's own frame."""

    page_title = TREE
    header_icon = "wagtail-localize-language"

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": TREE, "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, here]


class TreeView(BatchMixin, FormView):
    """Asks for a language, and starts a batch.

    Of a page that stands for another one in its language, it is that other one that is
    translated: translators know no other way to it.
    """

    template_name = "translation/tree.html"
    form_class = LanguageForm

    def dispatch(self, request, *args, page_id, **kwargs):
        self.page = get_object_or_404(Page, pk=page_id, depth__gt=1).specific
        self.source = source_page(self.page) or self.page
        self.languages = languages_for(request.user, self.source)
        require(bool(self.languages))
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"languages": self.languages}

    def get_context_data(self, **kwargs):
        pages = self.source.get_descendants(inclusive=True).filter(alias_of=None)
        earlier = Batch.objects.filter(page=self.source, user=self.request.user.pk)
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "count": pages.count(),
            "earlier": earlier.select_related("locale")[:EARLIER],
        }

    def form_valid(self, form):
        batch = start(self.source, form.cleaned_data["locale"], self.request.user)
        messages.success(self.request, _("It is being done: you need not wait."))
        return redirect("translation_batch", batch.pk)


class BatchView(BatchMixin, TemplateView):
    """How far a batch is, and what came of each page."""

    template_name = "translation/batch.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        # A batch of somebody else is answered like one that is not there.
        if self.batch.user_id != request.user.pk and not may_approve(request.user):
            raise Http404

    @cached_property
    def batch(self) -> Batch:
        batches = Batch.objects.with_progress().select_related("locale", "page", "user")
        return get_object_or_404(batches, pk=self.kwargs["pk"])

    def get_page_subtitle(self):
        return str(self.batch.locale)

    @property
    def items(self):
        # Somebody may work elsewhere by now.
        known = workable_pages(self.request.user).order_by()
        items = self.batch.items.filter(
            page__translation_key__in=known.values("translation_key")
        )
        versions = Page.objects.filter(
            translation_key=OuterRef("page__translation_key"), locale=self.batch.locale
        )
        return items.annotate(target=versions.values("pk")[:1]).select_related(
            "page__locale", "page__content_type"
        )

    @property
    def is_running(self) -> bool:
        return self.batch.done < self.batch.total

    def render_to_response(self, context, **kwargs):
        answer = super().render_to_response(context, **kwargs)
        if self.is_running:
            # Every browser knows it, without a script.
            answer.headers["Refresh"] = str(EVERY)
        return answer

    def get_context_data(self, **kwargs):
        items = Paginator(self.items, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "batch": self.batch,
            "every": EVERY if self.is_running else 0,
            "items": items,
            "elided_page_range": items.paginator.get_elided_page_range(items.number),
            "failed": Result.FAILED,
            "may_run": self.is_own
            and self.batch.items.filter(result__in=UNDONE).exists(),
        }

    @property
    def is_own(self) -> bool:
        """Whether they began it: what is done is done in their name."""
        return self.batch.user_id == self.request.user.pk

    def post(self, request, **kwargs):
        require(self.is_own)
        run_again(self.batch)
        messages.success(request, _("What is not done is tried again."))
        return redirect("translation_batch", self.batch.pk)


def source_page(page: Page) -> Page | None:
    """What this page stands for in its language; none if it is a source."""
    if link := link_of(page):
        source = page.get_translation_or_none(link.source.locale)
        return source.specific if source else None
    if page.alias_of_id and page.alias_of.translation_key == page.translation_key:
        return page.alias_of.specific
    return None


def tree_button(page: Page, user):
    """The way to translate all below a page, for who works on it in a language."""
    if page.is_root() or not page.numchild:
        return
    versions = page.get_translations(inclusive=True)
    if any(version.permissions_for_user(user).can_edit() for version in versions):
        address = reverse("translate_tree", args=[page.pk])
        icon = "wagtail-localize-language"
        yield Button(TREE, address, icon_name=icon, priority=61)
