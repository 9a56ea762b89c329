"""Pages that have something in common with another one, and what it is."""

from collections.abc import Sequence
from functools import reduce
from operator import add, or_
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, Func, IntegerField, OuterRef, Q, Value, When
from django.utils.functional import Promise

from .models import EditorialPage
from .querysets import found_by

SHOWN = 4
# Thousands may share a topic: of the latest by each tie, those that share most show.
COMPARED = 50


class Tie(NamedTuple):
    """One way for pages to be related: both have one of these things."""

    label: str | Promise
    # How another page is linked to such a thing.
    path: str
    # As `with_versions` finds them.
    things: Sequence
    weight: int = 1
    # What is said of pages that are not below the same city.
    elsewhere: str | Promise = ""
    # Which links count: those of what anyone may read.
    public: Q = Q()

    @property
    def shared(self) -> Q:
        keys = [key for thing in self.things for key in thing.version_keys]
        return Q(**{f"{self.path}__in": keys}) & self.public


class Reason(NamedTuple):
    """Why a page is shown: what is the same, by its name."""

    label: str | Promise
    things: list


class Relative(NamedTuple):
    """A page that is related to another one."""

    page: EditorialPage
    reasons: list[Reason]


def relatives(page: EditorialPage, ties: list[Tie], home: str = "") -> list[Relative]:
    """Others of its kind that have most in common with it by these ties: one query.

    What is below the path `home` is of the same city: others come first.
    """
    held = {f"tie_{at}": tie for at, tie in enumerate(ties) if tie.things}
    if not held:
        return []
    pages = (
        type(page)
        .objects.listed(page.locale)
        .filter(reduce(or_, (latest_by(tie, page) for tie in held.values())))
        .annotate(**{name: in_common(page, tie) for name, tie in held.items()})
    )
    best = pages.annotate(bonds=bonds(held, home)).order_by("-bonds", "-path")
    return [Relative(page, reasons(page, held, home)) for page in best[:SHOWN]]


def latest_by(tie: Tie, page: EditorialPage) -> Q:
    """Whether a page is among the latest others that share anything by this tie."""
    pages = type(page).objects.order_by()
    latest = (
        pages.filter(pk__in=pages.filter(tie.shared).values("pk"))
        .exclude(translation_key=page.translation_key)
        .open_in(page.locale)
        .latest_first()
    )
    return found_by(latest.values("pk")[:COMPARED])


def in_common(page: EditorialPage, tie: Tie) -> ArraySubquery:
    """The keys of what another page shares by this tie."""
    same = type(page).objects.filter(tie.shared, pk=OuterRef("pk")).order_by()
    return ArraySubquery(same.values(f"{tie.path}__translation_key").distinct())


def bonds(held: dict[str, Tie], home: str):
    """How much a page has in common; half a bond more if it is of another city."""
    counts = [
        Func(F(name), function="cardinality", output_field=IntegerField()) * tie.weight
        for name, tie in held.items()
    ]
    away = Case(When(path__startswith=home, then=0), default=1) if home else Value(0)
    return reduce(add, counts) * 2 + away


def reasons(page: EditorialPage, held: dict[str, Tie], home: str) -> list[Reason]:
    away = home and not page.path.startswith(home)
    return [
        Reason(tie.elsewhere if away and tie.elsewhere else tie.label, same)
        for name, tie in held.items()
        for same in [shared_by(tie, getattr(page, name))]
        if same
    ]


def shared_by(tie: Tie, keys: list) -> list:
    return [thing for thing in tie.things if thing.translation_key in keys]
