"""To invite people, and what becomes of an invitation."""

from collections.abc import Collection, Iterable

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from . import mails, tasks
from .models import Invitation, User


class Gone(Exception):
    """The link was used, replaced or taken back, its time is over, or it never was."""


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
    Nothing is given back: whoever invites does not learn who has an account.
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
    """Write to whoever was invited; who has an account needs no link."""
    invitation.renew()
    invitation.invited_by, invitation.language = by, language
    invitation.save()
    person = User.objects.filter(email=invitation.email).first()
    if person:
        receive(invitation, person)
    else:
        transaction.on_commit(lambda: tasks.mail_invitation.enqueue(invitation.pk))


def receive(invitation: Invitation, person: User) -> None:
    """Give the roles to somebody who has an account, and tell her.

    An account that was closed stays closed: who closed it may know why.
    """
    roles = told(invitation.groups.all())
    if person.is_active:
        person.groups.add(*invitation.groups.all())
        close(invitation)
    template = "new_role" if person.is_active else "closed"
    mails.send_later(template, person.email, roles, language_of(person))


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
) -> tuple[User, bool]:
    """Make the account of who was invited, with the roles offered; `Gone` if too late.

    If somebody made that account meanwhile it gets the roles, and keeps its password:
    then the second thing given back is False.
    """
    invitation = good(token, lock=True)
    person = User.objects.filter(email=invitation.email).first()
    if person:
        receive(invitation, person)
        return person, False
    person = User.objects.create_user(
        invitation.email, password, first_name=first_name, last_name=last_name
    )
    person.groups.set(invitation.groups.all())
    UserProfile.objects.create(user=person, preferred_language=language)
    close(invitation)
    log(person, "network.accept", user=person, data=told(invitation.groups.all()))
    return person, True


def good(token: str, lock: bool = False) -> Invitation:
    """The invitation whose link this is; `Gone` if it is no longer good."""
    found = Invitation.objects.good().with_token(token)
    invitation = (found.select_for_update() if lock else found).first()
    if invitation is None:
        raise Gone
    return invitation


def close(invitation: Invitation) -> None:
    invitation.accepted = timezone.now()
    invitation.save()


def told(groups: Iterable[Group]) -> dict[str, list[str]]:
    return {"roles": sorted(group.name for group in groups)}


def language_of(person: User) -> str:
    """The language that somebody chose for her work here."""
    profile = UserProfile.get_for_user(person)
    return profile.preferred_language or settings.LANGUAGE_CODE
