from django.forms import BooleanField, ModelMultipleChoiceField
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page
from wagtail_localize.models import Translation

from .localized import counterparts
from .remembered import is_minor, mark_minor


class EditorialPageForm(WagtailAdminPageForm):
    """Offers topics and principles in the page's own language, public ones alone.

    Each hook `check_page_form` may refuse what was sent, by raising PermissionDenied.
    """

    minor_edit = BooleanField(
        label=_("Minor edit: translations stay up to date"),
        required=False,
        help_text=_(
            "Tick it if all that you changed is a misspelling or a comma, and nothing "
            "has to be translated again. A date, a number or a picture always has to "
            "be taken over."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.locale_id is None:
            # The preview of a page that was never saved.
            self.instance.locale = self.parent_page.locale
        for name, field in self.fields.items():
            if isinstance(field, ModelMultipleChoiceField):
                kind = type(self.instance)._meta.get_field(name).related_model
                locale = self.instance.locale
                # Readers also meet those that nobody translated.
                offered = kind.objects.listed(locale).filter(locale=locale)
                # A translation holds the links of its source.
                self.initial[name] = counterparts(self.initial.get(name, []), offered)
                field.queryset = offered
        if has_public_translations(self.instance):
            live = self.instance.live_revision_id
            self.initial["minor_edit"] = is_minor(self.instance.remembered, live)
        else:
            self.fields.pop("minor_edit", None)

    def full_clean(self):
        # Before anything is said to be right or wrong: what is wrong is shown again.
        for check in hooks.get_hooks("check_page_form"):
            check(self)
        super().full_clean()

    def save(self, commit=True):
        mark_minor(self.instance, self.cleaned_data.get("minor_edit", False))
        return super().save(commit)


def has_public_translations(page: Page) -> bool:
    """Whether something public says in another language what this page says."""
    made = Translation.objects.filter(
        source__object_id=page.translation_key, source__locale=page.locale_id
    )
    versions = page.get_translations().live().filter(alias_of=None)
    return (
        page.live and versions.filter(locale__in=made.values("target_locale")).exists()
    )
