"""To cut a page into the strings that a translator meets, in few queries.

wagtail-localize 1.14 asks the database seven to thirteen times for each string of
a page that is new to it. These are the same rows, written in bulk.
"""

import json
from collections.abc import Iterable
from uuid import uuid5

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import (
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
    if TranslationSource.objects.filter(object=item, locale=thing.locale).exists():
        return TranslationSource.update_or_create_from_instance(thing)[0]
    source = TranslationSource.objects.create(
        object=item,
        locale=thing.locale,
        specific_content_type=ContentType.objects.get_for_model(thing),
        object_repr=str(thing)[:200],
        content_json=content_of(thing),
        schema_version=get_schema_version(thing._meta.app_label),
        last_updated_at=timezone.now(),
    )
    write_segments(source)
    return source


def content_of(thing: TranslatableMixin) -> str:
    if isinstance(thing, ClusterableModel):
        return thing.to_json()
    data = get_serializable_data_for_fields(thing)
    return json.dumps(data, cls=DjangoJSONEncoder)


def write_segments(source: TranslationSource) -> None:
    """Write what `source.refresh_segments()` would, for a source without any."""
    instance = source.as_instance()
    values = list(extract_segments(instance))
    contexts = write_contexts(source, instance, {value.path for value in values})
    strings = write_strings(source, of_type(values, StringSegmentValue))
    templates = write_templates(of_type(values, TemplateSegmentValue))
    StringSegment.objects.bulk_create(
        StringSegment(
            source=source,
            context=contexts[value.path],
            order=value.order,
            string=strings[value.string.data],
            attrs=as_json(value.attrs),
        )
        for value in of_type(values, StringSegmentValue)
    )
    TemplateSegment.objects.bulk_create(
        TemplateSegment(
            source=source,
            context=contexts[value.path],
            order=value.order,
            template=templates[template_key(value)],
        )
        for value in of_type(values, TemplateSegmentValue)
    )
    OverridableSegment.objects.bulk_create(
        OverridableSegment(
            source=source,
            context=contexts[value.path],
            order=value.order,
            data_json=as_json(value.data),
        )
        for value in of_type(values, OverridableSegmentValue)
    )
    for value in of_type(values, RelatedObjectSegmentValue):
        RelatedObjectSegment.from_value(source, value)


def of_type(values: list, kind: type) -> list:
    return [value for value in values if isinstance(value, kind)]


def as_json(data) -> str:
    return json.dumps(data, cls=DjangoJSONEncoder)


def write_contexts(
    source: TranslationSource, instance: TranslatableMixin, paths: Iterable[str]
) -> dict[str, TranslationContext]:
    """Where in the page each string stands, by its path."""
    contexts = [
        TranslationContext(
            object_id=source.object_id,
            path=path,
            path_id=TranslationContext._get_path_id(path),
        )
        for path in paths
    ]
    for context in contexts:
        # It saves what it has worked out, a row at a time; these have no row yet.
        context.save = do_nothing
        context.get_field_path(instance)
        del context.save
    TranslationContext.objects.bulk_create(contexts, ignore_conflicts=True)
    known = TranslationContext.objects.filter(object_id=source.object_id)
    return {context.path: context for context in known}


def do_nothing(**options) -> None:
    pass


def write_strings(source: TranslationSource, values: list) -> dict[str, String]:
    """The strings of a language, by what they say; each stands there once."""
    hashes = {
        value.string.data: String._get_data_hash(value.string.data) for value in values
    }
    String.objects.bulk_create(
        [
            String(locale_id=source.locale_id, data=data, data_hash=data_hash)
            for data, data_hash in hashes.items()
        ],
        ignore_conflicts=True,
    )
    known = String.objects.filter(
        locale_id=source.locale_id, data_hash__in=hashes.values()
    )
    return {string.data: string for string in known}


def template_key(value: TemplateSegmentValue):
    return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def write_templates(values: list) -> dict:
    """The HTML around strings, by its key; the same for many pages."""
    Template.objects.bulk_create(
        [
            Template(
                uuid=template_key(value),
                template=value.template,
                template_format=value.format,
                string_count=value.string_count,
            )
            for value in values
        ],
        ignore_conflicts=True,
    )
    known = Template.objects.filter(uuid__in=[template_key(value) for value in values])
    return {template.uuid: template for template in known}
