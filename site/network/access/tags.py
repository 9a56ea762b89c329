"""Tags, of which somebody sees those of the collections that they work with."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, JsonResponse
from taggit.models import Tag, TaggedItem

from network.media.models import Document, Picture

from .walls import given_media

OFFERED = 10


def known_tags(user, *models: type) -> QuerySet[Tag]:
    on_known = Q()
    for model in models:
        kind = ContentType.objects.get_for_model(model)
        given = given_media(user, model).values("pk")
        on_known |= Q(content_type=kind, object_id__in=given)
    items = TaggedItem.objects.filter(on_known)
    return Tag.objects.filter(pk__in=items.values("tag"))


def popular_tags(user, model: type, count: int = OFFERED) -> QuerySet[Tag]:
    """The tags that are used most on what somebody may use."""
    uses = Count("taggit_taggeditem_items")
    return known_tags(user, model).annotate(uses=uses).order_by("-uses", "name")[:count]


def complete(request: HttpRequest, **kind) -> JsonResponse:
    """In place of Wagtail's list of tags that begin with what was typed."""
    term = request.GET.get("term", "")
    tags = known_tags(request.user, Picture, Document).filter(name__istartswith=term)
    names = tags.order_by("name").values_list("name", flat=True)[:OFFERED]
    return JsonResponse(list(names) if term else [], safe=False)
