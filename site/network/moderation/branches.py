"""The cities, as those whom people have roles in: their pages are not known here."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import get_language
from wagtail.models import Page

from network.access.models import Role


class Branches:
    """The branches of the tree that belong to a city, in every language."""

    @cached_property
    def pages(self) -> list[Page]:
        keys = Role.objects.exclude(branch=None).values("branch")
        pages = Page.objects.filter(translation_key__in=keys).select_related("locale")
        return list(pages.order_by("title", "pk"))

    def name_above(self, page: Page) -> str:
        """What the city is called that this page belongs to; empty for shared ones."""
        above = (city.title for city in self.pages if page.path.startswith(city.path))
        return next(above, "")

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Each city once, in the language of whoever looks."""
        named: dict[str, str] = {}
        for city in self.pages:
            key = str(city.translation_key)
            if key not in named or city.locale.language_code == get_language():
                named[key] = city.title
        return sorted(named.items(), key=lambda choice: choice[1])

    def below(self, keys: Iterable[str], prefix: str = "") -> Q:
        """What finds the pages of these cities, in every language."""
        found = Q(pk__in=[])
        for city in self.pages:
            if str(city.translation_key) in keys:
                found |= Q(**{f"{prefix}path__startswith": city.path})
        return found

    def elsewhere(self, prefix: str = "") -> Q:
        """What finds the pages that all cities share."""
        return ~self.below({str(city.translation_key) for city in self.pages}, prefix)
