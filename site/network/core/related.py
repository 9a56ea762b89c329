"""Pages that have something in common with another one, and what it is."""

from collections.abc import Sequence
from functools import reduce
from operator import add, or_
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, Func, IntegerField, OuterRef, Q, Value, When
from django.utils.functional import Promise

from .models import EditorialPage
from .querysets import EditorialQuerySet

SHOWN = 4
# Thousands may share a topic: of the latest, those that share most are shown.
COMPARED = 200


class Tie(NamedTuple):
    """One way for pages to be related: both have one of these things."""

    label: str | Promise
    # How another page is linked to such a thing.
    path: str
    things: Sequence
    weight: int = 1
    # What is said of pages that are not below the same city.
    elsewhere: str | Promise = ""
    # Which links count: those of what anyone may read.
    public: Q = Q()

    @property
    def shared(self) -> Q:
        keys = [thing.translation_key for thing in self.things]
        return Q(**{f"{self.path}__translation_key__in": keys}) & self.public


class Reason(NamedTuple):
    """Why a page is shown: what is the same, by its name."""

    label: str | Promise
    things: list


class Relative(NamedTuple):
    """A page that is related to another one."""

    page: EditorialPage
    reasons: list[Reason]


def relatives(
    candidates: EditorialQuerySet, ties: list[Tie], home: str = ""
) -> list[Relative]:
    """Of `candidates`, those that have most in common by these ties: one query.

    What is below the path `home` is of the same city: others come first.
    """
    held = {f"tie_{at}": tie for at, tie in enumerate(ties) if tie.things}
    if not held:
        return []
    pages = latest_of(candidates, [*held.values()]).annotate(
        **{name: in_common(candidates, tie) for name, tie in held.items()}
    )
    best = pages.annotate(bonds=bonds(held, home)).order_by("-bonds", "-path")
    return [Relative(page, reasons(page, held, home)) for page in best[:SHOWN]]


def latest_of(candidates: EditorialQuerySet, ties: list[Tie]) -> EditorialQuerySet:
    """The latest of those that share anything at all."""
    everything = candidates.model.objects.order_by()
    shared = (Q(pk__in=everything.filter(tie.shared).values("pk")) for tie in ties)
    latest = candidates.filter(reduce(or_, shared)).latest_first()
    return candidates.filter(pk__in=latest.values("pk")[:COMPARED])


def in_common(candidates: EditorialQuerySet, tie: Tie) -> ArraySubquery:
    """The keys of what a page shares by this tie."""
    same = candidates.model.objects.filter(tie.shared, pk=OuterRef("pk")).order_by()
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
