"""Comments beside the text of a page: who is told of them.

Wagtail 8.0 writes to whoever subscribed once, be she gone since, at once and without
any other try.
"""

from functools import partial

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.edit import EditView as WagtailEditView
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    CommentReply,
    Page,
    PageSubscription,
)
from wagtail.users.models import UserProfile

from network.users.models import User

from .mails import Letter, admin_address, write


class EditView(WagtailEditView):
    """Wagtail's form of a page, whose comments are told by our mails."""

    def send_commenting_notifications(self, changes) -> None:
        """In place of Wagtail's own."""
        for person, threads in followers(self.page, self.request.user, changes):
            told = texts(changes, threads)
            if any(told.values()):
                compose = partial(commented, self.page, self.request.user, told)
                write([person], compose, page=self.page)


# --- Who -------------------------------------------------------------------


def followers(page: Page, by: User, changes: dict) -> list[tuple[User, set | None]]:
    """Who is told of which threads; None stands for all of them."""
    subscribed = PageSubscription.objects.filter(page=page, comment_notifications=True)
    everything = active(Q(pk__in=subscribed.values("user")))
    touched = {comment.pk for comment in changes["resolved_comments"]}
    touched |= {comment.pk for comment, _replies in changes["new_replies"]}
    wrote = Q(comment_replies__comment__in=touched) | Q(
        **{f"{COMMENTS_RELATION_NAME}__in": touched}
    )
    some = active(wrote).exclude(pk__in=everything).distinct() if touched else []
    found: list[tuple[User, set | None]] = [(person, None) for person in everything]
    found += [(person, threads_of(person, touched)) for person in some]
    return [(person, threads) for person, threads in found if follows(person, page, by)]


def active(found: Q):
    people = User.objects.filter(found, is_active=True)
    return people.select_related("wagtail_userprofile").order_by("pk")


def threads_of(person: User, touched: set) -> set:
    """Those of these threads in which somebody wrote."""
    begun = getattr(person, COMMENTS_RELATION_NAME).filter(pk__in=touched)
    answered = CommentReply.objects.filter(user=person, comment__in=touched)
    return {*begun.values_list("pk", flat=True)} | {
        *answered.values_list("comment", flat=True)
    }


def follows(person: User, page: Page, by: User) -> bool:
    """Whether somebody wants to be told, may be, and did not do it herself."""
    wants = UserProfile.get_for_user(person).updated_comments_notifications
    return person != by and wants and page.permissions_for_user(person).can_edit()


# --- What ------------------------------------------------------------------


def texts(changes: dict, threads: set | None) -> dict[str, list[str]]:
    """What was written, resolved and deleted in these threads."""

    def in_threads(comments) -> list[str]:
        return [one.text for one in comments if threads is None or one.pk in threads]

    return {
        "new": in_threads(changes["new_comments"]),
        "answered": [
            f"{comment.text}\n— {reply.text}"
            for comment, replies in changes["new_replies"]
            if threads is None or comment.pk in threads
            for reply in replies
        ],
        "resolved": in_threads(changes["resolved_comments"]),
        # Of what is deleted nobody knows any more whose thread it was.
        "deleted": in_threads(changes["deleted_comments"]) if threads is None else [],
    }


def commented(page: Page, by: User, told: dict[str, list[str]]) -> Letter:
    title = page.get_admin_display_title()
    headings = {
        "new": _("New comments"),
        "answered": _("Answers"),
        "resolved": _("Resolved"),
        "deleted": _("Deleted"),
    }
    return Letter(
        subject=_("Comments: “%(title)s”") % {"title": title},
        paragraphs=[
            _("%(who)s has commented on “%(title)s”.") % {"who": by, "title": title}
        ],
        link=admin_address("wagtailadmin_pages:edit", page.pk),
        link_text=_("See the page"),
        parts=[
            Letter(headings[what], [], quote="\n\n".join(said))
            for what, said in told.items()
            if said
        ],
    )


# --- Who no longer follows -------------------------------------------------


def forget_followed(person: User) -> None:
    """Take away the subscriptions to pages that somebody may no longer work on."""
    # Her rights were asked before, and are remembered.
    person = User.objects.get(pk=person.pk)
    followed = PageSubscription.objects.filter(user=person).select_related("page")
    lost = [
        one.pk
        for one in followed
        if not one.page.permissions_for_user(person).can_edit()
    ]
    PageSubscription.objects.filter(pk__in=lost).delete()


def on_roles_lost(instance, action: str, reverse: bool, **kwargs) -> None:
    if action in ("post_remove", "post_clear") and not reverse:
        forget_followed(instance)


def on_closed(instance: User, created: bool, **kwargs) -> None:
    if not (created or instance.is_active):
        PageSubscription.objects.filter(user=instance).delete()
