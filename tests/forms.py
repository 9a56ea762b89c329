"""Forms of the admin as an editor's browser fills them in, and as she reads them."""

import re
from collections.abc import Iterator

from django.forms import BaseForm, Widget
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail import blocks
from wagtail.blocks.base import BlockWidget, get_error_json_data
from wagtail.models import Page
from wagtail.rich_text import RichText

Control = tuple[str, Widget | None, object]
PUBLISH = {"action-publish": "yes"}


def form_of(page: Page) -> BaseForm:
    """The form that an editor of this page meets."""
    form = page.get_edit_handler().get_form_class()
    return form(instance=page, parent_page=page.get_parent().specific)


def edit(client: Client, page: Page, language="fr", **changes) -> HttpResponse:
    """Type these changes into the form of `page`, and save a draft."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = sent(form_of(page)) | changes
    return client.post(address, data, headers={"Accept-Language": language})


def publish(client: Client, page: Page, language="fr", **changes) -> HttpResponse:
    """Type these changes into the form of `page`, and publish it."""
    return edit(client, page, language, **changes, **PUBLISH)


def refusal(client: Client, page: Page, language="fr", **changes) -> dict:
    """What is said of these changes, by field, when they cannot be published.

    What was typed and is not there any more is said too: nothing should be.
    """
    expected = typed(form_of(page)) | changes
    answer = publish(client, page, language, **changes)
    assert answer.status_code == 200, f"It was published: {answer.headers}"
    form = answer.context["form"]
    kept = typed(form)
    lost = {
        f"lost: {name}": (value, kept.get(name, ""))
        for name, value in expected.items()
        if kept.get(name, "") != value
    }
    with override(language):
        return complaints(form) | lost


def latest(page: Page) -> Page:
    """This page as its latest draft has it."""
    return page.revisions.order_by("pk").last().as_object()


def sent(form: BaseForm) -> dict[str, object]:
    """What is sent when nothing more is typed, by name."""
    values = {name: as_sent(widget, value) for name, widget, value in controls(form)}
    return {name: value for name, value in values.items() if value not in (None, [])}


def typed(form: BaseForm) -> dict[str, object]:
    """What stands in the fields that are not empty, by name."""
    values = {name: as_read(value) for name, widget, value in controls(form)}
    return {name: value for name, value in values.items() if value not in ("", [])}


def complaints(form: BaseForm) -> dict[str, list[str]]:
    """What the form says is wrong, by the name of the field it is about."""
    found = {}
    for name, errors in form.errors.items():
        for error in errors.as_data():
            found |= dict(nested_complaints(name, get_error_json_data(error)))
    return found


def nested_complaints(name: str, error: dict) -> Iterator[tuple[str, list[str]]]:
    if messages := error.get("messages"):
        yield name, [str(message) for message in messages]
    for child, child_error in error.get("blockErrors", {}).items():
        place = f"{name}-{child}-value" if isinstance(child, int) else f"{name}-{child}"
        yield from nested_complaints(place, child_error)


def controls(form: BaseForm) -> Iterator[Control]:
    """Every control of a form: its name, its widget and its value."""
    for bound in form:
        if isinstance(bound.field.widget, BlockWidget):
            block = bound.field.widget.block_def
            yield from block_controls(bound.html_name, block, bound.value())
        else:
            yield bound.html_name, bound.field.widget, bound.value()
    for formset in getattr(form, "formsets", {}).values():
        for row in [formset.management_form, *formset.forms]:
            yield from controls(row)


def block_controls(name: str, block: blocks.Block, value) -> Iterator[Control]:
    if isinstance(block, blocks.StructBlock):
        for child, its_block in block.child_blocks.items():
            yield from block_controls(f"{name}-{child}", its_block, value[child])
    elif isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        children = (
            value if isinstance(block, blocks.StreamBlock) else value.bound_blocks
        )
        yield f"{name}-count", None, len(children)
        for order, child in enumerate(children):
            place = f"{name}-{order}"
            yield f"{place}-order", None, order
            yield f"{place}-deleted", None, ""
            yield f"{place}-id", None, child.id
            if isinstance(block, blocks.StreamBlock):
                yield f"{place}-type", None, child.block_type
            yield from block_controls(f"{place}-value", child.block, child.value)
    else:
        yield name, block.field.widget, block.value_for_form(value)


def as_sent(widget: Widget | None, value):
    if isinstance(value, bool):
        return "on" if value else None
    value = getattr(value, "pk", value)
    return widget.format_value(value) if widget and value is not None else value


def as_read(value):
    if isinstance(value, bool):
        return "on" if value else ""
    if value is None:
        return ""
    if isinstance(value, list):
        return [str(one) for one in value]
    if isinstance(value, RichText):
        value = value.source
    # The editor names each of its paragraphs anew.
    return re.sub(' data-block-key="[^"]*"', "", str(getattr(value, "pk", value)))
