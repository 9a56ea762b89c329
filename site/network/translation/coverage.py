"""How much is translated: counted per city, kind of page and language, and as pages.

Only what has a public source counts: what is a draft in every language is not due.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Left
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from network.access.roles import branches_of, may_approve
from network.core.permissions import TO_WORK
from network.moderation.branches import Branches

from .models import PublicText
from .states import State, with_states

# What to call what belongs to no city, in addresses.
SHARED = "shared"
# In the order in which they are due.
DUE = [State.OUTDATED, State.MACHINE, State.MISSING, State.IN_PROGRESS]


def due_pages(user) -> QuerySet[Page]:
    """The translations that somebody works on, each with `translation_state`.

    Their sources are public. `source_words` says how long these are, if they are known.
    """
    policy = policy_registry.get_by_type(Page)
    pages = policy.instances_user_has_any_permission_for(user, TO_WORK)
    pages = with_states(pages.filter(depth__gt=1)).annotate(
        source_words=Coalesce(Subquery(source_texts().values("words")[:1]), 0)
    )
    return pages.filter(Exists(sources()), translation_state__isnull=False)


def source_texts() -> QuerySet[PublicText]:
    return PublicText.objects.filter(
        page__translation_key=OuterRef("translation_key"),
        page__live=True,
        made_from__isnull=True,
    )


def sources() -> QuerySet[Page]:
    versions = Page.objects.filter(translation_key=OuterRef("translation_key"))
    return versions.filter(live=True, alias_of=None).exclude(pk=OuterRef("pk"))


class Cities:
    """The cities that somebody may hear of here: their own, or all."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def branches(self) -> Branches:
        branches = Branches()
        if not self.sees_all:
            own = branches_of(self.user)
            branches.pages = [p for p in branches.pages if p.translation_key in own]
        return branches

    @cached_property
    def sees_all(self) -> bool:
        return may_approve(self.user) or not branches_of(self.user)

    @property
    def choices(self) -> list[tuple[str, str]]:
        shared = [(SHARED, _("Shared by all"))] if self.sees_all else []
        return [*self.branches.choices, *shared]

    @cached_property
    def names(self) -> dict[str, str]:
        return dict([*self.branches.choices, (SHARED, _("Shared by all"))])

    def find(self, pages: QuerySet[Page], city: str) -> QuerySet[Page]:
        if city == SHARED:
            return pages.filter(self.branches.elsewhere())
        return pages.filter(self.branches.below({city}))

    def with_city(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        """Each page with the key of its `city`: that page is above it in the tree."""
        keys = {page.translation_key for page in self.branches.pages}
        lengths = {len(page.path) for page in self.branches.pages}
        above = [
            Subquery(
                Page.objects.filter(
                    path=Left(OuterRef("path"), length), translation_key__in=keys
                ).values("translation_key")[:1]
            )
            for length in sorted(lengths, reverse=True)
        ]
        if not above:
            return pages.annotate(city=Value(None))
        return pages.annotate(city=Coalesce(*above) if above[1:] else above[0])


# --- Counted ---------------------------------------------------------------


@dataclass
class Coverage:
    """The translations of one kind of page, of one city, into one language."""

    city: str
    city_key: str
    kind: str
    content_type: int
    language: str
    language_code: str
    pages: int
    states: dict[str, int] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)

    def address(self, state: str) -> dict[str, str]:
        """What to ask of the list of pages to see those that are counted here."""
        return {
            "city": self.city_key,
            "content_type": str(self.content_type),
            "language": self.language_code,
            "state": state,
        }


# What is to be translated, to be translated again, to be read.
WORDS = {
    State.MISSING: Sum("source_words", filter=Q(translation_state=State.MISSING)),
    State.OUTDATED: Sum(
        "public_text__words_outdated", filter=Q(translation_state=State.OUTDATED)
    ),
    State.WAITING: Sum("source_words", filter=Q(translation_state=State.WAITING)),
}


def coverage(pages: QuerySet[Page], cities: Cities) -> list[Coverage]:
    """These pages, counted by the database, by city, then kind, then language."""
    counted = (
        cities.with_city(pages)
        .order_by()
        .values("city", "content_type", "locale")
        .annotate(
            total=Count("pk"),
            **{
                f"count_{state.name}": Count("pk", filter=Q(translation_state=state))
                for state in State
            },
            **{f"words_{state.name}": words for state, words in WORDS.items()},
        )
    )
    rows = list(counted)
    return sorted(
        as_coverage(rows, cities), key=lambda row: (row.city, row.kind, row.language)
    )


def as_coverage(rows: list[dict], cities: Cities) -> Iterable[Coverage]:
    kinds = ContentType.objects.in_bulk(row["content_type"] for row in rows)
    locales = Locale.objects.in_bulk()
    for row in rows:
        city = str(row["city"] or SHARED)
        locale = locales[row["locale"]]
        yield Coverage(
            city=cities.names[city],
            city_key=city,
            kind=capfirst(kinds[row["content_type"]].name),
            content_type=row["content_type"],
            language=str(locale),
            language_code=locale.language_code,
            pages=row["total"],
            states={state: row[f"count_{state.name}"] for state in State},
            words={state: row[f"words_{state.name}"] or 0 for state in WORDS},
        )


# --- The pages themselves --------------------------------------------------


def most_urgent_first(pages: QuerySet[Page]) -> QuerySet[Page]:
    """What readers see that is wrong comes first, the oldest of it before all."""
    urgency = [When(translation_state=state, then=i) for i, state in enumerate(DUE)]
    return pages.order_by(
        Case(*urgency, default=len(DUE)),
        F("public_text__outdated_since").asc(nulls_last=True),
        "title",
        "pk",
    )
