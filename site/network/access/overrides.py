"""What of Wagtail 8.0.1 is replaced because it shows one city to another.

It has no hook for these. Each is named with what it told; tests in
`tests/network/access` fail without it.
"""

from collections import Counter
from functools import wraps
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    PROTECT,
    CharField,
    Count,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, Coalesce
from django.forms import Form
from django.http import Http404
from django.utils.functional import cached_property
from django.views.generic.edit import ProcessFormView
from django_filters.filters import QuerySetRequestMixin
from wagtail.admin import filters
from wagtail.admin.forms.pages import CopyForm, MoveForm, ParentChooserForm
from wagtail.admin.views import chooser as page_chooser
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.bulk_actions import move as bulk_move
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.images.views import chooser as picture_chooser
from wagtail.models import (
    CollectionViewRestriction,
    Page,
    ReferenceIndex,
    reference_index,
)
from wagtail.models.reference_index import ReferenceGroups

from network.core.asking import whoever_asks
from network.users.models import User

from .choosers import leading_to_known_pages
from .destinations import (
    allowed_before_looked_at,
    offering_known,
    taken_where_it_may_go,
)
from .roles import may_approve
from .tags import popular_tags
from .walls import given_media, known_pages, known_people, may_know


def replace_all() -> None:
    BulkAction.get_actionable_objects = known_only(BulkAction.get_actionable_objects)
    QuerySetRequestMixin.get_queryset = people_known(QuerySetRequestMixin.get_queryset)
    CollectionViewRestriction.RESTRICTION_CHOICES = without_login()
    # Both call it by the name that they imported.
    filters.popular_tags_for_model = popular_tags_for_whoever_asks
    picture_chooser.popular_tags_for_model = popular_tags_for_whoever_asks
    chooser = picture_chooser.BaseImageChooseView
    chooser.filter_object_list = by_own_tags(chooser.filter_object_list)
    browse = page_chooser.BrowseView
    browse.filter_object_list = leading_to_known_pages(browse.filter_object_list)
    reference_index.ReferenceGroups = KnownGroups
    count_known_uses()
    replace_destinations()


DESTINATIONS: dict[type[Form], str] = {
    CopyForm: "new_parent_page",
    MoveForm: "new_parent_page",
    ParentChooserForm: "parent_page",
    bulk_move.MoveForm: "chooser",
}


def replace_destinations() -> None:
    for form, name in DESTINATIONS.items():
        form.__init__ = offering_known(name)(form.__init__)  # type: ignore[method-assign]
    CopyForm.clean = taken_where_it_may_go(CopyForm.clean)
    # It looked the number up before the form did, and failed when there was none.
    CopyView.post = ProcessFormView.post
    MoveConfirmView.dispatch = allowed_before_looked_at(MoveConfirmView.dispatch)


def known_only(get_actionable_objects):
    """It listed the titles of what one may not touch, whosever they were."""

    @wraps(get_actionable_objects)
    def known(action):
        objects, others = get_actionable_objects(action)
        others = {
            reason: [thing for thing in things if may_know(action.request.user, thing)]
            for reason, things in others.items()
        }
        if not objects and not any(others.values()):
            raise Http404
        return objects, others

    return known


def people_known(get_queryset):
    """Lists and reports offered everybody who ever wrote a page, by name."""

    @wraps(get_queryset)
    def known(choice, request):
        offered = get_queryset(choice, request)
        offered = choice.extra.get("queryset") if offered is None else offered
        if request is None or getattr(offered, "model", None) is not User:
            return offered
        return offered.filter(pk__in=known_people(request.user).values("pk"))

    return known


def without_login() -> list:
    """“Whoever has signed in” is everybody of every city."""
    login = CollectionViewRestriction.LOGIN
    choices = CollectionViewRestriction.RESTRICTION_CHOICES
    return [choice for choice in choices if choice[0] != login]


def popular_tags_for_whoever_asks(model, count=10):
    """They were those of all cities."""
    return popular_tags(whoever_asks(), model, count)


def by_own_tags(filter_object_list):
    """It said of any tag which public pictures have it, whosever they are."""

    @wraps(filter_object_list)
    def known(view, pictures):
        if view.request.GET.get("tag"):
            given = given_media(view.request.user, pictures.model)
            pictures = pictures.filter(pk__in=given.values("pk"))
        return filter_object_list(view, pictures)

    return known


def count_known_uses() -> None:
    ReferenceIndex.get_count_references_to_in_bulk = known_uses
    ReferenceIndex.usage_count_subquery = known_uses_of_each


def known_uses(things) -> dict:
    """It counted the drafts of all cities, and so told when one was begun."""
    found = of_known_pages(ReferenceIndex.get_references_to_in_bulk(things))
    counts = Counter(found.values_list("to_content_type", "to_object_id"))
    kind = ReferenceIndex._get_base_content_type
    return {thing: counts[kind(thing).pk, str(thing.pk)] for thing in things}


def known_uses_of_each(model: type[Model]) -> Coalesce:
    """The same in the query of a list, which puts in order by it and filters."""
    uses = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id=Cast(OuterRef("pk"), CharField()),
    )
    each = of_known_pages(uses).order_by().values("to_object_id")
    counted = each.annotate(count=Count("object_id", distinct=True))
    return Coalesce(Subquery(counted.values("count")), 0)


class KnownGroups(ReferenceGroups):
    """Uses by pages that whoever asks may know of.

    It counted the drafts of all cities, wherever a picture, a document or a page is
    changed, deleted or listed with its uses.
    """

    qs: Any

    def __init__(self, references):
        super().__init__(references)
        self.everything = self.qs
        if isinstance(references, QuerySet):
            self.qs = of_known_pages(self.qs)
        else:
            rows = ReferenceIndex.objects.filter(pk__in=[row.pk for row in references])
            known = set(of_known_pages(rows).values_list("pk", flat=True))
            self.qs = [row for row in self.qs if row.pk in known]

    def __bool__(self):
        # Asked before `is_protected` is.
        return True

    @cached_property
    def is_protected(self):
        # What the database does not let go stays, whoever holds it.
        return any(row.on_delete == PROTECT for row in self.everything)


def of_known_pages(references: QuerySet[ReferenceIndex]) -> QuerySet[ReferenceIndex]:
    user = whoever_asks()
    if user is None or may_approve(user):
        return references
    known = known_pages(user).annotate(key=Cast("pk", CharField()))
    return references.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=known.values("key"),
    )
