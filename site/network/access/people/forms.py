"""The forms of the screens about people."""

from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from network.users.models import User

from .reach import Reach, RoleNames


class InvitationForm(forms.Form):
    """Whom to invite, and to do what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("A person’s own, not that of a service: it opens an account."),
    )
    role = forms.TypedChoiceField(
        label=_("Role"),
        coerce=int,
        help_text=_(
            "Editors write. Managers also invite people and look after the page of the "
            "city or region. Translators put what was written into one language."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=settings.WAGTAILADMIN_PERMITTED_LANGUAGES,
        widget=forms.RadioSelect,
        initial=settings.LANGUAGE_CODE,
    )

    def __init__(self, *args, reach: Reach, **kwargs):
        super().__init__(*args, **kwargs)
        role: forms.ChoiceField = self.fields["role"]  # type: ignore[assignment]
        choices: list = RoleNames(reach.roles).choices()
        if len(choices) == 1:
            # One city: its few roles are all in sight.
            [(_place, choices)] = choices
            role.widget = forms.RadioSelect()
        else:
            choices = [("", _("Choose")), *choices]
        role.choices = choices

    @property
    def group(self) -> Group:
        return Group.objects.get(pk=self.cleaned_data["role"])


class RolesForm(forms.Form):
    """What somebody may do, of what the reader may decide."""

    roles = forms.TypedMultipleChoiceField(
        label=_("Roles"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, reach: Reach, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.needs_one = not reach.has_roles_elsewhere(person)
        held = [group.pk for group in person.groups.all()]
        # Of the cities that somebody works for, not of all there are.
        near = {role.branch for role in reach.roles if role.group_id in held} | {None}
        roles = [role for role in reach.roles if role.branch in near]
        self.offered = RoleNames(roles).choices()
        field: forms.ChoiceField = self.fields["roles"]  # type: ignore[assignment]
        field.choices, field.initial = self.offered, held

    def clean_roles(self) -> list[int]:
        if self.needs_one and not self.cleaned_data["roles"]:
            raise forms.ValidationError(
                _("Leave one role at least. To send somebody away, close the account.")
            )
        return self.cleaned_data["roles"]

    @property
    def groups(self) -> list[Group]:
        return list(Group.objects.filter(pk__in=self.cleaned_data["roles"]))

    @property
    def all_groups(self) -> list[Group]:
        """All the roles that were there to be ticked."""
        offered = [pk for _place, roles in self.offered for pk, _name in roles]
        return list(Group.objects.filter(pk__in=offered))
