from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel


class DoorPanel(BaseSettingsPanel):
    """In somebody's account: the way to her password and her second factor."""

    name = "door"
    title = _("Password and second factor")
    order = 150
    template_name = "users/door_panel.html"

    def get_form(self) -> forms.Form:
        # Wagtail saves each panel's form; there is nothing to save in this one.
        return forms.Form()
