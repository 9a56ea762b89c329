"""wagtail-localize's own screens, for those who may use them, on what is theirs.

They ask for one right, to translate, whatever the page. Here somebody translates what
they may edit in the language they translate into, and publishes what they may publish.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views import convert, edit_translation
from wagtail_localize.views.submit_translations import (
    SubmitPageTranslationView,
    SubmitSnippetTranslationView,
    SubmitTranslationView,
)
from wagtail_localize.views.update_translations import UpdateTranslationsView

from network.moderation.gate import may_publish

from .drafts import (
    AlreadyWaitingError,
    begin,
    keep_draft,
    publish,
    submit,
    translation_of,
)

# --- Who may ---------------------------------------------------------------


def may_edit(user, thing: TranslatableMixin) -> bool:
    if isinstance(thing, Page):
        return thing.specific.permissions_for_user(user).can_edit()
    return user.has_perm(f"{thing._meta.app_label}.change_{thing._meta.model_name}")


def may_translate(user, thing: TranslatableMixin, locale: Locale) -> bool:
    """Whether they may edit what `thing` is in `locale`, or add it where it goes."""
    if target := thing.get_translation_or_none(locale):
        return may_edit(user, target)
    return may_edit(user, thing) and may_add(user, thing, locale)


def may_add(user, thing: TranslatableMixin, locale: Locale) -> bool:
    if not isinstance(thing, Page):
        return user.has_perm(f"{thing._meta.app_label}.add_{thing._meta.model_name}")
    parent = thing.get_parent().get_translation_or_none(locale)
    return bool(parent) and parent.specific.permissions_for_user(user).can_add_subpage()


def languages_for(user, thing: TranslatableMixin) -> list[Locale]:
    others = Locale.objects.exclude(pk=thing.locale_id)
    return [locale for locale in others if may_translate(user, thing, locale)]


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


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

    @transaction.atomic
    def form_valid(self, form):
        locales = form.cleaned_data["locales"]
        things = [self.object]
        if form.cleaned_data["include_subtree"]:
            things += self.object.get_descendants().specific()
        for locale in locales:
            self.begin(things, locale)
        self.say_done(locales)
        target = self.object.get_translation(locales[0]) if len(locales) == 1 else None
        return redirect(self.get_success_url() or self.get_default_success_url(target))

    def begin(self, things, locale) -> None:
        user = self.request.user
        for thing in things:
            if may_translate(user, thing, locale) and not translated(thing, locale):
                begin(thing, locale, user)

    def say_done(self, locales) -> None:
        names = ", ".join(str(locale.get_display_name()) for locale in locales)
        messages.success(self.request, self.get_success_message(names))


def translated(thing: TranslatableMixin, locale: Locale) -> bool:
    target = thing.get_translation_or_none(locale)
    return bool(target) and not getattr(target, "alias_of_id", None)


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
        self.object.update_from_db()
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
    """Open the screen of a translation, save it, submit it or publish it."""
    if not isinstance(thing, TranslatableMixin):
        return None
    translation = translation_of(thing)
    action = request.POST.get("action")
    if translation is None or "localize-convert-to-alias" in request.POST:
        return None
    if action in ACTIONS and not is_locked(request, thing):
        try:
            ACTIONS[action](request, translation, thing)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
    if request.method == "POST":
        return redirect(request.path)
    return edit_translation.edit_translation(request, translation, thing)


def is_locked(request, thing) -> bool:
    lock = thing.get_lock()
    locked = bool(lock) and lock.for_user(request.user)
    if locked:
        messages.error(request, lock.get_message(request.user))
    return locked


def save_draft(request, translation: Translation, thing) -> None:
    keep_draft(translation, request.user)
    messages.success(request, _("Translation saved."))


def submit_draft(request, translation: Translation, thing) -> None:
    require(isinstance(thing, Page))
    try:
        submit(translation, request.user)
    except AlreadyWaitingError:
        messages.error(request, _("This translation waits for approval already."))
    else:
        messages.success(request, _("The translation was submitted for approval."))


def publish_draft(request, translation: Translation, thing) -> None:
    if isinstance(thing, Page):
        require(thing.permissions_for_user(request.user).can_publish())
    require(may_publish(request.user, thing))
    publish(translation, request.user)
    messages.success(request, _("The translation is published."))


ACTIONS = {"save": save_draft, "submit": submit_draft, "publish": publish_draft}
