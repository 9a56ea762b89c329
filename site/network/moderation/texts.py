"""All that a page says, as lines of plain text, to compare and to look through."""

from collections.abc import Iterator

from bs4 import BeautifulSoup
from django.db import models
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import COMMENTS_RELATION_NAME, Page

from network.core.dates import PartialDateBlock, PartialDateField, in_words

# What of Wagtail's own fields a reader or a search engine meets.
ADDRESS_FIELDS = [
    *("slug", "seo_title", "search_description", "show_in_menus"),
    *("go_live_at", "expire_at"),
]
# What of the rows beside a page nobody fills in.
NOT_SAID = ["id", "page", "sort_order", "locale", "translation_key"]
BLOCKS_OF_HTML = ["p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "br"]


def fields_of(model: type[Page]) -> list[models.Field]:
    """The fields that somebody fills in: the title, the model's own, the address."""
    known = {field.name: field for field in model._meta.get_fields()}
    wagtails = {field.name for field in Page._meta.get_fields()}
    own = [
        field
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.editable and field.name not in wagtails and not field.primary_key
        if not getattr(field.remote_field, "parent_link", False)
    ]
    return [known["title"], *own, *(known[name] for name in ADDRESS_FIELDS)]


def lines_of(page: Page) -> dict[str, list[str]]:
    """What the page says, field by field, under their labels."""
    found: dict[str, list[str]] = {}
    for field in fields_of(type(page)):
        label = str(capfirst(field.verbose_name))
        # Two fields may have the same label.
        found.setdefault(label, []).extend(field_lines(field, page))
    for relation in get_all_child_relations(type(page)):
        if relation.name != COMMENTS_RELATION_NAME:
            label = str(capfirst(relation.related_model._meta.verbose_name_plural))
            found[label] = list(child_lines(getattr(page, relation.name).all()))
    return found


def field_lines(field: models.Field, page: Page) -> Iterator[str]:
    if isinstance(field, models.ManyToManyField):
        yield from sorted(str(thing) for thing in getattr(page, field.name).all())
        return
    value = getattr(page, field.name)
    if isinstance(field, StreamField):
        yield from block_lines(field.stream_block, value)
    elif isinstance(field, RichTextField):
        yield from html_lines(value)
    elif isinstance(field, PartialDateField):
        yield from plain_lines(value and in_words(value))
    elif field.choices:
        yield from plain_lines(getattr(page, f"get_{field.name}_display")())
    else:
        yield from plain_lines(value)


def child_lines(rows) -> Iterator[str]:
    """One line for each row beside the page, such as a method and how it was used."""
    for row in rows:
        own = [
            getattr(row, field.name)
            for field in row._meta.fields
            if field.editable and field.name not in NOT_SAID
        ]
        yield ": ".join(line for value in own for line in plain_lines(value))


def block_lines(block: blocks.Block, value) -> Iterator[str]:
    """What is said in a block, and in all blocks in it."""
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from block_lines(child, value.get(name))
    elif isinstance(block, blocks.StreamBlock):
        for child in value or []:
            yield from block_lines(child.block, child.value)
    elif isinstance(block, blocks.ListBlock):
        for child in value or []:
            yield from block_lines(block.child_block, child)
    elif isinstance(block, blocks.RichTextBlock):
        yield from html_lines(value.source if value else "")
    elif isinstance(block, blocks.ChoiceBlock):
        yield from plain_lines(chosen_label(block, value))
    elif isinstance(block, PartialDateBlock):
        yield from plain_lines(value and in_words(value))
    else:
        yield from plain_lines(value)


def chosen_label(block: blocks.ChoiceBlock, value) -> str:
    choices = dict(block.field.choices)
    return choices.get(value, choices.get(str(value), value))


def html_lines(html: str) -> Iterator[str]:
    """A rich text, paragraph by paragraph, each link with where it leads."""
    soup = BeautifulSoup(html or "", "html.parser")
    for link in soup.find_all("a"):
        link.append(f" [{link.get('href') or linked_thing(link)}]")
    for tag in soup.find_all(BLOCKS_OF_HTML):
        tag.append("\n")
    yield from plain_lines(soup.get_text())


def linked_thing(link) -> str:
    kinds = {"page": _("page"), "document": _("document")}
    kind = link.get("linktype", "")
    return f"{kinds.get(kind, kind)} {link.get('id', '')}".strip()


def plain_lines(value) -> Iterator[str]:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        value = _("yes") if value else _("no")
    if isinstance(value, AbstractImage | AbstractDocument):
        # Two may have the same title, and one have taken the place of the other.
        number = {"title": value.title, "number": value.pk}
        value = _("%(title)s (no. %(number)s)") % number
    for line in str(localize(value)).splitlines():
        if words := " ".join(line.split()):
            yield words


# --- The pictures on a page ------------------------------------------------


def pictures_in(page: Page) -> list[tuple[AbstractImage, str]]:
    """Each picture of the page, with what is said of it there."""
    found = []
    for field in fields_of(type(page)):
        value = getattr(page, field.name, None)
        if isinstance(value, AbstractImage):
            found.append((value, ""))
        elif isinstance(field, StreamField):
            found += block_pictures(field.stream_block, value)
    return found


def block_pictures(block: blocks.Block, value) -> Iterator[tuple[AbstractImage, str]]:
    if isinstance(block, blocks.StructBlock):
        spoken = value.get("alternative") or "" if value else ""
        for name, child in block.child_blocks.items():
            for picture, here in block_pictures(child, value.get(name)):
                yield picture, here or spoken
    elif isinstance(block, blocks.StreamBlock):
        for child in value or []:
            yield from block_pictures(child.block, child.value)
    elif isinstance(block, blocks.ListBlock):
        for child in value or []:
            yield from block_pictures(block.child_block, child)
    elif isinstance(value, AbstractImage):
        yield value, ""
