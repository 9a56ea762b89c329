"""Two people stand behind what is public: who wrote it last, and who read it.

Who may publish does so alone with what they alone wrote. What others wrote and they
changed is submitted, as long as there is somebody else to read it.
"""

import json
import re

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from .changes import changes
from .gate import actor, refuse
from .models.approval import is_only_approver

# An empty field becomes an empty paragraph by being saved.
MARK = re.compile(r"<(?!p\b)\w+")


def needs_second_person(revision: Revision, user) -> bool:
    """Whether `user` would publish what others wrote, with a last edit of their own."""
    if revision.user_id != user.pk or is_only_approver(user):
        return False
    others = written_since_public(revision).exclude(user=None).exclude(user=user)
    latest = others.order_by("pk").last()
    if latest is None:
        return False
    # Whoever saves what others wrote word by word has read it.
    return not is_the_same(latest, revision)


def is_the_same(one: Revision, other: Revision) -> bool:
    """Whether two drafts say the same, and set it in the same way."""
    if marks(one) != marks(other):
        return False
    return not changes(one.as_object(), other.as_object()).fields


def marks(revision: Revision) -> list[str]:
    """What makes words bold, a list or a heading: no word tells of it."""
    content = json.dumps(revision.content, default=str, sort_keys=True)
    return MARK.findall(content)


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
