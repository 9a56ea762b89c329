"""What the server draws on a page of or about cities."""

from django import template

from ..drawing.network_map import network_map as drawn_map

register = template.Library()


@register.inclusion_tag("cities/parts/network_map.html")
def network_map(cities):
    """The cities on a map, each a link; a list beside it has to name them all."""
    return {"map": drawn_map(cities)}
