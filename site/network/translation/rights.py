"""Who may translate what: what they may edit in the language they translate into.

The words of the network (topics, terms) are kept by those who may publish them. Who
translates for the whole network translates them into one language, and no city does.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from wagtail.models import DraftStateMixin, Locale, Page, TranslatableMixin

from network.access.models import Role
from network.access.roles import roles_of

from .origins import link_of


def may_edit(user, thing: TranslatableMixin) -> bool:
    if isinstance(thing, Page):
        return thing.specific.permissions_for_user(user).can_edit()
    if keeps_words(user, type(thing)):
        return has_right(user, "change", type(thing))
    return bool(link_of(thing)) and translates_words(user, thing, thing.locale)


def may_translate(user, thing: TranslatableMixin, locale: Locale) -> bool:
    """Whether they may edit what `thing` is in `locale`, or add it where it goes."""
    if is_made_from(thing, locale):
        return False
    if not isinstance(thing, Page):
        right = keeps_words(user, type(thing)) or translates_words(user, thing, locale)
        return right and has_right(user, "add", type(thing))
    if target := thing.get_translation_or_none(locale):
        return may_edit(user, target)
    return may_edit(user, thing) and may_add(user, thing, locale)


def has_right(user, action: str, model: type[Model]) -> bool:
    return user.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}")


def keeps_words(user, model: type[Model]) -> bool:
    """Whether somebody may make words of this kind public, in any language."""
    return has_right(user, "publish", model)


def translates_words(user, thing: TranslatableMixin, locale: Locale) -> bool:
    """Whether somebody puts the words of the network into this language."""
    roles = roles_of(user).filter(kind=Role.Kind.TRANSLATOR, branch=None)
    translator = roles.filter(language=locale).exists()
    return translator and has_right(user, "change", type(thing))


def is_made_from(thing: TranslatableMixin, locale: Locale) -> bool:
    """Whether `thing` is a translation of what it is in `locale`: that one is first."""
    link = link_of(thing)
    return link is not None and link.source.locale_id == locale.pk


def may_add(user, page: Page, locale: Locale) -> bool:
    parent = page.get_parent().get_translation_or_none(locale)
    return bool(parent) and parent.specific.permissions_for_user(user).can_add_subpage()


def languages_for(user, thing: TranslatableMixin) -> list[Locale]:
    others = Locale.objects.exclude(pk=thing.locale_id)
    return [locale for locale in others if may_translate(user, thing, locale)]


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def translated(thing: TranslatableMixin, locale: Locale) -> bool:
    target = thing.get_translation_or_none(locale)
    return bool(target) and not getattr(target, "alias_of_id", None)


# --- Words, on Wagtail's own screens ---------------------------------------


def refuse_new_words(request, model) -> None:
    """A translator of the network makes no word: each is made from one."""
    if issubclass(model, DraftStateMixin):
        require(keeps_words(request.user, model))


def refuse_other_words(request, thing) -> None:
    """A translator of the network changes words of her language, and no source."""
    if isinstance(thing, TranslatableMixin) and isinstance(thing, DraftStateMixin):
        require(may_edit(request.user, thing))
