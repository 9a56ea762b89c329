"""Nobody harms what another city keeps, or learns of it, by what they send."""

from contextlib import suppress

import pytest
from django.utils.datastructures import MultiValueDictKeyError

from tests.neighbours import each_once, each_role, leaks, network, secrets_told, tried
from tests.visitors import said, undone

__all__ = ["network", "tried"]


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
        for name, place in each_once(visits)
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


def harm_done(theirs, method, place, data) -> list[str]:
    with undone() as written:
        answer = method(place, data)
        text = said(answer)
        harm = theirs.harm(written)
    return harm + leaks(text)


def told_by_form(method, place, data) -> list[str]:
    """The same of a form that may have more fields than were sent."""
    with suppress(MultiValueDictKeyError):
        return secrets_told(method, place, data)
    return []
