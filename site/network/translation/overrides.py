"""Addresses, pictures and documents that are others in a translation.

A translation has those of its source until somebody says otherwise. Links to pages are
not among them: they lead to the page in the reader's language by themselves.
"""

import json
from collections import defaultdict
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.blocks import ImageChooserBlock
from wagtail.images.widgets import AdminImageChooser
from wagtail_localize.models import OverridableSegment, SegmentOverride, Translation

from network.access.walls import known_media
from network.media.models import Document, Picture

from .places import Form, Place

OWN, SEEN = "own-", "own-seen-"
CHOOSERS: dict[type[models.Model], type[forms.Widget]] = {
    Picture: AdminImageChooser,
    Document: AdminDocumentChooser,
}


@dataclass
class Override:
    """One address, picture or document of the source, and what stands for it here."""

    segment: OverridableSegment
    place: Place
    # The kind of thing that is chosen; None for an address.
    model: type[models.Model] | None
    original: object = None
    own: object = None

    @property
    def name(self) -> str:
        return f"{OWN}{self.segment.context_id}"

    @property
    def seen_name(self) -> str:
        return f"{SEEN}{self.segment.context_id}"

    @property
    def value(self) -> str:
        """What stands here, as a form sends it: empty if it is as in the source."""
        return str(getattr(self.own, "pk", self.own) or "")

    @property
    def widget(self) -> forms.Widget:
        if self.model:
            return CHOOSERS[self.model]()
        return forms.TextInput(attrs={"placeholder": _("the same")})

    @property
    def control(self) -> str:
        return self.widget.render(self.name, self.own, {"id": self.name})

    def clean(self, typed: str, allowed: set[str]):
        """What is kept of what was typed or chosen; ValidationError if it cannot be."""
        if self.model:
            if typed not in allowed:
                raise ValidationError(_("This cannot be chosen here."))
            return int(typed)
        try:
            if typed.startswith("mailto:") or "@" in str(self.original)[:100]:
                validate_email(typed.removeprefix("mailto:"))
            else:
                URLValidator(schemes=["http", "https"])(typed)
        except ValidationError:
            raise ValidationError(
                _("“%(typed)s” is not an address.") % {"typed": typed}
            ) from None
        return typed


class Overrides:
    """All of them of one translation."""

    def __init__(self, translation: Translation, user):
        self.translation = translation
        self.user = user
        # Where something was chosen that was deleted since.
        self.gone: list[int] = []

    @cached_property
    def rows(self) -> list[Override]:
        segments = OverridableSegment.objects.filter(source=self.translation.source_id)
        form = Form.of(self.translation.source)
        rows = [
            Override(segment, place, model_of(place), segment.data)
            for segment in segments.select_related("context").order_by("order")
            if is_offered(place := form.place(segment.context.path), segment)
        ]
        self.add_own(rows)
        self.add_things(rows)
        return rows

    def add_own(self, rows: list[Override]) -> None:
        kept = SegmentOverride.objects.filter(
            locale=self.translation.target_locale_id,
            context__object_id=self.translation.source.object_id,
        )
        own = {one.context_id: json.loads(one.data_json) for one in kept}
        for row in rows:
            row.own = own.get(row.segment.context_id)

    def add_things(self, rows: list[Override]) -> None:
        """Put pictures and documents in place of their keys, a query for each kind."""
        keys = defaultdict(set)
        for row in rows:
            if row.model:
                # What is in a block of the source was read with it.
                original = None if row.place.value else row.original
                keys[row.model] |= {original, row.own} - {None}
        # Only what was chosen is shown as a picture.
        chosen = any(row.own for row in rows)
        things = {model: found(model, wanted, chosen) for model, wanted in keys.items()}
        for row in rows:
            if row.model:
                known = things[row.model]
                row.original = row.place.value or known.get(row.original)
                if row.own and row.own not in known:
                    self.gone.append(row.segment.context_id)
                row.own = known.get(row.own)

    @property
    def media(self) -> forms.Media:
        widgets = [CHOOSERS[row.model]().media for row in self.rows if row.model]
        return sum(widgets, forms.Media())

    # --- What is chosen ---

    def settle(self, data) -> list[str]:
        """Keep what was typed or chosen; what is wrong with the rest, in words."""
        wrong, chosen, left = [], [], []
        for row in self.rows:
            typed, seen = data.get(row.name), data.get(row.seen_name)
            if typed is None or typed.strip() == seen:
                continue
            typed = typed.replace("\0", "").strip()
            if row.value not in (seen, typed):
                wrong.append(changed_meanwhile(row, typed))
            elif not typed:
                left.append(row.segment.context_id)
            else:
                self.choose(row, typed, chosen, wrong)
        left += self.gone
        if chosen or left:
            self.write(chosen, left)
        return wrong

    def choose(self, row: Override, typed: str, chosen: list, wrong: list) -> None:
        try:
            value = row.clean(typed, self.allowed.get(row.model, set()))
        except ValidationError as error:
            wrong.append(f"{row.place.name}: {error.message}")
        else:
            chosen.append((row.segment.context_id, value))

    @cached_property
    def allowed(self) -> dict:
        return {
            model: {
                str(key)
                for key in known_media(self.user, model).values_list("pk", flat=True)
            }
            for model in CHOOSERS
        }

    @transaction.atomic
    def write(self, chosen: list, left: list) -> None:
        locale = self.translation.target_locale_id
        contexts = [*left, *(context_id for context_id, _value in chosen)]
        SegmentOverride.objects.filter(locale=locale, context__in=contexts).delete()
        SegmentOverride.objects.bulk_create(
            SegmentOverride(
                locale_id=locale,
                context_id=context_id,
                data_json=json.dumps(value),
                last_translated_by=self.user,
            )
            for context_id, value in chosen
        )


def changed_meanwhile(row: Override, typed: str) -> str:
    return _(
        "%(place)s: somebody else chose “%(theirs)s” in the meantime; you chose "
        "“%(yours)s”."
    ) % {"place": row.place.name, "theirs": row.own or _("the same"), "yours": typed}


def found(model: type[models.Model], keys: set, with_renditions: bool) -> dict:
    if model is Picture and with_renditions:
        pictures = Picture.objects.filter(pk__in=keys)
        rows = pictures.prefetch_renditions("max-165x165")
    else:
        rows = model._default_manager.filter(pk__in=keys)
    return {row.pk: row for row in rows}


def model_of(place: Place) -> type[models.Model] | None:
    if isinstance(place.kind, models.ForeignKey):
        return place.kind.related_model
    if isinstance(place.kind, ImageChooserBlock):
        return Picture
    return Document if isinstance(place.kind, DocumentChooserBlock) else None


def is_offered(place: Place, segment: OverridableSegment) -> bool:
    """Whether it is a picture, a document or an address that leads somewhere."""
    model = model_of(place)
    if model:
        return model in CHOOSERS
    return isinstance(segment.data, str) and bool(segment.data)
