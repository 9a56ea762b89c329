"""Nobody learns what another city has not published, at any address of the site."""

import re

import pytest

from tests.canaries import models
from tests.neighbours import each_once, each_role, network, secrets_told, tried
from tests.shared import SHARED
from tests.visitors import said, undone

__all__ = ["network", "tried"]

EACH_TIME = re.compile("csrf|expires|content-length", re.IGNORECASE)
NOBODY_S = 987654321


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
        for name, place, query in each_once(visits)
        if (found := secrets_told(visitor.get, place, query))
    }

    record_property("tried: addresses, by each role", len(tried))
    record_property("tried: answers read, for what another city keeps", len(visits))
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
