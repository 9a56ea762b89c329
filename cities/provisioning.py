"""To open a city, with everything its people need to begin, and to close it."""

from django.db import transaction
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _
from wagtail.models import Locale, Page

from network.access.models import Role
from network.access.roles import close_city_roles, make_city_roles
from network.core.following import following
from network.moderation.workflow import set_up_approval
from network.translation.verbs import mirror, translate
from network.users.invitations import invite

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
def open_city(
    index: CityIndexPage, city: CityPage, user=None, manager: str = ""
) -> CityPage:
    """Publish `city` below `index` with its three lists, its groups and its media.

    Its first `manager`, if an address is given, is invited in the city's language.

    It can be run twice: a city of the same address is completed, not replaced, and one
    that was closed opens again.
    """
    existing = CityPage.objects.child_of(index).filter(slug=city.slug).first()
    if existing is None:
        index.add_child(instance=city)
        publish_begun(city, user)
        city.refresh_from_db()
    elif not existing.live and existing.first_published_at is None:
        publish_begun(existing, user)
        existing = CityPage.objects.get(pk=existing.pk)
    city = existing or city
    give_status_back(city, user)
    for kind, title, summary in SECTIONS:
        sections = kind.objects.child_of(city)
        if not sections.exists():
            open_section(city, kind, title, summary, user)
        elif not sections.exclude(first_published_at=None, live=False).exists():
            publish_begun(sections.first(), user)
    groups = make_city_roles(city)
    set_up_approval(index.get_parent())
    if manager:
        managers = [groups[Role.Kind.MANAGER]]
        invite(manager, managers, user, city.locale.language_code)
    return city


def publish_begun(page: Page, user) -> None:
    """Publish what is there, be it that somebody began it by hand."""
    draft = page.latest_revision or page.save_revision(user=user)
    draft.publish(user=user)
    mirror(page)


def open_section(city: CityPage, kind: type, title: str, summary: str, user) -> None:
    """Publish one list of a city's work, in every language."""
    with override(city.locale.language_code):
        texts = {"title": gettext(title), "summary": gettext(summary)}
    section = kind(locale=city.locale, slug=slugify(texts["title"]), **texts)
    # It is translated right away.
    with following():
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


@transaction.atomic
def close_city(city: CityPage, user=None) -> None:
    """Take its people's rights away and say that its lab is closed.

    Its pages stay public. What nobody had approved yet stays in their history.
    """
    close_city_roles(city)
    for version in public_versions(city):
        if version.lab_status != CityPage.LabStatus.CLOSED:
            set_status(version, CityPage.LabStatus.CLOSED, version.lab_status, user)


def give_status_back(city: CityPage, user=None) -> None:
    """Say of the lab what was said before its city was closed."""
    for version in public_versions(city):
        if version.status_before_closing:
            set_status(version, version.status_before_closing, "", user)


def public_versions(city: CityPage):
    """The city's page in each language it is public in, not the copies."""
    return city.get_translations(inclusive=True).filter(alias_of=None, live=True)


def set_status(page: CityPage, status: str, before: str, user) -> None:
    """Change the status of a lab in public, and in the draft that somebody writes."""
    draft = page.get_latest_revision_as_object()
    public_first = [page, draft] if page.has_unpublished_changes else [page]
    for version in public_first:
        version.lab_status, version.status_before_closing = status, before
    page.save_revision(user=user, changed=False).publish(user=user)
    if draft in public_first[1:]:
        draft.save_revision(user=user, clean=False)


def reopen_city(city: CityPage, user=None) -> CityPage:
    """Give the people of a closed city their rights back."""
    source = city.alias_of or city
    return open_city(source.get_parent().specific, source.specific, user)
