"""Somebody who tries addresses, and what they learn and change by that."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.http import HttpResponseBase
from django.test import Client
from wagtail.models import Page

WRITES = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


class Visitor(Client):
    """A browser that forgets each answer at once, and keeps no copy of what it shows.

    Django's own copies the context of every template, which takes long.
    """

    def request(self, **request):
        return self.handler(self._base_environ(**request))

    def force_login(self, user, backend=None):
        """As somebody who has been here for a minute: her session was written then."""
        super().force_login(user, backend)
        self.get("/")


def said(answer: HttpResponseBase) -> str:
    """Everything that an answer says: head, body, files in it, and messages to come.

    But not where it was found, which the visitor knew.
    """
    body = b"".join(answer) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        body = b"".join(contents(body))
    messages = getattr(answer.wsgi_request, "_messages", None)
    queued = [str(message) for message in getattr(messages, "_queued_messages", [])]
    heads = [f"{name}: {value}" for name, value in answer.items()]
    text = "\n".join([*heads, *queued, body.decode(errors="replace")])
    return text.replace(answer.wsgi_request.path, "")


def contents(archive: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        for name in files.namelist():
            yield files.read(name)


@contextmanager
def undone() -> Iterator[set[str]]:
    """Undo what is written inside; tells the tables that it was written to."""
    written = set()

    def note(execute, sql, params, many, context):
        if found := WRITES.match(sql):
            written.add(found[1])
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(note):
        yield written
        transaction.set_rollback(True)


class Property:
    """What belongs to one city, as it was at first."""

    def __init__(self, things: dict[type, list], before: dict[type, set]):
        self.things = {model: keys for model, keys in things.items() if keys}
        self.known = before
        self.tables = {model._meta.db_table: model for model in before}
        self.first = {model: self.rows(model) for model in self.things}
        self.paths = tuple(
            Page.objects.filter(pk__in=self.things[Page]).values_list("path", flat=True)
        )

    def rows(self, model: type[models.Model]) -> list[tuple]:
        keys = self.things[model]
        return list(model.objects.filter(pk__in=keys).order_by("pk").values_list())

    def harm(self, written: set[str]) -> list[str]:
        """What has happened to it in these tables."""
        touched = [self.tables[name] for name in written if name in self.tables]
        changed = [
            f"{model.__name__} changed"
            for model in touched
            if model in self.things and self.rows(model) != self.first[model]
        ]
        return changed + [claim for model in touched for claim in self.claims(model)]

    def claims(self, model: type[models.Model]) -> Iterator[str]:
        """New things that hang on what belongs to this city."""
        for thing in model.objects.exclude(pk__in=self.known[model]):
            if any(self.owns(*link) for link in links(thing)):
                yield f"{model.__name__} added: {thing}"
            if isinstance(thing, Page) and thing.path[: -Page.steplen] in self.paths:
                yield f"page added: {thing}"

    def owns(self, model: type, key) -> bool:
        return str(key) in map(str, self.things.get(model, []))


def links(thing: models.Model) -> Iterator[tuple[type, object]]:
    for field in thing._meta.concrete_fields:
        if field.is_relation:
            yield field.related_model, getattr(thing, field.attname)
    if {"content_type", "object_id"} <= {field.name for field in thing._meta.fields}:
        kind = ContentType.objects.get_for_id(thing.content_type_id).model_class()
        yield kind, thing.object_id
