"""Who is signed in, and how to put an end to it."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from .models import User


def end_sessions(person: User) -> None:
    """Sign somebody out of every browser.

    A session does not say in a column whose it is. There are as many as people at work,
    since readers have none: each can be looked into.
    """
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            session.delete()


@receiver(post_save, sender=User)
def sign_out_who_left(instance: User, raw: bool, **kwargs) -> None:
    if not (instance.is_active or raw):
        end_sessions(instance)
