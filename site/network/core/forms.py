from django.forms import ModelMultipleChoiceField
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminPageForm

from .localized import counterparts


class EditorialPageForm(WagtailAdminPageForm):
    """Offers topics and principles in the page's own language, public ones alone.

    Each hook `check_page_form` may refuse what was sent, by raising PermissionDenied.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.locale_id is None:
            # The preview of a page that was never saved.
            self.instance.locale = self.parent_page.locale
        for name, field in self.fields.items():
            if isinstance(field, ModelMultipleChoiceField):
                kind = type(self.instance)._meta.get_field(name).related_model
                offered = kind.objects.listed(self.instance.locale)
                # A translation holds the links of its source.
                self.initial[name] = counterparts(self.initial.get(name, []), offered)
                field.queryset = offered

    def full_clean(self):
        # Before anything is said to be right or wrong: what is wrong is shown again.
        for check in hooks.get_hooks("check_page_form"):
            check(self)
        super().full_clean()
