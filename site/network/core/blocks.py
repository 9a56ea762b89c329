"""Blocks that any page may use; a block that one app alone uses lives in that app."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from network.media.api import file_as_data, picture_as_data
from network.media.models import Document, Picture


def any_picture() -> Picture | None:
    """A picture to preview a block with: whichever is there."""
    return Picture.objects.first()


def any_document() -> Document | None:
    return Document.objects.first()


def spoken(example):
    """`example` with its texts in the language of whoever looks at it."""
    if isinstance(example, dict):
        return {name: spoken(value) for name, value in example.items()}
    if isinstance(example, list):
        return [spoken(value) for value in example]
    return str(example) if isinstance(example, Promise) else example


class StructBlock(blocks.StructBlock):
    """A block of several fields, whose preview speaks the editor's language."""

    def get_preview_value(self):
        return self.normalize(spoken(self.meta.preview_value))


class TextBlock(blocks.RichTextBlock):
    """Text with headings, lists and links."""

    def __init__(self, **options):
        options.setdefault(
            "features",
            ["h2", "h3", "bold", "italic", "ul", "ol", "link", "document-link"],
        )
        super().__init__(**options)

    def get_preview_value(self):
        return self.normalize(spoken(self.meta.preview_value))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, with headings, lists and links.")
        preview_value = _(
            "<h2>What we met in the field</h2><p>Twenty people at the front desk, "
            "and <b>one question</b> that came back.</p>"
        )
        template = "blocks/text.html"


class PicturedBlock(StructBlock):
    """A block with a `picture`."""

    def get_api_representation(self, value, context=None):
        picture = picture_as_data(value["picture"], context)
        return super().get_api_representation(value, context) | {"picture": picture}


class FigureBlock(PicturedBlock):
    """A picture that the text speaks of, with its caption and credit."""

    picture = ImageChooserBlock(
        label=_("Picture"),
        help_text=_(
            "Choose one, or add it: you will be asked who made it, and who agreed."
        ),
    )
    alternative = blocks.CharBlock(
        label=_("Alternative text"),
        required=False,
        max_length=255,
        help_text=_(
            "What it shows, for those who cannot see it. Leave it empty to use the "
            "picture’s own description. For example: “Six people sort paper cards”."
        ),
    )
    caption = blocks.CharBlock(
        label=_("Caption"),
        required=False,
        max_length=255,
        help_text=_(
            "What to notice. For example: “The third mock-up, the one that was kept”."
        ),
    )

    class Meta:
        icon = "image"
        label = _("Figure")
        description = _("A picture with its caption, credit and licence.")
        template = "blocks/figure.html"
        label_format = "{caption}"

    def get_preview_value(self):
        return self.normalize(
            spoken(
                {
                    "picture": any_picture(),
                    "caption": _("The third mock-up, the one we kept"),
                }
            )
        )


