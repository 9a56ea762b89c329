"""To load the demonstration: everything or nothing, and as often as one likes."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from wagtail.models import Locale, Page, Site

from cities.models import CityPage
from home.models import HomePage, NetworkSettings
from network.access.models import Role
from network.access.roles import SHARED_COLLECTION, collection_named
from network.moderation.workflow import set_up_approval
from network.translation.verbs import follow, mirror
from network.users.models import User

from . import PASSWORD, TEAM, Login, city, logins, shared
from .builder import Builder
from .indexing import indexed_afterwards
from .redirects import without_redirects


def load(say: Callable[[str], None] = print) -> None:
    """Build the demonstration network, or add what is missing from it.

    What is already there stays as people have edited it.
    """
    # Redirects are made once a transaction is over, jobs belong to it.
    with (
        without_redirects(),
        transaction.atomic(),
        indexed_afterwards(),
        no_garbage_collection(),
    ):
        build(say)
    say("The demonstration network is ready")


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """A fifth of the time would go into looking for garbage where there is little."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def build(say: Callable[[str], None]) -> None:
    french, english = (
        Locale.objects.get_or_create(language_code=code)[0] for code in ("fr", "en")
    )
    home = front_door(french, english)
    _, team = set_up_approval(home)
    author = add_person(TEAM)
    author.groups.set([team])
    builder = Builder(author, say)
    is_new = not home.take_part
    if is_new:
        shared.add_home(builder, home)
    indexes = shared.add_indexes(builder, home)
    add_content(builder, home, indexes)
    if is_new:
        shared.add_take_part(builder, home)
    add_people(builder)


def add_content(builder: Builder, home: HomePage, indexes: dict[str, Page]) -> None:
    shared.add_topics(builder)
    shared.add_terms(builder)
    shared.add_standard_pages(builder, home)
    shared.add_principles(builder, indexes["principles"])
    shared.add_methods(builder, indexes["methods"])
    cities = city.add_cities(builder, indexes["cities"])
    library = collection_named(SHARED_COLLECTION)
    shared.add_resources(builder, indexes["resources"], library, cities)
    city.add_cases(builder, cities)
    city.add_journeys(builder, cities)
    city.add_feedback(builder, cities)


def front_door(french: Locale, english: Locale) -> HomePage:
    """The home page of the default site, in both languages."""
    existing = HomePage.objects.filter(locale=french).first()
    if existing:
        return existing
    root = Page.get_first_root_node()
    home = HomePage(locale=french, title="Code Source", slug="accueil", summary="…")
    root.add_child(instance=home)
    site = Site.objects.filter(is_default_site=True).first() or Site(
        is_default_site=True
    )
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    site.hostname, site.port = address.hostname or "localhost", address.port or 80
    site.root_page, site.site_name = home, "Code Source"
    site.save()
    # Wagtail's own welcome page.
    Page.objects.filter(depth=2).exclude(pk=home.pk).delete()
    follow(english, french)
    if not home.get_translations().exists():
        mirror(home)
    NetworkSettings.objects.update_or_create(
        site=site,
        defaults={
            "organisation": "Code Source",
            "contact_email": "contact@example.org",
            "demonstration": True,
        },
    )
    return home


def add_person(login: Login) -> User:
    person = User.objects.filter(email=login.email).first()
    return person or User.objects.create(
        email=login.email,
        first_name=login.first_name,
        last_name=login.last_name,
        password=known_password(),
    )


@cache
def known_password() -> str:
    """The password of all, made hard to guess once: it takes a while, on purpose."""
    return make_password(PASSWORD)


def add_people(builder: Builder) -> None:
    """Somebody for every role, each with the rights of that role and no more."""
    for login in logins():
        role = Role.objects.get(
            kind=login.role,
            branch=login.city and city_named(login.city).translation_key,
            language__language_code=login.language,
        )
        add_person(login).groups.set([role.group])
    builder.say(f"{len(logins())} people")


def city_named(slug: str) -> CityPage:
    return CityPage.objects.get(slug=slug, locale__language_code="fr")
