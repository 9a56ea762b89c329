"""Nobody learns what another city has not published, and nobody harms it.

Two cities keep secrets of every kind. Each role of the first goes to every address
that the site knows, and fills in what belongs to the second. Addresses are found, not
listed: `tests/arguments.py` says what their arguments stand for.
"""

import logging
import re
from contextlib import suppress

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import override_settings
from django.utils.datastructures import MultiValueDictKeyError
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
from tests.canaries import SECRET, Secrets, added, models, rows
from tests.factories import (
    CityIndexPageFactory,
    HomePageFactory,
    PictureFactory,
    UserFactory,
    locale,
)
from tests.itineraries import Itinerary
from tests.shared import SHARED
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
EACH_TIME = re.compile("csrf|expires|content-length", re.IGNORECASE)
NOBODY_S = 987654321
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


def test_every_address_can_be_filled_in_or_is_skipped_for_a_reason(network, tried):
    itinerary = network.itineraries["editor"]

    unclear = [str(error) for a in tried if (error := itinerary.unclear(a))]

    assert unclear == []


def test_the_city_keeps_a_secret_of_every_kind_of_thing_that_a_city_has(network):
    empty = {
        model._meta.label for model in models() if not network.theirs.things.get(model)
    }

    # A new model: let `Secrets` keep one, or say in `tests/shared.py` why not.
    assert empty == set(SHARED)


@each_role
def test_nobody_learns_what_another_city_keeps_to_itself(
    network, tried, role, record_property
):
    visitor, itinerary = network.visitor(role), network.itineraries[role]
    visits = [
        (address.name, address.filled(values), query)
        for address in tried
        for values, query in itinerary.visits(address)
    ]

    told = {
        (name, place, str(query)): found
        for name, place, query in visits
        if (found := secrets_told(visitor.get, place, query))
    }

    record_property("tried: addresses, by each role", len(tried))
    record_property("tried: answers read, for what another city keeps", len(visits))
    assert told == {}


@each_role
def test_nobody_changes_what_belongs_to_another_city(
    network, tried, role, record_property
):
    visitor, itinerary = network.visitor(role), network.itineraries[role]
    visits = [
        (address.name, address.filled(values))
        for address in tried
        for values in itinerary.fillings(address)
    ]

    done = {
        (name, place): found
        for name, place in visits
        if (found := harm_done(network.theirs, visitor.post, place, itinerary.harm))
    }

    record_property("tried: forms sent, to change what is another city's", len(visits))
    assert done == {}


@pytest.mark.parametrize("role", ["editor"])
def test_no_form_tells_what_a_hidden_number_stands_for(
    network, tried, role, record_property
):
    """Ours are sent with theirs in the body, of which no wall knows."""
    visitor, itinerary = network.visitor(role), network.itineraries[role]
    hidden = itinerary.hidden_choice
    visits = [
        (address.name, place) for address in tried for place in itinerary.forms(address)
    ]

    told = {
        (name, place): found
        for name, place in visits
        if (found := told_by_form(visitor.post, place, hidden))
    }

    record_property("tried: forms sent, with hidden numbers in them", len(visits))
    assert told == {}


@pytest.mark.parametrize("role", ["editor", "reader", "anonymous"])
def test_what_is_hidden_is_answered_like_what_does_not_exist(
    network, tried, role, record_property
):
    visitor, itinerary = network.visitor(role), network.itineraries[role]
    pairs = [
        (address.name, *places)
        for address in tried
        for places in itinerary.pairs(address, NOBODY_S)
    ]

    different = {
        (name, place): first_difference(hidden, missing)
        for name, key, place, elsewhere in pairs
        for hidden in [answered(visitor, place, key)]
        for missing in [answered(visitor, elsewhere, NOBODY_S)]
        if hidden != missing
    }

    record_property("tried: hidden numbers, beside one that nobody has", len(pairs))
    assert different == {}


def secrets_told(method, place, data) -> list[str]:
    with undone():
        answer = method(place, data)
        text = said(answer)
    return sorted(set(LEAK.findall(text)))


def harm_done(theirs, method, place, data) -> list[str]:
    with undone() as written:
        answer = method(place, data)
        text = said(answer)
        harm = theirs.harm(written)
    return harm + sorted(set(LEAK.findall(text)))


def told_by_form(method, place, data) -> list[str]:
    """The same of a form that may have more fields than were sent."""
    with suppress(MultiValueDictKeyError):
        return secrets_told(method, place, data)
    return []


def answered(visitor, place, number) -> list[str]:
    """The answer line by line, without the number and what differs each time."""
    with undone():
        answer = visitor.get(place)
        lines = [
            str(answer.status_code),
            *said(answer).replace(f"/{number}/", "/#/").splitlines(),
        ]
    return [line for line in lines if not EACH_TIME.search(line)]


def first_difference(one: list[str], other: list[str]) -> list[str]:
    return [f"{a} / {b}"[:200] for a, b in zip(one, other, strict=False) if a != b][:2]
