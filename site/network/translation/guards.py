"""wagtail-localize's own screens, for those who may use them, on what is theirs.

They ask for one right, to translate, whatever the page. Here somebody translates what
they may edit in the language they translate into, and publishes what they may publish.
"""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views import convert
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
    SubmitTranslationView,
)
from wagtail_localize.views.update_translations import UpdateTranslationsView

from network.moderation.gate import may_publish

from .batches import start
from .drafts import begin, publish, translation_of
from .po import exported
from .rights import languages_for, may_edit, require, translated
from .screen import TranslationScreen
from .sources import source_of

# --- To begin a translation ------------------------------------------------


class Guarded(SubmitTranslationView):
    """Begins translations in the languages that are theirs, and publishes none."""

    def get_object(self):
        thing = super().get_object()
        self.languages = languages_for(self.request.user, thing)
        require(bool(self.languages))
        return thing

    def get_form(self):
        form = super().get_form()
        allowed = [locale.pk for locale in self.languages]
        field = form.fields["locales"]
        field.queryset = field.queryset.filter(pk__in=allowed)
        return form

    def get(self, request, **kwargs):
        return self.nothing_left() or super().get(request, **kwargs)

    def post(self, request, **kwargs):
        return self.nothing_left() or super().post(request, **kwargs)

    def nothing_left(self):
        """Say so, in place of a form without any language to choose."""
        if self.get_form().fields["locales"].queryset.exists():
            return None
        said = _("“%(title)s” has all the translations that you may begin.")
        messages.info(self.request, said % {"title": self.title_of_object})
        return redirect(self.way_on(self.languages))

    @transaction.atomic
    def form_valid(self, form):
        locales = form.cleaned_data["locales"]
        if form.cleaned_data["include_subtree"]:
            return self.begin_all(locales)
        for locale in locales:
            if not translated(self.object, locale):
                begin(self.object, locale, self.request.user)
        self.say_done(locales)
        return redirect(self.way_on(locales))

    def way_on(self, locales) -> str:
        """To the translation, if there is only one of them."""
        target = self.object.get_translation(locales[0]) if len(locales) == 1 else None
        return self.get_success_url() or self.get_default_success_url(target)

    def begin_all(self, locales):
        """Leave it to a job: many pages take longer than anybody waits."""
        batches = [start(self.object, one, self.request.user) for one in locales]
        return redirect("translation_batch", batches[0].pk)

    def say_done(self, locales) -> None:
        names = ", ".join(str(locale.get_display_name()) for locale in locales)
        said = _("“%(title)s” can now be translated (%(languages)s).") % {
            "title": self.title_of_object,
            "languages": names,
        }
        messages.success(self.request, said)

    @property
    def title_of_object(self) -> str:
        return str(getattr(self.object, "draft_title", self.object))


class SubmitPageView(Guarded, SubmitPageTranslationView):
    pass


class SubmitSnippetView(Guarded, SubmitSnippetTranslationView):
    pass


# --- To follow a source that changed ---------------------------------------


class UpdateView(UpdateTranslationsView):
    """Takes over what changed in the source; what was public stays until approved."""

    def get_object(self):
        source = super().get_object()
        user = self.request.user
        targets = [one.get_target_instance() for one in enabled(source)]
        require(bool(targets) and all(may_edit(user, one) for one in targets))
        if self.request.POST.get("publish_translations"):
            require(all(may_publish(user, one) for one in targets))
        return source

    @transaction.atomic
    def form_valid(self, form):
        source_of(self.object.get_source_instance())
        if form.cleaned_data["publish_translations"]:
            for translation in enabled(self.object):
                publish(translation, self.request.user)
        messages.success(self.request, self.get_success_message())
        return redirect(self.get_success_url() or self.get_default_success_url())


def enabled(source: TranslationSource):
    return source.translations.filter(enabled=True)


def convert_to_alias(request, page_id):
    """Its page goes back to what the source says, and is as public as that one."""
    page = get_object_or_404(Page, pk=page_id)
    require(may_edit(request.user, page))
    public = page.get_translations(inclusive=True).live().exists()
    require(not public or may_publish(request.user, page))
    return convert.convert_to_alias(request, page_id)


def keep_alias(request, page):
    """An alias that is public becomes a page of its own when it is approved."""
    require(not page.live or may_publish(request.user, page))


# --- To work on a translation ----------------------------------------------


def edit(request, thing):
    """Open the screen on which `thing` is translated, if it is a translation."""
    if not isinstance(thing, TranslatableMixin):
        return None
    translation = translation_of(thing)
    if translation is None or asks_for_alias(request, thing):
        return None
    screen = TranslationScreen.as_view(thing=thing, translation=translation)
    return screen(request)


def answer(request, translation_id):
    """What the screen sends. Wagtail's edit view would read the whole page first."""
    known = Translation.objects.select_related(
        "source__locale", "source__specific_content_type", "target_locale"
    )
    translation = get_object_or_404(known, pk=translation_id, enabled=True)
    thing = translation.get_target_instance()
    require(may_edit(request.user, thing))
    screen = TranslationScreen.as_view(thing=thing, translation=translation)
    return screen(request)


def asks_for_alias(request, thing) -> bool:
    """Which is for pages: words would get to wagtail-localize's editor by that."""
    return isinstance(thing, Page) and "localize-convert-to-alias" in request.POST


# --- By other ways ---------------------------------------------------------


def download(request, translation_id):
    """The translation as a PO file, for those who may change it."""
    translation = get_object_or_404(Translation, pk=translation_id)
    require(may_edit(request.user, translation.get_target_instance()))
    language = translation.target_locale.language_code
    name = f"{slugify(translation.source.object_repr)}-{language}.po"
    return HttpResponse(
        exported(translation),
        content_type="text/x-gettext-translation",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


def closed(request, **kwargs):
    """wagtail-localize's own ways to change a translation, for nobody."""
    raise Http404
