"""Every field that an editor fills in says what to write, and gives an example."""

import pytest
from django.apps import apps
from django.db import models
from django.utils.translation import override
from wagtail import blocks
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Orderable, Page

from home.models import NetworkSettings, Term
from network.core.dates import PartialDateBlock, PartialDateField
from network.core.models import EditorialPage, Topic
from network.media.models import Document, Picture

PAGES = [model for model in apps.get_models() if issubclass(model, EditorialPage)]
FILES = [Picture, Document]
ROWS = [
    model
    for model in apps.get_models()
    if issubclass(model, Orderable) and not model.__module__.startswith("wagtail")
]
EDITED = [*PAGES, *FILES, *ROWS, Topic, Term, NetworkSettings]
FREE_FIELDS = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.DecimalField,
    PartialDateField,
)
FREE_BLOCKS = (
    blocks.CharBlock,
    blocks.TextBlock,
    blocks.RichTextBlock,
    blocks.URLBlock,
    blocks.IntegerBlock,
    PartialDateBlock,
)
EXAMPLES = {"en": "For example: ", "fr": "Par exemple\u00a0: "}


def names(*models) -> set[str]:
    return {field.name for model in models for field in model._meta.get_fields()}


# What Wagtail asks for; a page's title has its help text in its panel.
OF_A_PAGE = names(Page) | {"page_ptr"}
OF_A_FILE = names(AbstractImage, AbstractDocument) - {"title", "description"}
OF_ANYTHING = {
    *("id", "translation_key", "locale", "site", "sort_order", "page"),
    *("has_unpublished_changes", "go_live_at", "expire_at", "expired"),
    *("latest_revision", "live_revision", "live", "locked", "locked_by"),
    *("first_published_at", "last_published_at"),
}


def fields_of(model):
    """The fields of `model` that are ours to explain."""
    wagtails = OF_A_FILE if model in FILES else OF_A_PAGE if model in PAGES else set()
    return [
        field
        for field in model._meta.fields + model._meta.many_to_many
        if field.editable and field.name not in wagtails | OF_ANYTHING
    ]


def leaves(block, path):
    """The blocks inside `block` that hold a value, each with where it stands."""
    if isinstance(block, blocks.ListBlock):
        yield from leaves(block.child_block, path)
    elif isinstance(block, blocks.BaseStreamBlock | blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from leaves(child, f"{path}.{name}")
    else:
        yield path, block


def blocks_of(page):
    return [
        leaf
        for field in page._meta.fields
        if isinstance(field, StreamField)
        for leaf in leaves(field.stream_block, field.name)
    ]


def is_free(field) -> bool:
    """Whether whoever fills this in may write any text or number."""
    return isinstance(field, FREE_FIELDS) and not field.choices


# A row that links to a case or a method is explained once, above all of them.
LINKS = {"case", "city", "method", "resource"}


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_every_field_says_what_to_write(model):
    links = LINKS if model in ROWS else set()
    silent = {field.name for field in fields_of(model) if not field.help_text}

    assert silent - links == set()


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_every_block_says_what_to_write(model):
    assert [path for path, block in blocks_of(model) if not block.field.help_text] == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_every_text_and_number_has_an_example(model, language):
    with override(language):
        bare = [
            field.name
            for field in fields_of(model)
            if is_free(field) and EXAMPLES[language] not in field.help_text
        ]

    assert bare == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_every_text_and_number_of_a_block_has_an_example(model, language):
    with override(language):
        bare = [
            path
            for path, block in blocks_of(model)
            if isinstance(block, FREE_BLOCKS)
            and EXAMPLES[language] not in str(block.field.help_text)
        ]

    assert bare == []
