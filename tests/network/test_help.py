"""Every field that an editor fills in says what to write."""

import pytest
from django.apps import apps
from wagtail import blocks
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from home.models import Term
from network.core.dates import PartialDateBlock
from network.core.models import EditorialPage, Topic
from network.media.models import Document, Picture

PAGES = [model for model in apps.get_models() if issubclass(model, EditorialPage)]
WRITTEN = (
    blocks.CharBlock,
    blocks.RichTextBlock,
    blocks.TextBlock,
    blocks.URLBlock,
    PartialDateBlock,
)


def names(*models) -> set[str]:
    return {field.name for model in models for field in model._meta.get_fields()}


WAGTAILS = {
    "id",
    "translation_key",
    "locale",
    *names(Page, AbstractImage, AbstractDocument),
    *("page_ptr", "has_unpublished_changes", "go_live_at", "expire_at", "expired"),
}


@pytest.mark.parametrize(
    "model", [*PAGES, Topic, Term, Picture, Document], ids=lambda model: model.__name__
)
def test_every_field_says_what_to_write(model):
    ours = [
        field
        for field in model._meta.fields + model._meta.many_to_many
        if field.editable and field.name not in WAGTAILS
    ]

    assert [field.name for field in ours if not field.help_text] == []


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_every_text_of_a_block_says_what_to_write(model):
    streams = [field for field in model._meta.fields if isinstance(field, StreamField)]
    silent = [
        f"{block.label}: {child.label}"
        for stream in streams
        for block in stream.stream_block.child_blocks.values()
        if isinstance(block, blocks.StructBlock)
        for child in block.child_blocks.values()
        if isinstance(child, WRITTEN) and not child.field.help_text
    ]

    assert silent == []
