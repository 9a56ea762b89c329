"""What of Wagtail 8.0.1 is replaced because it shows one city to another.

It has no hook for these. Each is named with what it told; `tests/network/test_walls.py`
fails without it.
"""

from functools import wraps

from django.http import Http404
from django_filters.filters import QuerySetRequestMixin
from wagtail.admin import filters
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.images.views import chooser as picture_chooser
from wagtail.models import CollectionViewRestriction

from network.core.asking import whoever_asks
from network.users.models import User

from .tags import popular_tags
from .walls import known_people, may_know


def replace_all() -> None:
    BulkAction.get_actionable_objects = known_only(BulkAction.get_actionable_objects)
    QuerySetRequestMixin.get_queryset = people_known(QuerySetRequestMixin.get_queryset)
    CollectionViewRestriction.RESTRICTION_CHOICES = without_login()
    # Both call it by the name that they imported.
    filters.popular_tags_for_model = popular_tags_for_whoever_asks
    picture_chooser.popular_tags_for_model = popular_tags_for_whoever_asks


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
