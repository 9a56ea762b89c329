"""What a page says, cut into sentences as wagtail-localize cuts it, and what it shows.

Nothing here asks whether a page is public: it reads the page that it is given.
"""

import hashlib
import html
import json
import re
from collections import defaultdict
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.html import strip_tags
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.segments import (
    OverridableSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

# The sentences of a page, by where they stand. A rich text has several at one place.
Texts = dict[str, list[str]]

# Where a page is found, which a translation follows in its own way.
NOT_SAID = {"slug", "show_in_menus"}
TEXT_BLOCKS = (
    *(blocks.CharBlock, blocks.TextBlock, blocks.BlockQuoteBlock),
    blocks.RichTextBlock,
)
# The editor gives paragraphs names, which no reader sees.
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


def texts_of(page: Page) -> Texts:
    """The sentences of `page`, in HTML, in the order of its form."""
    texts: Texts = defaultdict(list)
    for value in segments_of(page, StringSegmentValue):
        texts[value.path].append(value.string.data)
    return dict(texts)


def segments_of(page: Page, *kinds: type) -> list[Any]:
    said = [value for value in extract_segments(page) if value.path not in NOT_SAID]
    return [value for value in said if isinstance(value, kinds)]


def words_in(sentence: str) -> int:
    return len(html.unescape(strip_tags(sentence)).split())


def words_of(texts: Texts) -> int:
    return sum(words_in(one) for sentences in texts.values() for one in sentences)


def digest_of(data: Any) -> str:
    written = json.dumps(data, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


# --- What is not text ------------------------------------------------------


def facts_of(page: Page) -> str:
    """A digest of all that a translation has from its source besides sentences.

    Dates, numbers, choices, pictures, links, and the order and kind of blocks.
    """
    return digest_of([fields_of(page), markup_of(page)])


def markup_of(page: Page) -> list:
    """What stands around the sentences: lists and headings, and where links lead."""
    around = segments_of(page, TemplateSegmentValue, OverridableSegmentValue)
    said = [(value.path, around_sentences(value)) for value in around]
    return sorted(one for one in said if one[1])


def around_sentences(value) -> str:
    if isinstance(value, OverridableSegmentValue):
        return json.dumps(value.data, cls=DjangoJSONEncoder)
    # The editor leaves an empty paragraph in an empty field.
    return BLOCK_KEY.sub("", value.template).replace("<p></p>", "")


def fields_of(thing: models.Model) -> dict[str, Any]:
    """What is in those fields of `thing` that hold more than a sentence."""
    facts = {}
    for declared in get_translatable_fields(type(thing)):
        field = declared.get_field(type(thing))
        if field.name not in NOT_SAID and not is_sentence(field, declared, thing):
            facts[field.name] = fact(field, thing)
    return facts


def is_sentence(field, declared, thing) -> bool:
    kinds = (models.CharField, models.TextField, RichTextField)
    return isinstance(field, kinds) and declared.is_translated(thing)


def fact(field, thing: models.Model) -> Any:
    if isinstance(field, StreamField):
        stream = field.value_from_object(thing)
        return block_fact(stream.stream_block, stream)
    if isinstance(field, models.ManyToOneRel):
        return [fields_of(row) for row in getattr(thing, field.name).all()]
    if isinstance(field, ParentalManyToManyField):
        return sorted(other.pk for other in getattr(thing, field.name).all())
    return field.value_from_object(thing)


def block_fact(block: blocks.Block, value: Any) -> Any:
    """What is in a block besides its text; not its name, which old blocks change."""
    if isinstance(block, TEXT_BLOCKS):
        return None
    if isinstance(block, blocks.StreamBlock):
        return [[one.block_type, block_fact(one.block, one.value)] for one in value]
    if isinstance(block, blocks.StructBlock):
        children = block.child_blocks
        return {name: block_fact(children[name], part) for name, part in value.items()}
    if isinstance(block, blocks.ListBlock):
        return [block_fact(block.child_block, part) for part in value]
    return block.get_prep_value(value)
