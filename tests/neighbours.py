"""Two cities, of which one looks around, and the other keeps secrets of every kind.

Each role of the first goes to every address that the site knows, and fills in what
belongs to the second. Addresses are found, not listed: `tests/arguments.py` says what
their arguments stand for.
"""

import logging
import re

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import override_settings
from wagtail.models import Collection, Page

from cities.models import CityPage
from cities.provisioning import open_city
from network.access.roles import (
    SHARED_COLLECTION,
    collection_named,
    make_network_roles,
)
from network.media.models import Picture
from network.moderation.workflow import require_approval
from network.translation.verbs import follow
from tests.addresses import addresses
from tests.arguments import SKIPPED
from tests.canaries import SECRET, Secrets, added, rows
from tests.factories import (
    CityIndexPageFactory,
    HomePageFactory,
    PictureFactory,
    UserFactory,
    locale,
)
from tests.itineraries import Itinerary
from tests.visitors import Property, Visitor, said, undone

# The group of each role in Metz; none for who may sign in and no more.
# Then how many of each kind of thing are tried.
ROLES = {
    "editor": ("Metz : rédaction", 5),
    "manager": ("Metz : responsables", 1),
    "translator": ("Metz : traduction en anglais", 1),
    # Somebody who wrote for Brest, and writes for Metz now.
    "former": ("Metz : rédaction", 1),
    "reader": (None, 1),
    "anonymous": (None, 1),
}
LEAK = re.compile(rf"{SECRET}[-\w]*", re.IGNORECASE)
each_role = pytest.mark.parametrize("role", ROLES)


class Network:
    """Metz, whose people look around, and Brest, which keeps secrets."""

    def __init__(self):
        home = HomePageFactory()
        follow(locale("en"), locale("fr"))
        groups = make_network_roles(home)
        require_approval(groups, home)
        self.moderator = UserFactory()
        self.moderator.groups.add(groups[0])
        self.index = CityIndexPageFactory()
        self.former = UserFactory()
        ours, metz = self.open("Metz", "heron")
        theirs, brest = self.open("Brest", SECRET)
        shared = PictureFactory(collection=collection_named(SHARED_COLLECTION))
        # Each tells of the other's public case, in a draft; theirs shows our picture.
        seen = metz.show_picture()
        metz.link(brest.edited, shared)
        brest.link(metz.edited, shared, seen)
        self.people = {role: self.person(role, ROLES[role][0]) for role in ROLES}
        self.theirs, self.brest = Property(theirs, rows()), brest
        theirs |= {Page: [page.pk for page in brest.pages]}
        ours |= {Page: [metz.journey.pk, metz.edited.pk]}
        ours[Picture].insert(0, seen.pk)
        self.itineraries = {
            role: Itinerary(theirs, ours, most) for role, (_, most) in ROLES.items()
        }

    def person(self, role, group):
        person = self.former if role == "former" else UserFactory()
        if group:
            person.groups.add(Group.objects.get(name=group))
        return person

    def open(self, title, word):
        before = rows()
        city = CityPage(
            title=title,
            slug=title.lower(),
            summary=title,
            official_name=title,
            locale=locale("fr"),
        )
        city = open_city(self.index, city)
        group = Group.objects.get(name=f"{title} : rédaction")
        collection = Collection.objects.get(name=title)
        secrets = Secrets(city, collection, group, self.moderator, self.former, word)
        secrets.keep()
        return added(before), secrets

    def visitor(self, role):
        visitor = Visitor()
        if role == "anonymous":
            return visitor
        visitor.force_login(self.people[role])
        return visitor


@pytest.fixture(scope="module")
def network(django_db_setup, django_db_blocker):
    # A crash comes with its traceback, and refusals stay out of the log.
    logging.disable()
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(DEBUG_PROPAGATE_EXCEPTIONS=True),
    ):
        yield Network()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def tried():
    return [address for address in addresses() if address.name not in SKIPPED]


def each_once(visits: list[tuple]) -> list[tuple]:
    """These visits, without those that go where another goes, to ask the same."""
    return list({str(visit[1:]): visit for visit in visits}.values())


def leaks(text: str) -> list[str]:
    return sorted(set(LEAK.findall(text)))


def secrets_told(method, place, data) -> list[str]:
    with undone():
        answer = method(place, data)
        text = said(answer)
    return leaks(text)
