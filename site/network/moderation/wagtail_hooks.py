from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from network.access.roles import may_approve

from . import deletion, history, retracted, retraction_views, second_person, used_media
from .comments import EditView
from .desk import Desk, DeskPanel
from .mailbox import (
    JobAgainView,
    MailboxMenuItem,
    MailboxView,
    MailChoicePanel,
    SendAgainView,
)
from .menus import QueueMenuItem, lead_to_review, say_what_they_do
from .queue import QueuePanel, QueueView
from .views import ReviewView

# --- To read, to write, to be told -----------------------------------------


@hooks.register("register_admin_urls")
def register_screens():
    return [
        path("queue/", QueueView.as_view(), name="moderation_queue"),
        path("review/<int:page_id>/", ReviewView.as_view(), name="moderation_review"),
        path("mails/", MailboxView.as_view(), name="moderation_mails"),
        path(
            "mails/<int:pk>/send/",
            SendAgainView.as_view(),
            name="moderation_send_again",
        ),
        path(
            "mails/accounts/<uuid:job>/send/",
            JobAgainView.as_view(),
            name="moderation_job_again",
        ),
    ]


@hooks.register("construct_homepage_panels")
def show_desk_and_queue(request, panels):
    """Each on the first screen of those whose work it is, in place of Wagtail's own."""
    desk = Desk(request.user)
    panels[:] = []
    if may_approve(request.user):
        panels.append(QueuePanel())
    if desk.roles:
        panels.append(DeskPanel(desk))


# After Wagtail’s own, which add them.
@hooks.register("construct_homepage_summary_items", order=1000)
def leave_counts_out(request, items):
    """How many pages there are helps nobody to write or to decide."""
    items[:] = []


@hooks.register("register_admin_menu_item")
def register_queue_menu_item():
    return QueueMenuItem(
        _("To read"),
        reverse("moderation_queue"),
        name="queue",
        icon_name="clipboard-list",
        order=50,
    )


@hooks.register("register_reports_menu_item")
def register_mailbox_menu_item():
    return MailboxMenuItem(
        _("Mails"),
        reverse("moderation_mails"),
        name="mails",
        icon_name="mail",
        order=900,
    )


@hooks.register("construct_page_action_menu")
def lead_from_form_to_review(items, request, context):
    lead_to_review(items, context.get("page"), request.user)
    retracted.offer_no_submission(items, context.get("page"))
    say_what_they_do(items, context.get("page"))


# Ahead of the screen on which translations are edited.
hooks.register("before_edit_page", retracted.tell_who_writes, order=-20)
hooks.register("before_publish_page", second_person.send_to_approval)
hooks.register("ask_before_publishing", second_person.check_publishing)


@hooks.register("register_account_settings_panel")
def register_mail_choice(request, user, profile):
    return MailChoicePanel(request, user, profile)


@hooks.register("insert_global_admin_css")
def add_desk_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk.css"))


# --- To retract, to restore, to remember -----------------------------------


@hooks.register("register_admin_urls")
def register_retraction_urls():
    views = retraction_views
    return [
        path("retract/<int:page_id>/", views.RetractView.as_view(), name="retract"),
        path("retractions/", views.RetractionsView.as_view(), name="retractions"),
        path(
            "retractions/<int:pk>/restore/", views.RestoreView.as_view(), name="restore"
        ),
    ]


class NetworkPageViewSet(PageViewSet):
    """Wagtail's screens of a page, where ours must know of all its languages."""

    model = Page
    edit_view_class = EditView
    history_view_class = history.HistoryView
    delete_view_class = deletion.DeleteEverywhereView
    # To unpublish one language leaves the others online: retracting takes them all.
    unpublish_view_class = retraction_views.RetractView


@hooks.register("register_admin_viewset")
def register_page_viewset():
    return NetworkPageViewSet()


@hooks.register("before_unpublish_page")
def retract_instead(request, page):
    return retraction_views.retract_instead(request, page)


hooks.register("before_bulk_action", deletion.check_bulk_deletion)
hooks.register("before_bulk_action", used_media.check_bulk_move)
hooks.register("before_bulk_action", retraction_views.retract_one_by_one)


@hooks.register("register_page_header_buttons")
def add_retract_button(page, user, view_name, next_url=None):
    if not page.is_root() and may_approve(user) and retraction_views.is_public(page):
        yield Button(
            _("Retract everywhere"),
            retraction_views.retract_address(page),
            icon_name="no-view",
            priority=62,
        )


class RetractionsMenuItem(MenuItem):
    def is_shown(self, request):
        return may_approve(request.user)


@hooks.register("register_admin_menu_item")
def add_retractions():
    return RetractionsMenuItem(
        _("Retractions"), reverse("retractions"), icon_name="no-view", order=340
    )


# After Wagtail’s own, some of which it says in other words.
@hooks.register("register_log_actions", order=1)
def register_log_actions(actions):
    history.register(actions)
