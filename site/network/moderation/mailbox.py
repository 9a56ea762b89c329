"""What the team sees of the mails, and what each person chooses about them."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from network.access.roles import runs_network

from .jobs import job_again, lost_or_late
from .mails import send_again
from .models import Mail, MailChoice

PER_PAGE = 50


class ForTeam(View):
    """Only those who look after the network come here."""

    def dispatch(self, request, *args, **kwargs):
        if not runs_network(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class MailboxMenuItem(MenuItem):
    def is_shown(self, request):
        return runs_network(request.user)


class MailboxView(ForTeam, WagtailAdminTemplateMixin, TemplateView):
    """The mails of the last month, those that failed first; never what they say."""

    template_name = "moderation/mailbox.html"
    page_title = gettext_lazy("Mails")
    header_icon = "mail"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        # An invitation's link is a secret between the site and one person.
        mails = Mail.objects.select_related("recipient").defer("text", "html")
        rows = Paginator(mails.trouble_first(), PER_PAGE).get_page(
            self.request.GET.get("p")
        )
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "jobs": lost_or_late(),
            "elided_page_range": rows.paginator.get_elided_page_range(rows.number),
        }


class SendAgainView(ForTeam):
    """Tries a mail once more that could not be sent."""

    def post(self, request, pk):
        mail = get_object_or_404(Mail.objects.failed(), pk=pk)
        send_again(mail)
        messages.success(
            request, _("“%(subject)s” is sent again.") % {"subject": mail.subject}
        )
        return redirect("moderation_mails")


class JobAgainView(ForTeam):
    """Tries a mail about an account once more that could not be sent."""

    def post(self, request, job):
        if not job_again(job):
            raise Http404
        messages.success(request, _("The mail is sent again."))
        return redirect("moderation_mails")


class MailChoiceForm(forms.ModelForm):
    class Meta:
        model = MailChoice
        fields = ["often"]
        widgets = {"often": forms.RadioSelect}


class MailChoicePanel(BaseSettingsPanel):
    """How often somebody wants to be told, on their account's screen."""

    name = "mails"
    title = gettext_lazy("Mails about pages")
    tab = notifications_tab
    order = 50
    form_class = MailChoiceForm

    def get_form(self):
        chosen = MailChoice.objects.filter(user=self.user).first()
        return self.form_class(
            self.request.POST if self.request.method == "POST" else None,
            instance=chosen or MailChoice(user=self.user),
            prefix=self.name,
        )
