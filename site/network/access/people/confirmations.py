"""What is asked once more before it is done to a person or to an invitation."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from network.users import accounts, invitations
from network.users.models import Invitation, User

from .views import PeopleMixin


class ConfirmView(PeopleMixin, TemplateView):
    """Asks once more before something is done to a person or an invitation."""

    template_name = "access/confirm.html"

    @cached_property
    def person(self) -> User:
        return get_object_or_404(self.reach.people, pk=self.kwargs["pk"])

    @cached_property
    def invitation(self) -> Invitation:
        return get_object_or_404(self.reach.invitations, pk=self.kwargs["pk"])

    def get(self, request, *args, **kwargs):
        self.check()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        self.check()
        self.act()
        messages.success(request, self.done)
        return redirect("people:index")

    def check(self) -> None:
        if not self.reach.may_close(self.person):
            raise PermissionDenied

    def get_context_data(self, **options):
        return super().get_context_data(**options) | {
            "about": getattr(self, self.subject),
            "advice": self.advice,
        }

    subject = "person"
    done: object = ""
    advice: object = ""


class CloseAccountView(ConfirmView):
    page_title = gettext_lazy("Close the account")
    advice = gettext_lazy(
        "This person is signed out at once and cannot come in any more. What she wrote "
        "stays, under her name. You can open the account again."
    )
    done = gettext_lazy("The account is closed.")

    def act(self):
        accounts.deactivate(self.person, self.reach.user)


class OpenAccountView(ConfirmView):
    page_title = gettext_lazy("Open the account again")
    advice = gettext_lazy("With the same roles and the same password as before.")
    done = gettext_lazy("The account is open again.")

    def check(self):
        if not self.reach.may_open(self.person):
            raise PermissionDenied

    def act(self):
        accounts.reactivate(self.person, self.reach.user)


class FreeAccountView(ConfirmView):
    page_title = gettext_lazy("Remove the second factor")
    advice = gettext_lazy(
        "For somebody who has lost both phone and recovery codes. Make sure that it is "
        "really this person who asks: call her."
    )
    done = gettext_lazy("The second factor is removed.")

    def check(self):
        if not (self.reach.is_everywhere and self.reach.may_change(self.person)):
            raise PermissionDenied

    def act(self):
        accounts.forget_second_factor(self.person, self.reach.user)


class SendAgainView(ConfirmView):
    subject = "invitation"
    page_title = gettext_lazy("Send the invitation again")
    advice = gettext_lazy("With a new link; the earlier one will no longer work.")
    done = gettext_lazy("The invitation is on its way again.")

    def check(self):
        """Whoever sees an invitation may send it again, or take it back."""

    def act(self):
        invitations.send_again(self.invitation, self.reach.user)


class RevokeView(SendAgainView):
    page_title = gettext_lazy("Take back the invitation")
    advice = gettext_lazy("Its link will no longer work. You can invite again later.")
    done = gettext_lazy("The invitation is taken back.")

    def act(self):
        groups = list(self.reach.groups)
        invitations.revoke(self.invitation, self.reach.user, among=groups)
