"""Whom somebody may invite, see and send away: those of her city, or everybody."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, Page

from network.users.accounts import CLOSED
from network.users.models import Invitation, User

from ..models import Role
from ..roles import held_roles, runs_network, still_given


class Reach:
    """What somebody may see and do about the people who work here.

    A city's manager: what concerns her city alone. The network's team: everything.
    """

    def __init__(self, user: User):
        self.user = user

    @cached_property
    def own(self) -> list[Role]:
        return held_roles(self.user)

    @cached_property
    def is_everywhere(self) -> bool:
        in_team = any(role.kind == Role.Kind.TEAM for role in self.own)
        return self.user.is_superuser or in_team

    @cached_property
    def branches(self) -> list[UUID | None]:
        managed = [role for role in self.own if role.kind == Role.Kind.MANAGER]
        return [role.branch for role in still_given(managed)]

    @property
    def is_empty(self) -> bool:
        return not (self.is_everywhere or self.branches)

    @cached_property
    def roles(self) -> QuerySet[Role]:
        """The roles that she may give and take."""
        roles = Role.objects.select_related("group", "language").order_by("pk")
        return roles if self.is_everywhere else roles.filter(branch__in=self.branches)

    @property
    def groups(self) -> QuerySet[Group]:
        return Group.objects.filter(role__in=self.roles)

    @property
    def people(self) -> QuerySet[User]:
        """Those she knows of, be their accounts open or closed."""
        if self.is_everywhere:
            return User.objects.all()
        hers = User.groups.through.objects.filter(
            user=OuterRef("pk"), group__in=self.groups
        )
        return User.objects.filter(Exists(hers), is_superuser=False)

    @property
    def invitations(self) -> QuerySet[Invitation]:
        """Those that nobody has answered yet."""
        waiting = Invitation.objects.open()
        if self.is_everywhere:
            return waiting
        hers = Invitation.groups.through.objects.filter(
            invitation=OuterRef("pk"), group__in=self.groups
        )
        return waiting.filter(Exists(hers))

    def may_change(self, person: User) -> bool:
        """Whether she may give and take roles: never her own, never a superuser's."""
        if person == self.user:
            return False
        return self.user.is_superuser or not person.is_superuser

    def may_correct(self, person: User) -> bool:
        """Whether she may write a name and an address otherwise, be they her own."""
        is_hers = self.user.is_superuser or not person.is_superuser
        return self.is_everywhere and is_hers

    def may_close(self, person: User) -> bool:
        """Whether the whole account is in her hands: it has no role elsewhere."""
        return self.may_change(person) and not self.has_roles_elsewhere(person)

    def may_open(self, person: User) -> bool:
        """Whether she may undo that it was closed: not what the network's team did."""
        if self.is_everywhere:
            return self.may_change(person)
        closings = ModelLogEntry.objects.for_instance(person).filter(action=CLOSED)
        last = closings.select_related("user").order_by("timestamp").last()
        by_team = last is None or last.user is None or runs_network(last.user)
        return self.may_close(person) and not by_team

    def has_roles_elsewhere(self, person: User) -> bool:
        if self.is_everywhere:
            return False
        mine = {role.group_id for role in self.roles}
        return any(group.pk not in mine for group in person.groups.all())


class RoleNames:
    """What roles are called, in the reader's language: asked of the database once."""

    def __init__(self, roles: Iterable[Role]):
        self.roles = {role.group_id: role for role in roles}

    @cached_property
    def cities(self) -> dict[UUID | None, str]:
        branches = {role.branch for role in self.roles.values()} - {None}
        pages = Page.objects.filter(translation_key__in=branches).filter(
            Q(locale__language_code=get_language())
        )
        return dict(pages.values_list("translation_key", "title"))

    def short(self, role: Role) -> str:
        """What somebody does, where the city goes without saying."""
        if role.kind == Role.Kind.TRANSLATOR and role.language:
            return _("%(role)s, into %(language)s") % {
                "role": role.get_kind_display(),
                "language": role.language.get_display_name().lower(),
            }
        return str(role.get_kind_display())

    def where(self, role: Role) -> str:
        if role.branch is None:
            return _("The whole network")
        return self.cities.get(role.branch, role.group.name)

    def full(self, role: Role) -> str:
        return f"{self.where(role)} · {self.short(role)}"

    def of(self, groups: Iterable[Group]) -> list[str]:
        """The names of those of these groups that are known here."""
        known = [self.roles[group.pk] for group in groups if group.pk in self.roles]
        return sorted(self.full(role) for role in known)

    def choices(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """Roles to choose from, by city, the whole network first."""
        by_place: dict[str, list[tuple[int, str]]] = {}
        ordered = sorted(
            self.roles.values(), key=lambda role: (role.branch is not None, role.pk)
        )
        for role in ordered:
            place = by_place.setdefault(self.where(role), [])
            place.append((role.group_id, self.short(role)))
        return list(by_place.items())
