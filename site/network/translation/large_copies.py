"""To copy a large tree while nobody waits.

A page is copied in each language, and with what was translated of it: that takes a
quarter of a second, and two hundred of them longer than a server lets anybody wait.
"""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from network.moderation.mails import Letter, admin_address, write
from network.users.models import User

# How many pages below another are copied while somebody waits: for a second at most.
MOST_AT_ONCE = 3


def leave_to_a_job(request, page: Page):
    """Copy a large tree later; what is wrong with the form, its own screen says."""
    below = page.get_descendants().count()
    if request.method != "POST" or below <= MOST_AT_ONCE:
        return None
    form_class = getattr(page.specific_class, "copy_form_class", CopyForm)
    form = form_class(request.POST, user=request.user, page=page)
    if not (form.is_valid() and form.cleaned_data.get("copy_subpages")):
        return None
    chosen = form.cleaned_data
    parent = chosen["new_parent_page"] or page.get_parent()
    if not may_copy(request.user, page, parent):
        return None
    copy_tree.enqueue(page.pk, parent.pk, request.user.pk, **wanted(chosen))
    messages.success(
        request,
        _(
            "“%(title)s” is being copied, with the %(count)s pages below it: you need "
            "not wait. Until all are there, none is. If that fails, a mail says so."
        )
        % {"title": page.get_admin_display_title(), "count": below},
    )
    after = get_valid_next_url_from_request(request)
    return redirect(after or "wagtailadmin_explore", *([] if after else [parent.pk]))


def may_copy(user, page: Page, parent: Page) -> bool:
    """Whether this will do; what it is that will not, Wagtail's own screen says."""
    rights = page.permissions_for_user(user)
    return rights.can_copy_to(parent, recursive=True) and (
        parent.locale_id == page.locale_id
    )


def wanted(chosen: dict) -> dict:
    return {
        "title": chosen["new_title"],
        "slug": chosen["new_slug"],
        "live": bool(chosen.get("publish_copies")),
        "alias": bool(chosen.get("alias")),
    }


@task()
def copy_tree(page: int, parent: int, user: int, **wanted) -> None:
    """Copy it whole or not at all, with the rights that somebody has by now."""
    person = User.objects.get(pk=user, is_active=True)
    try:
        copied = copy(page, parent, person, **wanted)
    except Exception as error:
        # Whoever asked went on with something else, and reads no log.
        about = partial(not_copied, wanted["title"], error)
        write([person], about, always=True)
        raise
    write([person], partial(done, wanted["title"], copied), page=copied)


@transaction.atomic
def copy(page: int, parent: int, person: User, alias: bool, **wanted) -> Page:
    original = Page.objects.get(pk=page).specific
    below = Page.objects.get(pk=parent).specific
    # Somebody may have taken the address since.
    wanted["slug"] = find_available_slug(below, wanted["slug"])
    action = as_alias if alias else as_copy
    return action(original, below, person, **wanted).execute()


def as_alias(page: Page, parent: Page, user, slug: str, **_wanted):
    return CreatePageAliasAction(
        page, recursive=True, parent=parent, update_slug=slug, user=user
    )


def as_copy(page: Page, parent: Page, user, live: bool, **named: str):
    return CopyPageAction(
        page,
        recursive=True,
        to=parent,
        update_attrs=named,
        keep_live=live,
        user=user,
    )


# --- What is told ----------------------------------------------------------


def done(title: str, copied: Page) -> Letter:
    return Letter(
        subject=_("Copied: “%(title)s”") % {"title": title},
        paragraphs=[_("The copy that you asked for is there, with all below it.")],
        link=admin_address("wagtailadmin_explore", copied.pk),
        link_text=_("See the pages"),
    )


def not_copied(title: str, error: Exception) -> Letter:
    # Only what she typed herself: what she may no longer see may have a new title.
    return Letter(
        subject=_("Not copied: “%(title)s”") % {"title": title},
        paragraphs=[
            _("The copy that you asked for could not be made. Nothing was copied."),
            why(error),
        ],
        link=admin_address("wagtailadmin_explore_root"),
        link_text=_("See the pages"),
    )


def why(error: Exception) -> str:
    if isinstance(error, Page.DoesNotExist):
        return _("The page was deleted meanwhile, or the one that it was to be below.")
    if isinstance(error, PermissionDenied):
        return _(
            "You may no longer copy it there, or the place was retracted. Choose "
            "another place, or ask the network team."
        )
    return _(
        "Nobody expected what went wrong. Ask for the copy once more; if it goes wrong "
        "again, write to the network team."
    )
