"""How the public API shows what a page is linked to."""

from rest_framework.fields import Field
from wagtail.api import APIField
from wagtail.models import Page

from .models import Topic


class LinksField(Field):
    """Pages or topics that anyone may see, each as its title and its address."""

    def get_attribute(self, instance):
        return getattr(instance, self.source)

    def to_representation(self, value):
        if isinstance(value, Page | Topic):
            return self.link(value)
        return [self.link(thing) for thing in value]

    def link(self, thing: Page | Topic) -> dict:
        if isinstance(thing, Topic):
            return {"slug": thing.slug, "name": thing.name}
        return {"id": thing.pk, "title": thing.title, "url": thing.full_url}


class LinksWithNotesField(LinksField):
    """Pages that anyone may see, each with the note on the row that links to it."""

    def to_representation(self, value):
        return [self.link(page) | {"note": row.note} for page, row in value]


def links_field(source: str, name: str | None = None) -> APIField:
    """An API field `name` that shows what the page's property `source` holds.

    The property, not the relation: only it leaves out what is not public.
    """
    if name in (None, source):
        return APIField(source, serializer=LinksField())
    return APIField(name, serializer=LinksField(source=source))
