"""Where each string stands in the form that its page is written in."""

import json
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import ClusterableModel, model_from_serializable_data
from wagtail import blocks
from wagtail.admin.panels import ObjectList, TabbedInterface, get_edit_handler
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, TranslatableMixin
from wagtail_localize.models import StringSegment, TranslationSource


@dataclass(frozen=True)
class Place:
    """The tab, the field and the block of a string, and what may be typed there."""

    tab: str
    # A number to sort by, and what groups the strings of one field and one block.
    order: int
    label: str
    block: str = ""
    part: str = ""
    help: str = ""
    is_rich: bool = False
    is_long: bool = False
    is_slug: bool = False
    max_length: int | None = None
    # What is chosen or typed there, for links and pictures.
    kind: object = field(default=None, compare=False)
    # What its source has there, if it is in a block: a picture, say.
    value: object = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """All of it in a few words, for messages."""
        return " · ".join(part for part in (self.label, self.block, self.part) if part)


class Form:
    """The form of a page or a snippet, with what it holds."""

    def __init__(self, thing: TranslatableMixin):
        self.thing = thing
        self.tabs: dict[str, tuple[int, str]] = {}
        for tab in tabs_of(thing):
            for name in names_in(tab):
                self.tabs.setdefault(name, (len(self.tabs), str(tab.heading)))
        self.places: dict[str, Place] = {}

    @classmethod
    def of(cls, source: TranslationSource) -> "Form":
        """The form with what the source held when it was cut into strings."""
        if not hasattr(source, "form"):
            source.form = cls.read(source)
        return source.form

    @classmethod
    def read(cls, source: TranslationSource) -> "Form":
        model = source.specific_content_type.model_class()
        content = json.loads(source.content_json)
        # Whether what it links to is still there makes no difference here.
        read = (
            model.from_serializable_data
            if issubclass(model, ClusterableModel)
            else partial(model_from_serializable_data, model)
        )
        return cls(read(content, check_fks=False))

    def place(self, path: str) -> Place:
        """Where the string of this path stands."""
        if path not in self.places:
            self.places[path] = self.find(path)
        return self.places[path]

    def find(self, path: str) -> Place:
        # The address of a link stands behind the path, and has full stops of its own.
        name, *steps = path.partition(".'")[0].split(".")
        column = type(self.thing)._meta.get_field(name)
        order, tab = self.tabs.get(name, (len(self.tabs), str(_("Other"))))
        if isinstance(column, models.ManyToOneRel):
            return self.in_child(column, steps, tab, order)
        place = Place(tab, order, label_of(column), help=str(column.help_text))
        if isinstance(column, StreamField):
            return in_block(
                replace(place, help=""),
                column.stream_block,
                getattr(self.thing, name),
                steps,
            )
        return of_column(place, column)

    def in_child(self, relation, steps: list[str], tab: str, order: int) -> Place:
        """In one of the rows beside a page, such as a method and how it was used."""
        options = relation.related_model._meta
        rows = list(getattr(self.thing, relation.name).all())
        keys = [str(row.translation_key) for row in rows]
        column = options.get_field(steps[1])
        number = keys.index(steps[0]) + 1 if steps[0] in keys else ""
        place = Place(
            tab,
            order,
            str(capfirst(options.verbose_name_plural)),
            block=f"{capfirst(options.verbose_name)} {number}".strip(),
            part=label_of(column),
            help=str(column.help_text),
        )
        return of_column(place, column)


def segments_of(source: TranslationSource) -> list[StringSegment]:
    """What it was cut into, in order; read once, as its form is."""
    if not hasattr(source, "segments"):
        rows = StringSegment.objects.filter(source_id=source.pk)
        rows = rows.select_related("context", "string").order_by("order")
        source.segments = list(rows)
    return source.segments


def tabs_of(thing: TranslatableMixin) -> list:
    handler = (
        thing.get_edit_handler()
        if isinstance(thing, Page)
        else get_edit_handler(type(thing))
    )
    if isinstance(handler, TabbedInterface):
        return list(handler.children)
    if isinstance(handler, ObjectList) and not handler.heading:
        handler.heading = _("Content")
    return [handler]


def names_in(tab) -> list[str]:
    options = tab.get_form_options()
    return list(chain(options.get("fields", []), options.get("formsets", {})))


def label_of(column: models.Field) -> str:
    return str(capfirst(column.verbose_name))


def of_column(place: Place, column: models.Field) -> Place:
    return replace(
        place,
        is_rich=isinstance(column, RichTextField),
        is_long=isinstance(column, models.TextField),
        is_slug=isinstance(column, models.SlugField),
        max_length=getattr(column, "max_length", None),
        kind=column,
    )


def in_block(place: Place, block: blocks.Block, value, steps: list[str]) -> Place:
    """The place at the end of these steps into a stream, a list or a struct."""
    names: list[str] = []
    for step in steps:
        if isinstance(block, blocks.StructBlock):
            block = block.child_blocks[step]
            value = value.get(step) if hasattr(value, "get") else None
            names.append(str(block.label))
            continue
        children = value.bound_blocks if hasattr(value, "bound_blocks") else value
        number, child = numbered(children or [], step)
        block, value = child.block, child.value
        name = str(block.label) if hasattr(child, "block_type") else ""
        names.append(f"{name} {number}".strip())
    first, *others = [*names, ""]
    return replace(
        place,
        block=first,
        part=" · ".join(other for other in others if other),
        help=str(getattr(block.meta, "help_text", "") or ""),
        is_rich=isinstance(block, blocks.RichTextBlock),
        is_long=isinstance(block, blocks.TextBlock | blocks.RichTextBlock),
        max_length=getattr(getattr(block, "field", None), "max_length", None),
        kind=block,
        value=value,
    )


def numbered(children, key: str) -> tuple:
    found = (pair for pair in enumerate(children, 1) if str(pair[1].id) == key)
    number, child = next(found)
    return number, child
