"""Two people stand behind what is public: who wrote it last, and who read it.

Who may publish does so alone with what they alone wrote. What others wrote and they
changed is submitted, as long as there is somebody else to read it.
"""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from .changes import changes
from .gate import actor, refuse
from .models.approval import is_only_approver


def needs_second_person(revision: Revision, user) -> bool:
    """Whether `user` would publish what others wrote, with a last edit of their own."""
    if revision.user_id != user.pk or is_only_approver(user):
        return False
    others = written_since_public(revision).exclude(user=None).exclude(user=user)
    latest = others.order_by("pk").last()
    if latest is None:
        return False
    # Whoever saves what others wrote word by word has read it.
    return bool(changes(latest.as_object(), revision.as_object()).fields)


def written_since_public(revision: Revision):
    page = Page.objects.get(pk=revision.object_id)
    earlier = page.revisions.filter(pk__lt=revision.pk)
    if page.live_revision_id:
        return earlier.filter(pk__gt=page.live_revision_id)
    if page.last_published_at and not page.alias_of_id:
        return earlier.filter(created_at__gt=page.last_published_at)
    return earlier


def what_to_do() -> str:
    return _(
        "Saved, and not published: others wrote this too, and the last edit is yours. "
        "Submit it, and somebody else approves it."
    )


def send_to_approval(request, page):
    """Keep as a draft what is to be published from the form, and say why."""
    if needs_second_person(page.get_latest_revision(), request.user):
        messages.error(request, what_to_do())
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


def check_publishing(page: Page, revision: Revision) -> None:
    """The same, by whatever door; commands and jobs act for nobody."""
    user = actor()
    if user and needs_second_person(revision, user):
        refuse(page, what_to_do())
