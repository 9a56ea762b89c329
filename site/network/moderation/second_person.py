"""Two people stand behind what is public: who wrote it last, and who read it.

Who may publish does so alone with what they alone wrote. What others wrote and they
changed is submitted, as long as there is somebody else to read it.
"""

import json
from collections.abc import Iterator

from bs4 import BeautifulSoup
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from .changes import changes
from .gate import actor, refuse
from .models.approval import is_only_approver

# Wagtail's editor gives each block a key, another one each time.
KEY = "data-block-key"


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
    """Which words are bold, a list or a heading: that is not told by words alone."""
    texts = (text for text in texts_in(revision.content) if "<" in text)
    return [html for html in map(without_traces, texts) if "<" in html]


def texts_in(value) -> Iterator[str]:
    """All texts in the content of a draft, those in its streams too."""
    if isinstance(value, dict):
        value = [value[name] for name in sorted(value)]
    if isinstance(value, list):
        for one in value:
            yield from texts_in(one)
    elif isinstance(value, str):
        stream = stored_stream(value)
        yield from [value] if stream is None else texts_in(stream)


def stored_stream(text: str) -> list | None:
    """What a text holds if it is a stream, which is kept as JSON."""
    try:
        found = json.loads(text) if text.startswith("[") else None
    except ValueError:
        return None
    return found if isinstance(found, list) else None


def without_traces(html: str) -> str:
    """A rich text as it is set, without what it gets by being saved."""
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(True):
        tag.attrs.pop(KEY, None)
    # An empty field becomes an empty paragraph.
    for paragraph in soup.find_all("p"):
        if not paragraph.find_all(True) and not paragraph.get_text(strip=True):
            paragraph.decompose()
    return str(soup).strip()


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
