"""What a form may point at: nothing that its author may not know of.

Choosers offer only that, but a browser can send any number; the page, and its preview,
would then show what that number stands for.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm, ModelChoiceField
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks.base import BlockField
from wagtail.models import Page, ReferenceIndex
from wagtail.rich_text import extract_references_from_rich_text

from network.core.forms import EditorialPageForm
from network.media.models import Document, Picture

from .walls import known_media, known_pages

Reference = tuple[type, str]


def refuse_unknown_references(form: EditorialPageForm) -> None:
    """Refuse a form that points at something new that its author may not know of."""
    if form.for_user is None or not form.is_bound:
        return
    added = defaultdict(set)
    for kind, key in set(sent_references(form)) - kept_references(form.instance):
        added[kind].add(key)
    if any(are_unknown(form.for_user, kind, keys) for kind, keys in added.items()):
        raise PermissionDenied


def are_unknown(user, kind: type, keys: set[str]) -> bool:
    known = known_pages(user) if kind is Page else known_media(user, kind)
    found = known.filter(pk__in=keys).values_list("pk", flat=True)
    return keys != set(map(str, found))


def sent_references(form: BaseForm) -> Iterator[Reference]:
    """What the values in a form point at, before anybody says that they are right."""
    for bound in form:
        for model, key in field_references(bound):
            if kind := walled_kind(model):
                yield kind, str(key)
    for formset in getattr(form, "formsets", {}).values():
        for row in formset.forms:
            yield from sent_references(row)


def field_references(bound) -> Iterator[tuple[type, object]]:
    value, field = bound.data, bound.field
    if isinstance(field, BlockField):
        for model, key, *_place in field.block.extract_references(value):
            yield model, key
    elif isinstance(field.widget, DraftailRichTextArea):
        for model, key, *_place in extract_references_from_rich_text(value or ""):
            yield model, key
    elif isinstance(field, ModelChoiceField) and str(value).isdigit():
        yield field.queryset.model, value  # type: ignore[union-attr]


def kept_references(instance) -> set[Reference]:
    """What a page points at already: it may have been public once."""
    kept = set()
    for content_type, key, *_place in ReferenceIndex._extract_references_from_object(
        instance
    ):
        model = ContentType.objects.get_for_id(content_type).model_class()
        if kind := walled_kind(model):
            kept.add((kind, key))
    return kept


def walled_kind(model: type | None) -> type | None:
    kinds = (Page, Picture, Document)
    return next((kind for kind in kinds if model and issubclass(model, kind)), None)
