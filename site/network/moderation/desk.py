"""The editors' desk: what somebody who writes has begun, and what waits for them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import (
    Count,
    Exists,
    ForeignObjectRel,
    Func,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    Window,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language
from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail_localize.models import Translation

from network.access.models import Role
from network.access.roles import held_roles, still_given
from network.media.models import Picture

from .models import Submission
from .models.submission import SubmissionQuerySet
from .retracted import with_reasons

SHOWN = 10
RECENT = 5
CONSENT_ENDS_WITHIN = timedelta(days=60)
# What says nothing, as drafts are stored: a stream without any block, a tag, a space.
NOTHING = r"^\[\]$|<[^>]*>|&nbsp;|[\s\u00a0]"


@dataclass(frozen=True)
class Some:
    """The first of some things, and how many there are in all."""

    things: list
    total: int

    @property
    def others(self) -> int:
        return self.total - len(self.things)


def first_of(things: QuerySet, shown=SHOWN) -> Some:
    """The first of these, and how many there are: one query for both."""
    found = list(things.annotate(total=Window(Count("*")))[:shown])
    return Some(found, found[0].total if found else 0)


@dataclass(frozen=True)
class Creation:
    """A kind of page that somebody may begin, and where, by language."""

    kind: str
    icon: str
    address: str
    elsewhere: list[tuple[str, str]]


@dataclass(frozen=True)
class Completeness:
    """How much of a page is there, and what is not."""

    page: Page
    expected: int
    missing: list[str]

    @property
    def present(self) -> int:
        return self.expected - len(self.missing)


# What finds the pages that are translations of others.
TRANSLATED = Exists(
    Translation.objects.filter(
        source__object_id=OuterRef("translation_key"),
        target_locale=OuterRef("locale"),
        enabled=True,
    )
)


class Desk:
    """All that stands on one person's desk, and nothing of another city."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def roles(self) -> list[Role]:
        writing = [Role.Kind.EDITOR, Role.Kind.MANAGER, Role.Kind.TRANSLATOR]
        held = [role for role in held_roles(self.user) if role.kind in writing]
        return still_given(held)

    @cached_property
    def granted(self) -> list:
        return PagePermissionPolicy().get_cached_permissions_for_user(self.user)

    @cached_property
    def mine(self) -> Q:
        """What finds the pages that this person may change; see `within`."""
        found = Q(pk__in=[])
        for grant in self.granted:
            if grant.permission.codename == "change_page":
                found |= Q(path__startswith=grant.page.path)
        return found

    @cached_property
    def pages(self) -> QuerySet[Page]:
        """The pages that this person may change. A copy is changed by its original."""
        pages = Page.objects.filter(self.mine, alias_of=None)
        return pages.select_related("locale", "content_type")

    @property
    def submissions(self) -> SubmissionQuerySet:
        return Submission.objects.filter(page__in=self.pages).with_all()

    @property
    def being_decided(self) -> QuerySet:
        """The pages that wait, or were sent back."""
        return WorkflowState.objects.active().values("pk")

    @cached_property
    def drafts(self) -> Some:
        """What this person has begun and not submitted, the latest first."""
        busy = Submission.objects.filter(
            state__workflow_state__in=self.being_decided
        ).values("page")
        own = Q(owner=self.user) | Q(latest_revision__user=self.user)
        drafts = self.pages.filter(own, has_unpublished_changes=True)
        drafts = drafts.exclude(pk__in=busy).exclude(latest_revision=None)
        latest = drafts.order_by("-latest_revision_created_at", "-pk")
        return first_of(with_reasons(latest))

    @cached_property
    def waiting(self) -> Some:
        return first_of(self.submissions.waiting())

    @cached_property
    def sent_back(self) -> Some:
        return first_of(self.submissions.sent_back())

    @cached_property
    def published(self) -> Some:
        published = self.pages.filter(live=True).exclude(last_published_at=None)
        written = published.filter(content_type__in=self.written_types)
        return first_of(written.order_by("-last_published_at", "-pk"), RECENT)

    @cached_property
    def written_types(self) -> list:
        """The kinds of page that say what is expected of them."""
        types = {
            page.content_type
            for page in self.pages.order_by("content_type").distinct("content_type")
        }
        return [kind for kind in types if expected_of(kind)]

    @cached_property
    def incomplete(self) -> Some:
        """The pages that lack something, as their latest drafts are.

        What a translation lacks, its original lacks, and is written there.
        """
        pages = self.pages.filter(lacking(self.written_types)).exclude(TRANSLATED)
        latest = pages.order_by("-latest_revision_created_at", "-pk")
        some = first_of(latest.select_related("locale", "latest_revision"))
        return Some([completeness(page) for page in some.things], some.total)

    @cached_property
    def pictures(self) -> Some:
        """The pictures of their city that may not be shown, or soon will not."""
        collections = [role.collection_id for role in self.roles]
        soon = timezone.localdate() + CONSENT_ENDS_WITHIN
        ending = Q(consent_given=False) | Q(consent_until__lte=soon)
        pictures = Picture.objects.filter(
            ending, shows_people=True, collection__in=collections
        )
        return first_of(pictures.order_by("consent_until", "pk"))

    @cached_property
    def creations(self) -> list[Creation]:
        """One for each kind of page that they may begin."""
        parents = [
            grant.page.pk
            for grant in self.granted
            if grant.permission.codename == "add_page"
        ]
        places: dict[type[Page], list[Page]] = {}
        for parent in self.pages_with_copies(parents):
            for kind in parent.specific_class.creatable_subpage_models():
                places.setdefault(kind, []).append(parent)
        return [creation(kind, parents) for kind, parents in places.items()]

    def pages_with_copies(self, pks: Iterable[int]) -> QuerySet[Page]:
        pages = Page.objects.filter(pk__in=pks)
        return pages.select_related("locale", "content_type").order_by("path")


