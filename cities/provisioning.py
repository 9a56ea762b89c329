"""To open a city: everything its people need to begin to write."""

from django.db import transaction
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _
from wagtail.models import Locale

from network.access.roles import make_city_roles
from network.translation.verbs import mirror, translate

from .models import (
    CaseIndexPage,
    CityIndexPage,
    CityPage,
    FeedbackIndexPage,
    JourneyIndexPage,
)

# The lists of a city's work: their kind, title and summary.
SECTIONS = [
    (CaseIndexPage, _("Cases"), _("What was tried here, and what came of it.")),
    (
        JourneyIndexPage,
        _("User journeys"),
        _("Services as people live them, stage by stage."),
    ),
    (
        FeedbackIndexPage,
        _("Lessons learned"),
        _("What those who took part would tell others."),
    ),
]


@transaction.atomic
def open_city(index: CityIndexPage, city: CityPage, user=None) -> CityPage:
    """Publish `city` below `index` with its three lists, its group and its media.

    It can be run twice: a city of the same address is completed, not replaced.
    """
    existing = CityPage.objects.child_of(index).filter(slug=city.slug).first()
    if existing is None:
        index.add_child(instance=city)
        city.save_revision(user=user).publish(user=user)
        mirror(city)
    city = existing or city
    for kind, title, summary in SECTIONS:
        if not kind.objects.child_of(city).exists():
            open_section(city, kind, title, summary, user)
    make_city_roles(city)
    return city


def open_section(city: CityPage, kind: type, title: str, summary: str, user) -> None:
    """Publish one list of a city's work, in every language."""
    with override(city.locale.language_code):
        texts = {"title": gettext(title), "summary": gettext(summary)}
    section = kind(locale=city.locale, slug=slugify(texts["title"]), **texts)
    city.add_child(instance=section)
    section.save_revision(user=user).publish(user=user)
    for locale in Locale.objects.exclude(pk=city.locale_id):
        with override(locale.language_code):
            translated = {
                name: gettext(text)
                for name, text in [("title", title), ("summary", summary)]
            }
        strings: dict[str, str] = {
            escape(texts[name]): escape(translated[name]) for name in texts
        }
        strings[section.slug] = slugify(translated["title"])
        translate(section, locale, strings, user)