class QuoteBlock(StructBlock):
    """What somebody said, and who they were in the project."""

    text = blocks.TextBlock(
        label=_("What was said"),
        help_text=_(
            "Word for word, and without any name. For example: “Nobody had "
            "asked me before.”"
        ),
    )
    author = blocks.CharBlock(
        label=_("Who said it"),
        required=False,
        max_length=120,
        help_text=_("A role, never a name. For example: “a front-desk civil servant”."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("Somebody’s own words, made anonymous.")
        template = "blocks/quote.html"
        preview_value = {
            "text": _("Nobody had asked me before."),
            "author": _("a front-desk civil servant"),
        }


class CalloutBlock(StructBlock):
    """Something to remember, set apart from the text."""

    title = blocks.CharBlock(
        label=_("Title"),
        max_length=120,
        help_text=_("For example: “If you keep only one thing”."),
    )
    text = blocks.RichTextBlock(
        label=_("Text"),
        help_text=_(
            "Two or three sentences at most. For example: “Bring the team "
            "itself on board, not only its managers.”"
        ),
    )

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        description = _("A few lines to remember, set apart from the text.")
        template = "blocks/callout.html"
        preview_value = {
            "title": _("If you keep only one thing"),
            "text": _("<p>Bring the team itself on board, not only its managers.</p>"),
        }


def cells_of(line: str) -> list[str]:
    """The cells of a line, of which the first or the last may be empty."""
    if "\t" in line:
        return line.split("\t")
    line = line.strip()
    framed = len(line) > 1 and line[0] == line[-1] == "|"
    return (line[1:-1] if framed else line).split("|")


class TableValue(blocks.StructValue):
    @property
    def lines(self) -> list[list[str]]:
        """The cells of each line; a spreadsheet pastes tabs, people type bars."""
        lines = [line for line in self.get("cells", "").splitlines() if line.strip()]
        return [[cell.strip() for cell in cells_of(line)] for line in lines]

    @property
    def head(self) -> list[str]:
        return self.lines[0] if self.lines else []

    @property
    def rows(self) -> list[list[str]]:
        """The lines below the head, each as long as the head."""
        width = len(self.head)
        return [(line + [""] * width)[:width] for line in self.lines[1:]]


class TableBlock(StructBlock):
    """A small table, typed or pasted from a spreadsheet.

    It is text, so that a translator meets it where the rest of the page is.
    """

    caption = blocks.CharBlock(
        label=_("Caption"),
        max_length=255,
        help_text=_("What the table says. For example: “Who was met, and where”."),
    )
    cells = blocks.TextBlock(
        label=_("Cells"),
        help_text=_(
            "One line for each row, the first one for the headings; paste from a "
            "spreadsheet, or separate cells with |. For example: Place | People met"
        ),
    )

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("A small table, typed or pasted from a spreadsheet.")
        template = "blocks/table.html"
        value_class = TableValue
        label_format = "{caption}"
        preview_value = {
            "caption": _("Who was met, and where"),
            "cells": _("Place | People met\nTown hall | 20\nMarket | 14"),
        }


class DownloadBlock(StructBlock):
    """A file to download, under a name that says what it is for."""

    document = DocumentChooserBlock(
        label=_("File"),
        help_text=_("One that anyone may read and print, a PDF if you can."),
    )
    label = blocks.CharBlock(
        label=_("Name of the link"),
        required=False,
        max_length=120,
        help_text=_(
            "Leave it empty to use the file’s title. For example: “The one-page "
            "template”."
        ),
    )

    class Meta:
        icon = "doc-full"
        label = _("Download")
        description = _("A file to download.")
        template = "blocks/download.html"

    def get_api_representation(self, value, context=None):
        document = file_as_data(value["document"], context)
        return super().get_api_representation(value, context) | {"document": document}

    def get_preview_value(self):
        return self.normalize(
            spoken({"document": any_document(), "label": _("The one-page template")})
        )


class VideoBlock(StructBlock):
    """A video elsewhere, as a link: nothing is loaded from there by reading us."""

    title = blocks.CharBlock(
        label=_("Title"),
        max_length=160,
        help_text=_("For example: “The test in the street, in three minutes”."),
    )
    url = blocks.URLBlock(
        label=_("Address"),
        help_text=_(
            "Where it can be watched. It opens there, not on this page. For "
            "example: https://www.example.org/video"
        ),
    )
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        required=False,
        help_text=_(
            "What is said and shown, for those who cannot watch or listen. For "
            "example: “A square, in the morning. Somebody stops and asks what "
            "it is.”"
        ),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A link to a video, with its transcript.")
        template = "blocks/video.html"
        label_format = "{title}"
        preview_value = {
            "title": _("The test in the street, in three minutes"),
            "url": "https://example.org/video",
            "transcript": _("<p>A square, in the morning. Somebody stops.</p>"),
        }


class LinkValue(blocks.StructValue):
    @property
    def host(self) -> str:
        """The site a link leads to, so that a reader knows before following it."""
        return urlsplit(self.get("url") or "").hostname or ""


class LinkBlock(StructBlock):
    """A place elsewhere that is worth a visit."""

    title = blocks.CharBlock(
        label=_("Title"),
        max_length=200,
        help_text=_("What is found there. For example: “The account of session 5”."),
    )
    url = blocks.URLBlock(
        label=_("Address"),
        required=False,
        help_text=_("For example: https://www.example.org/session-5"),
    )

    class Meta:
        icon = "link"
        label = _("Link")
        description = _("One address and what is found there.")
        template = "blocks/link.html"
        value_class = LinkValue
        label_format = "{title}"
        preview_value = {
            "title": _("The account of session 5"),
            "url": "https://example.org/session-5",
        }


class LinksBlock(StructBlock):
    """A few places elsewhere, under a heading."""

    title = blocks.CharBlock(
        label=_("Title"), max_length=120, help_text=_("For example: “To go further”.")
    )
    links = blocks.ListBlock(
        LinkBlock(),
        label=_("Links"),
        help_text=_("Five at most, the most useful first."),
    )

    class Meta:
        icon = "link"
        label = _("Links")
        description = _("A short list of links, under a heading.")
        template = "blocks/links.html"
        label_format = "{title}"
        preview_value = {
            "title": _("To go further"),
            "links": [
                {
                    "title": _("The account of session 5"),
                    "url": "https://example.org/session-5",
                }
            ],
        }


class StoryBlock(blocks.StreamBlock):
    """The body of a page: text, figures, quotes and the rest, in any order."""

    text = TextBlock(
        help_text=_(
            "As you would tell it to a colleague. For example: “We met twenty people "
            "at the front desk, and one question came back.”"
        )
    )
    figure = FigureBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    table = TableBlock()
    download = DownloadBlock()
    video = VideoBlock()
    links = LinksBlock()


class SourcesBlock(blocks.StreamBlock):
    """Where the facts of a page come from."""

    source = LinkBlock(
        label=_("Source"), description=_("Where a fact comes from."), icon="link"
    )


class FiguresBlock(blocks.StreamBlock):
    """The pictures of a page."""

    figure = FigureBlock()


class DownloadsBlock(blocks.StreamBlock):
    """The files of a page."""

    download = DownloadBlock()


def refuse(**messages) -> None:
    """Refuse a block's values, each with a message beside the field it is about."""
    errors = {field: ValidationError(message) for field, message in messages.items()}
    raise StructBlockValidationError(block_errors=errors)
