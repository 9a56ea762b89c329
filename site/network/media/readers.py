"""What readers may be shown of pictures and documents, asked of the database."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import StartsWith
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction

from .models import Document, Picture


def closed_collections():
    """The collections that are not for everybody, or stand in one that is not."""
    above = StartsWith(OuterRef("path"), F("collection__path"))
    return Collection.objects.filter(
        Exists(CollectionViewRestriction.objects.filter(above))
    )


def for_readers(model: type[Picture | Document]) -> Q:
    """Those that a public page may show: `Picture.may_be_shown`, for many at once."""
    if model is Document:
        return ~Q(collection__in=closed_collections())
    until = Q(consent_until=None) | Q(consent_until__gte=timezone.localdate())
    return Q(shows_people=False) | Q(consent_given=True) & until
