"""To cut a page into the strings that a translator meets, in few queries.

wagtail-localize 1.14 asks the database seven to thirteen times for each string of
a page, new or changed. These are the same rows, written in bulk.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from operator import attrgetter
from uuid import uuid5

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import (
    BaseSegment,
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
    get_schema_version,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments


@transaction.atomic
def source_of(thing: TranslatableMixin) -> TranslationSource:
    """The strings of `thing` as they are now, to be translated."""
    thing = thing.specific if isinstance(thing, Page) else thing
    item, _ = TranslatableObject.objects.get_or_create_from_instance(thing)
    source = TranslationSource.objects.filter(object=item, locale=thing.locale).first()
    if source is None:
        source = TranslationSource(
            object=item,
            locale=thing.locale,
            specific_content_type=ContentType.objects.get_for_model(thing),
        )
    return refresh(source, thing)


def refresh(source: TranslationSource, thing: TranslatableMixin) -> TranslationSource:
    """Have `source` say what `thing` says now; what did not change keeps its row.

    To be called in a transaction.
    """
    content = content_of(thing)
    if source.pk and json.loads(source.content_json) == json.loads(content):
        return source
    keep = replace if source.pk else create
    source.content_json = content
    # What was read of the former one.
    source.__dict__.pop("form", None)
    source.object_repr = str(thing)[:200]
    source.schema_version = get_schema_version(thing._meta.app_label)
    source.last_updated_at = timezone.now()
    source.save()
    write_segments(source, thing, keep)
    return source


def content_of(thing: TranslatableMixin) -> str:
    if isinstance(thing, ClusterableModel):
        return thing.to_json()
    data = get_serializable_data_for_fields(thing)
    return json.dumps(data, cls=DjangoJSONEncoder)


def write_segments(
    source: TranslationSource, thing: TranslatableMixin, keep: Callable
) -> None:
    """Write what `source.refresh_segments()` would, each kind of segment by `keep`."""
    values = list(extract_segments(thing))
    contexts = write_contexts(source, thing, {value.path for value in values})
    strings = write_strings(source, of_type(values, StringSegmentValue))
    templates = write_templates(of_type(values, TemplateSegmentValue))
    keep(
        source,
        StringSegment,
        [
            StringSegment(
                source=source,
                context=contexts[value.path],
                order=value.order,
                string=strings[value.string.data],
                attrs=as_json(value.attrs),
            )
            for value in of_type(values, StringSegmentValue)
        ],
    )
    keep(
        source,
        TemplateSegment,
        [
            TemplateSegment(
                source=source,
                context=contexts[value.path],
                order=value.order,
                template=templates[template_key(value)],
            )
            for value in of_type(values, TemplateSegmentValue)
        ],
    )
    keep(
        source,
        OverridableSegment,
        [
            OverridableSegment(
                source=source,
                context=contexts[value.path],
                order=value.order,
                data_json=as_json(value.data),
            )
            for value in of_type(values, OverridableSegmentValue)
        ],
    )
    keep(
        source,
        RelatedObjectSegment,
        [
            RelatedObjectSegment(
                source=source,
                context=contexts[value.path],
                order=value.order,
                object=object_of(value),
            )
            for value in of_type(values, RelatedObjectSegmentValue)
        ],
    )


def object_of(value: RelatedObjectSegmentValue) -> TranslatableObject:
    # One at a time: a page has few of these, or none.
    return TranslatableObject.objects.get_or_create(
        content_type=value.content_type, translation_key=value.translation_key
    )[0]


# What a segment says, wherever in its page it stands.
SAYS = {
    StringSegment: ("context_id", "string_id", "attrs"),
    TemplateSegment: ("context_id", "template_id"),
    OverridableSegment: ("context_id", "data_json"),
    RelatedObjectSegment: ("context_id", "object_id"),
}


def create(source: TranslationSource, model: type[BaseSegment], segments: list) -> None:
    """Give these segments of a kind to a source that has none."""
    model._default_manager.bulk_create(segments)


def replace(
    source: TranslationSource, model: type[BaseSegment], segments: list
) -> None:
    """Have `source` hold these segments of a kind, and no others."""
    says = attrgetter(*SAYS[model])
    known = defaultdict(list)
    for segment in model._default_manager.filter(source=source).order_by("order"):
        known[says(segment)].append(segment)
    new, moved = [], []
    for segment in segments:
        if not (same := known[says(segment)]):
            new.append(segment)
        elif (kept := same.pop(0)).order != segment.order:
            kept.order = segment.order
            moved.append(kept)
    gone = [segment.pk for same in known.values() for segment in same]
    model._default_manager.filter(pk__in=gone).delete()
    model._default_manager.bulk_update(moved, ["order"])
    model._default_manager.bulk_create(new)


def of_type(values: list, kind: type) -> list:
    return [value for value in values if isinstance(value, kind)]


def as_json(data) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder)


def write_contexts(
    source: TranslationSource, thing: TranslatableMixin, paths: Iterable[str]
) -> dict[str, TranslationContext]:
    """Where in the page each string stands, by its path."""

    def known():
        rows = TranslationContext.objects.filter(object_id=source.object_id)
        return {context.path: context for context in rows}

    def new(path):
        context = TranslationContext(
            object_id=source.object_id,
            path=path,
            path_id=TranslationContext._get_path_id(path),
        )
        # It saves what it has worked out, a row at a time; this has no row yet.
        context.save = do_nothing
        context.get_field_path(thing)
        del context.save
        return context

    return completed(TranslationContext, known, paths, new)


def do_nothing(**options) -> None:
    pass


def completed(
    model: type[Model], known: Callable, wanted: Iterable, new: Callable
) -> dict:
    """The rows that `known` finds by their key, once those wanted are all there."""
    found = known()
    if missing := [key for key in wanted if key not in found]:
        model._default_manager.bulk_create(map(new, missing), ignore_conflicts=True)
        found = known()
    return found


def write_strings(source: TranslationSource, values: list) -> dict[str, String]:
    """The strings of a language, by what they say; each stands there once."""
    hashes = {
        value.string.data: String._get_data_hash(value.string.data) for value in values
    }

    def known():
        rows = String.objects.filter(
            locale_id=source.locale_id, data_hash__in=hashes.values()
        )
        return {string.data: string for string in rows}

    def new(data):
        return String(locale_id=source.locale_id, data=data, data_hash=hashes[data])

    return completed(String, known, hashes, new)


def template_key(value: TemplateSegmentValue):
    return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def write_templates(values: list) -> dict:
    """The HTML around strings, by its key; the same for many pages."""
    wanted = {template_key(value): value for value in values}

    def known():
        rows = Template.objects.filter(uuid__in=wanted)
        return {template.uuid: template for template in rows}

    def new(key):
        return Template(
            uuid=key,
            template=wanted[key].template,
            template_format=wanted[key].format,
            string_count=wanted[key].string_count,
        )

    return completed(Template, known, wanted, new)
