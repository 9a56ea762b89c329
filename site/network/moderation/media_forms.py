"""The forms of pictures and documents, which say what is kept before it is tried."""

from typing import TYPE_CHECKING

from django.forms import ModelForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .used_media import SHOWN, is_refused, why_kept

if TYPE_CHECKING:
    Base = ModelForm
else:
    Base = object


class KeptForm(Base):
    """Refuses to change what readers see, and keeps all that was typed.

    Wagtail removes the former file of a document before it saves another.
    """

    original_file: object

    def _post_clean(self):
        super()._post_clean()  # type: ignore[misc]
        if is_refused(self.instance):
            self.add_error(self.where_changed, why_kept())
            # Beside the form is what there is; what was sent is not kept anywhere.
            self.instance.file = self.original_file

    @property
    def where_changed(self) -> str:
        """The field to say it at; Wagtail's page shows only what is said of those."""
        shown = SHOWN[type(self.instance)]
        visible = [field.name for field in self.visible_fields()]
        changed = [name for name in visible if name in shown & {*self.changed_data}]
        return changed[0] if changed else "title"


class PictureForm(KeptForm, BaseImageForm):
    pass


class DocumentForm(KeptForm, BaseDocumentForm):
    pass