def creation(kind: type[Page], parents: list[Page]) -> Creation:
    """Where to begin such a page: in one's own language, or in another."""
    own = [p for p in parents if p.locale.language_code == get_language()]
    first = (own or parents)[0]
    others = {p.locale_id: p for p in parents if p.locale_id != first.locale_id}
    return Creation(
        kind=capfirst(kind._meta.verbose_name),
        icon=getattr(kind, "icon", "doc-empty"),
        address=add_address(kind, first),
        elsewhere=[(str(p.locale), add_address(kind, p)) for p in others.values()],
    )


def add_address(kind: type[Page], parent: Page) -> str:
    where = [kind._meta.app_label, kind._meta.model_name, parent.pk]
    return reverse("wagtailadmin_pages:add", args=where)


def expected_of(content_type) -> list[str]:
    """The fields that a finished page of this kind has, as its model says."""
    return getattr(content_type.model_class(), "expected_fields", [])


def lacking(kinds: Iterable) -> Q:
    """What finds the pages whose latest draft lacks something, in the database."""
    found = Q(pk__in=[])
    for kind in kinds:
        empty = (Q(empty_in_draft(name)) for name in expected_of(kind))
        found |= Q(content_type=kind) & reduce(or_, empty)
    return found


def empty_in_draft(name: str) -> Exact:
    """The same as `is_empty`, said to the database."""
    text = KeyTextTransform(name, "latest_revision__content")
    said = Func(
        Coalesce(text, Value("")),
        *(Value(NOTHING), Value(""), Value("g")),
        function="regexp_replace",
        output_field=TextField(),
    )
    return Exact(said, Value(""))


def completeness(page: Page) -> Completeness:
    """What the latest draft lacks, read from the draft itself: no query."""
    expected = expected_of(page.content_type)
    model = page.content_type.model_class()
    content = page.latest_revision.content if page.latest_revision else {}
    missing = [
        label_of(model, name) for name in expected if is_empty(content.get(name))
    ]
    return Completeness(page, len(expected), missing)


def label_of(model: type[Page], name: str) -> str:
    field = model._meta.get_field(name)
    if isinstance(field, ForeignObjectRel):
        return str(capfirst(field.related_model._meta.verbose_name_plural))
    return str(capfirst(field.verbose_name))


def is_empty(value) -> bool:
    if value is None or value == []:
        return True
    return isinstance(value, str) and not re.sub(NOTHING, "", value)


class DeskPanel(Component):
    """The desk, on the first screen of those who write."""

    name = "desk"
    order = 50
    template_name = "moderation/desk_panel.html"

    def __init__(self, desk: Desk):
        self.desk = desk

    def get_context_data(self, parent_context) -> dict[str, Any]:
        return {"desk": self.desk, "today": timezone.localdate()}
