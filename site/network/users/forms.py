from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm


class LoginForm(WagtailLoginForm):
    """Asks for an address and a password, in the language of whoever signs in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Wagtail 8.0's has no label of its own: it said "Password" to everybody.
        self.fields["password"].label = _("Password")
