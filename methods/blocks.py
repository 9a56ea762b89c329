"""Blocks that only methods use."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from network.core.blocks import StructBlock


class StepBlock(StructBlock):
    """One step of a method, in the words of whoever leads it."""

    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        max_length=120,
        help_text=_("Two or three words. For example: “Read aloud”."),
    )
    text = blocks.TextBlock(
        label=_("What to do"),
        help_text=_("For example: “Read the brief aloud and note what surprises you”."),
    )
    minutes = blocks.IntegerBlock(
        label=_("Minutes"),
        required=False,
        min_value=1,
        help_text=_("About how long. For example: 15."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Step")
        description = _("One step: what to do, and about how long it takes.")
        template = "methods/blocks/step.html"
        label_format = "{title} {text}"
        preview_value = {
            "title": _("Read aloud"),
            "text": _("Read the brief aloud and note what surprises you."),
            "minutes": 15,
        }


class StepsBlock(blocks.StreamBlock):
    step = StepBlock()
