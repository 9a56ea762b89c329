"""How the public API shows pictures and files: what a page shows of them, and where."""

from rest_framework.fields import Field
from wagtail.api.utils import get_full_url
from wagtail.images.shortcuts import get_rendition_or_not_found

from .models import Credited, Document, Picture
from .readers import closed_collections

# Pages show this one too, so that it is there already.
SIZE = "format-jpeg|width-960"


def credit_of(work: Credited) -> dict:
    """Whose it is, and the language of these words: of its credit, and of its title."""
    words = {"credit": work.credit, "language": work.language}
    return words | {"licence": work.licence}


def picture_as_data(picture: Picture | None, context: dict) -> dict | None:
    """Where the picture is and what it shows; nothing once consent has ended."""
    if picture is None or not picture.may_be_shown:
        return None
    rendition = get_rendition_or_not_found(picture, SIZE)
    return {
        "url": get_full_url(context.get("request"), rendition.url),
        "width": rendition.width,
        "height": rendition.height,
        "description": {"fr": picture.description, "en": picture.description_en},
        **credit_of(picture),
    }


def file_as_data(document: Document | None, context: dict) -> dict | None:
    """Where the file is and how heavy; nothing when it is not for everybody."""
    if document is None or document.collection_id in private_collections(context):
        return None
    return {
        "title": document.title,
        "url": get_full_url(context.get("request"), document.url),
        "type": document.file_extension,
        "size": document.get_file_size(),
        **credit_of(document),
    }


def private_collections(context: dict) -> set[int]:
    """The collections that are not for everybody, asked for once in each answer."""
    if "private_collections" not in context:
        private = closed_collections().values_list("pk", flat=True)
        context["private_collections"] = set(private)
    return context["private_collections"]


class PictureField(Field):
    """A picture that a page shows."""

    def to_representation(self, value):
        return picture_as_data(value, self.context)


class DocumentField(Field):
    """A file that a page offers."""

    def to_representation(self, value):
        return file_as_data(value, self.context)
