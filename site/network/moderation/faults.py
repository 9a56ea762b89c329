"""What keeps a page from being public: drafts are saved without what readers need."""

from collections.abc import Iterator

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page


def faults_of(page: Page) -> str:
    """What is missing or wrong in this draft, field by field in words; or nothing."""
    faults = []
    try:
        page.full_clean()
    except ValidationError as error:
        faults += told(error, page)
    return " ".join([*faults, *stream_faults(page)])


def told(error: ValidationError, page: Page) -> Iterator[str]:
    """What an error says, under the labels that editors know."""
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    for name, messages in error.message_dict.items():
        if name == NON_FIELD_ERRORS:
            yield from messages
        else:
            yield fault(label_of(page, name), " ".join(messages))


def stream_faults(page: Page) -> Iterator[str]:
    """The model asks for a stream, and nothing of what is in its blocks."""
    for field in page._meta.fields:
        if isinstance(field, StreamField):
            try:
                field.stream_block.clean(getattr(page, field.name))
            except ValidationError:
                said = _("Something in it is missing or cannot be used.")
                yield fault(label_of(page, field.name), said)


def fault(label: str, said: str) -> str:
    return _("%(what)s: %(said)s") % {"what": label, "said": said}


def label_of(page: Page, name: str) -> str:
    return str(capfirst(page._meta.get_field(name).verbose_name))
