"""The addresses of searches: whatever counts something leads to what it counted."""

from django.urls import reverse
from django.utils.http import urlencode


def search_for(**facets: str) -> str:
    """The search narrowed so; a facet takes several values with spaces in between."""
    chosen = {name: values.split() for name, values in facets.items()}
    return f"{reverse('search')}?{urlencode(chosen, doseq=True)}"
