"""The screens about people: who works here, who is invited, and who may leave."""

from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import (
    Column,
    DateColumn,
    StatusTagColumn,
    TitleColumn,
)
from wagtail.admin.views.generic.base import (
    BaseListingView,
    WagtailAdminTemplateMixin,
)
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import ModelLogEntry

from network.users import accounts, invitations
from network.users.adapters import TOO_OFTEN
from network.users.models import User

from .forms import InvitationForm, RolesForm
from .reach import Reach, RoleNames

PEOPLE = gettext_lazy("People")
ENTRIES_SHOWN = 20


class PeopleMixin(WagtailAdminTemplateMixin):
    """A screen for who answers for people, in the admin's own frame."""

    header_icon = "group"

    def dispatch(self, request, *args, **kwargs):
        self.reach = Reach(request.user)
        if self.reach.is_empty:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        above = {"url": reverse("people:index"), "label": PEOPLE}
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, above, here]


class PeopleView(PeopleMixin, BaseListingView):
    """Everybody in reach, and the invitations that wait for an answer."""

    model = User
    page_title = PEOPLE
    template_name = "access/people.html"
    index_url_name = "people:index"
    index_results_url_name = "people:index_results"
    verbose_name_plural = PEOPLE
    default_ordering = "email"
    is_searchable = True
    search_fields = ["email", "first_name", "last_name"]
    search_backend_name = None
    paginate_by = 50

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": PEOPLE}]

    @cached_property
    def header_buttons(self):
        label = _("Invite somebody")
        return [HeaderButton(label, url=reverse("people:invite"), icon_name="plus")]

    def get_base_queryset(self):
        second_factor = Authenticator.objects.filter(user=OuterRef("pk"))
        return self.reach.people.annotate(
            has_second_factor=Exists(second_factor)
        ).prefetch_related("groups")

    @cached_property
    def names(self) -> RoleNames:
        return RoleNames(self.reach.roles)

    def roles(self, person: User) -> str:
        names = self.names.of(person.groups.all())
        elsewhere = (
            [_("and elsewhere")] if self.reach.has_roles_elsewhere(person) else []
        )
        return ", ".join(names + elsewhere)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "name",
                label=_("Name"),
                accessor=str,
                get_url=lambda person: reverse("people:person", args=[person.pk]),
            ),
            Column("email", label=_("E-mail address"), sort_key="email"),
            Column("roles", label=_("Roles"), accessor=self.roles),
            DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login"),
            Column(
                "second_factor",
                label=_("Second factor"),
                accessor=lambda person: _("on") if person.has_second_factor else "",
            ),
            StatusTagColumn(
                "is_active",
                label=_("Account"),
                accessor=lambda person: _("open") if person.is_active else _("closed"),
                primary=lambda person: person.is_active,
                sort_key="is_active",
            ),
        ]

    def waiting(self) -> list[dict]:
        """The invitations, each with those of its roles that the reader may know of."""
        found = self.reach.invitations.select_related("invited_by")
        return [
            {"invitation": one, "roles": self.names.of(one.groups.all())}
            for one in found.prefetch_related("groups")
        ]

    def get_context_data(self, **options):
        return super().get_context_data(**options) | {"waiting": self.waiting()}


class PeopleFormView(PeopleMixin, FormView):
    """A form about people: back to the list once it is done."""

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"reach": self.reach}

    def done(self, message: str):
        messages.success(self.request, message)
        return redirect("people:index")


class InviteView(PeopleFormView):
    """Invite somebody; the answer is the same whether she has an account or not."""

    form_class = InvitationForm
    template_name = "access/invite.html"
    page_title = gettext_lazy("Invite somebody")
    extra_context = {"days": settings.INVITATION_DAYS}

    def form_valid(self, form):
        user = self.reach.user
        if not ratelimit.consume(self.request, action="invite", user=user):
            form.add_error(None, TOO_OFTEN)
            return self.form_invalid(form)
        email, language = form.cleaned_data["email"], form.cleaned_data["language"]
        groups = list(self.reach.groups)
        invitations.invite(email, [form.group], user, language, among=groups)
        said = _("The invitation is on its way to %(email)s.")
        return self.done(said % {"email": email})


class PersonView(PeopleFormView):
    """Somebody: what she does here, and what became of her account."""

    form_class = RolesForm
    template_name = "access/person.html"

    @cached_property
    def person(self) -> User:
        people = self.reach.people.prefetch_related("groups")
        return get_object_or_404(people, pk=self.kwargs["pk"])

    def get_page_title(self):
        return str(self.person)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"person": self.person}

    def post(self, request, *args, **kwargs):
        if not self.reach.may_change(self.person):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        accounts.change_roles(
            self.person, form.groups, self.reach.user, among=form.all_groups
        )
        return self.done(
            _("The roles of %(person)s are changed.") % {"person": self.person}
        )

    def get_context_data(self, **options):
        reach, person = self.reach, self.person
        return super().get_context_data(**options) | {
            "person": person,
            "may_change": reach.may_change(person),
            "may_close": person.is_active and reach.may_close(person),
            "may_open": not person.is_active and reach.may_open(person),
            "works_elsewhere": reach.has_roles_elsewhere(person),
            "has_second_factor": Authenticator.objects.filter(user=person).exists(),
            "may_correct": reach.may_correct(person),
            "may_free": reach.is_everywhere and reach.may_change(person),
            "entries": self.entries(),
        }

    def entries(self):
        """What was done to the account; of somebody who works elsewhere, nothing."""
        if self.reach.has_roles_elsewhere(self.person):
            return ModelLogEntry.objects.none()
        found = ModelLogEntry.objects.for_instance(self.person).select_related("user")
        return found.order_by("-timestamp")[:ENTRIES_SHOWN]
