"""What the server draws on a page of or about cities."""

from django import template

from ..drawing.layouts import Across, Down, Narrow
from ..drawing.network_map import network_map as drawn_map
from ..searches import search_for

register = template.Library()

# Of what a city has on a principle, so many sheets are drawn at most.
MOST_SHEETS = 8
SHEET = 17


@register.inclusion_tag("cities/parts/network_map.html")
def network_map(cities):
    """The cities on a map, each a link; a list beside it has to name them all."""
    return {"map": drawn_map(cities)}


@register.inclusion_tag("cities/parts/timeline.html")
def programme_timeline(timeline, caption):
    """What went on over the months: across, down for a phone, and as a table."""
    return {
        "timeline": timeline,
        "caption": caption,
        "across": Across(timeline) if timeline else None,
        "down": Down(timeline) if timeline and timeline.lanes else None,
        "narrow": Narrow(timeline) if timeline and not timeline.lanes else None,
    }


@register.filter
def sheets(count: int) -> list[int]:
    """Where each of so many sheets of paper stands beside the other."""
    return [2 + SHEET * place for place in range(min(count, MOST_SHEETS))]


@register.filter
def measured(count: int) -> int:
    """How wide so many sheets are, or the empty place of one."""
    return SHEET * max(1, min(count, MOST_SHEETS))


@register.simple_tag
def found_in_search(**facets):
    """The address of the search that finds what is counted here."""
    return search_for(**facets)
