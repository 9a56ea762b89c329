"""A city in numbers, for those who answer for it."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Q, Value, When
from django.utils.text import capfirst
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from network.access.models import Role
from network.access.people.reach import Reach
from network.moderation.models import Submission

from .models import CasePage, CityPage, FeedbackPage, JourneyPage

KINDS = [CasePage, JourneyPage, FeedbackPage]


@dataclass(frozen=True)
class Figures:
    """How many pages a city has of each kind, in which state, and who works on them."""

    city: CityPage
    # For each kind its name, and how many are public, wait, were sent back, are drafts.
    kinds: list[tuple[str, list[int]]]
    people: list[tuple[str, int]]

    @property
    def sessions(self) -> int:
        return len(self.city.sessions)


def figures_for(user) -> list[Figures]:
    """The figures of each city that somebody answers for; a page counts once."""
    versions = versions_of(Reach(user).branches)
    if not versions:
        return []
    pages, people = count_pages(versions), count_people(versions)
    return [
        Figures(
            cities[0],
            [(name_of(kind), pages.get((key, kind), [0] * 4)) for kind in KINDS],
            [(str(Role.Kind(kind).label), number) for kind, number in people[key]],
        )
        for key, cities in versions.items()
    ]


def versions_of(branches: list) -> dict[UUID, list[CityPage]]:
    """The pages of these cities, in every language, the original first."""
    found = CityPage.objects.filter(translation_key__in=branches)
    versions: dict[UUID, list[CityPage]] = {}
    for city in found.order_by("pk"):
        versions.setdefault(city.translation_key, []).append(city)
    for cities in versions.values():
        cities.sort(key=lambda city: city.alias_of_id is not None)
    return versions


def count_pages(versions: dict[UUID, list[CityPage]]) -> dict[tuple, list[int]]:
    """The four counts of each kind in each city; all languages are one page."""
    below = {
        key: reduce(or_, (Q(path__startswith=city.path) for city in cities))
        for key, cities in versions.items()
    }
    whose = Case(*(When(found, then=Value(str(key))) for key, found in below.items()))
    waiting = Q(pk__in=Submission.objects.waiting().order_by().values("page"))
    back = Q(pk__in=Submission.objects.sent_back().order_by().values("page"))
    draft = Q(has_unpublished_changes=True) & ~waiting & ~back
    pages = Page.objects.type(*KINDS).filter(alias_of=None)
    rows = pages.annotate(whose=whose).exclude(whose=None).order_by()
    states = [Q(live=True), waiting, back, draft]
    counts = {
        f"state_{number}": Count("translation_key", filter=state, distinct=True)
        for number, state in enumerate(states)
    }
    found = rows.values_list("whose", "content_type__model").annotate(**counts)
    kinds = {kind._meta.model_name: kind for kind in KINDS}
    return {(UUID(key), kinds[model]): list(all_) for key, model, *all_ in found}


def count_people(versions: dict[UUID, list[CityPage]]) -> dict[UUID, list]:
    """How many may sign in and have each role there."""
    active = Q(group__user__is_active=True)
    rows = (
        Role.objects.filter(branch__in=versions)
        .order_by()
        .values_list("branch", "kind")
        .annotate(number=Count("group__user", filter=active, distinct=True))
    )
    people: dict[UUID, list] = {key: [] for key in versions}
    for key, kind, number in sorted(rows, key=lambda row: row[1]):
        people[key].append((kind, number))
    return people


def name_of(kind: type[Page]) -> str:
    return str(capfirst(kind._meta.verbose_name_plural))


class FiguresPanel(Component):
    """The figures of one's city, below what is to be done."""

    name = "figures"
    order = 70
    template_name = "cities/admin/figures_panel.html"

    def __init__(self, figures: list[Figures]):
        self.figures = figures

    def get_context_data(self, parent_context) -> dict[str, Any]:
        return {"all_figures": self.figures}
