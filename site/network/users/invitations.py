"""To invite people, and what becomes of an invitation."""

from collections.abc import Collection, Iterable

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from . import tasks
from .models import Invitation, User


class Gone(Exception):
    """The link was used, replaced or taken back, its time is over, or it never was."""


class Known(Exception):
    """Whoever was invited has an account, and takes the roles by signing in with it."""


@transaction.atomic
def invite(
    email: str,
    groups: Iterable[Group],
    by: User | None,
    language: str,
    among: Collection[Group] | None = None,
) -> None:
    """Invite somebody to these roles, by a link that replaces any earlier one.

    Who may give only the roles `among` these leaves alone what others have offered.
    Nothing is given back, and nobody is looked up: whoever invites does not learn who
    has an account, not even by how long it takes.
    """
    invitation = locked(email.lower(), language)
    change_roles(invitation, groups, among)
    send(invitation, by, language)
    log(invitation, "network.invite", user=by, data=told(groups))


def locked(email: str, language: str) -> Invitation:
    """The open invitation of this address, which nobody else changes meanwhile."""
    fresh = Invitation(email=email, language=language)
    fresh.renew()
    values = {
        name: getattr(fresh, name)
        for name in ("language", "seed", "token_hash", "expires")
    }
    invitation, _ = (
        Invitation.objects.open()
        .select_for_update()
        .get_or_create(email=email, defaults=values)
    )
    return invitation


def change_roles(
    invitation: Invitation, groups: Iterable[Group], among: Collection[Group] | None
) -> None:
    offered = set(invitation.groups.all())
    others = set() if among is None else offered - set(among)
    invitation.groups.set(others | set(groups))


def send(invitation: Invitation, by: User | None, language: str) -> None:
    """Write to whoever was invited, be there an account or not."""
    invitation.renew()
    invitation.invited_by, invitation.language = by, language
    invitation.save()
    transaction.on_commit(lambda: tasks.mail_invitation.enqueue(invitation.pk))


@transaction.atomic
def send_again(invitation: Invitation, by: User) -> None:
    """Send a new link, good for as long as the first was."""
    invitation = Invitation.objects.select_for_update().open().get(pk=invitation.pk)
    send(invitation, by, invitation.language)
    log(invitation, "network.invite_again", user=by)


@transaction.atomic
def revoke(
    invitation: Invitation, by: User, among: Collection[Group] | None = None
) -> None:
    """Take back an invitation, or what of it is `among` these roles."""
    invitation = Invitation.objects.select_for_update().open().get(pk=invitation.pk)
    offered = set(invitation.groups.all())
    taken = offered if among is None else offered & set(among)
    invitation.groups.remove(*taken)
    if not invitation.groups.exists():
        invitation.revoked = timezone.now()
        invitation.save()
    log(invitation, "network.revoke", user=by, data=told(taken))


@transaction.atomic
def accept(
    token: str, password: str, language: str, first_name="", last_name=""
) -> User:
    """Make the account of who was invited, with the roles offered.

    `Gone` if it is too late; `Known` if somebody made that account meanwhile.
    """
    invitation = good(token, lock=True)
    if account_of(invitation):
        raise Known
    person = User.objects.create_user(
        invitation.email, password, first_name=first_name, last_name=last_name
    )
    UserProfile.objects.create(user=person, preferred_language=language)
    receive(invitation, person)
    return person


@transaction.atomic
def take(token: str, person: User) -> None:
    """Give the roles to who was invited, has an account and signed in; or `Gone`."""
    invitation = good(token, lock=True)
    if account_of(invitation) != person or not person.is_active:
        raise Gone
    receive(invitation, person)


def receive(invitation: Invitation, person: User) -> None:
    groups = list(invitation.groups.all())
    person.groups.add(*groups)
    invitation.accepted = timezone.now()
    invitation.save()
    log(person, "network.accept", user=person, data=told(groups))


def account_of(invitation: Invitation) -> User | None:
    """The account that this address has, be it open or closed."""
    return User.objects.filter(email=invitation.email).first()


def good(token: str, lock: bool = False) -> Invitation:
    """The invitation whose link this is; `Gone` if it is no longer good."""
    found = Invitation.objects.good().with_token(token)
    invitation = (found.select_for_update() if lock else found).first()
    if invitation is None:
        raise Gone
    return invitation


def told(groups: Iterable[Group]) -> dict[str, list[str]]:
    return {"roles": sorted(group.name for group in groups)}
