"""To close an account and open it again, and to change what somebody may do."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.log_actions import log

from .models import User

CLOSED = "network.deactivate"


@transaction.atomic
def deactivate(person: User, by: User) -> None:
    """Close an account: its owner is signed out wherever she is, and stays out."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    log(person, CLOSED, user=by)


@transaction.atomic
def reactivate(person: User, by: User) -> None:
    person.is_active = True
    person.save(update_fields=["is_active"])
    log(person, "network.reactivate", user=by)


@transaction.atomic
def change_roles(
    person: User, groups: Iterable[Group], by: User, among: Iterable[Group]
) -> None:
    """Let somebody have these roles `among` those, and keep all others."""
    groups = list(groups)
    names = sorted(group.name for group in groups)
    # What stays is never taken, not even for a moment: others would act upon it.
    person.groups.remove(*(group for group in among if group not in groups))
    person.groups.add(*groups)
    log(person, "network.change_roles", user=by, data={"roles": names})


@transaction.atomic
def forget_second_factor(person: User, by: User) -> None:
    """Free an account whose owner has lost her phone and her recovery codes."""
    Authenticator.objects.filter(user=person).delete()
    log(person, "network.forget_second_factor", user=by)
