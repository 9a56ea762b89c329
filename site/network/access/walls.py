"""What somebody may know of: what is public, and what is theirs to work on.

Everything that shows pages, pictures, documents or people in the admin asks here.
"""

from django.db.models import Model, Q, QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from network.core.querysets import EditorialQuerySet
from network.media.models import Document, Picture
from network.users.models import User

from .roles import branches_of, may_approve

TO_USE_MEDIA = ["add", "change", "choose", "delete"]
TO_KEEP_WORDS = ["add", "change", "delete", "publish", "view"]


def workable_pages(user) -> QuerySet[Page]:
    """The pages that somebody may open in the admin, drafts among them."""
    if not user.is_active or user.is_superuser:
        return Page.objects.all() if user.is_active else Page.objects.none()
    policy = policy_registry.get_by_type(Page)
    if not policy.get_cached_permissions_for_user(user):
        return Page.objects.none()
    return policy.explorable_instances(user)


def works_around(user, page: Page) -> bool:
    """Whether a page is one of those; asks for somebody's rights and no more."""
    policy = policy_registry.get_by_type(Page)
    places = [right.page.path for right in policy.get_cached_permissions_for_user(user)]
    # Above what they work on, pages lead there.
    around = any(
        page.path.startswith(place) or place.startswith(page.path) for place in places
    )
    return user.is_active and (user.is_superuser or around)


def known_pages(user, among: QuerySet | None = None) -> QuerySet[Page]:
    """The pages that somebody may link to: those that all may read, and their own."""
    among = Page.objects.all() if among is None else among
    public = EditorialQuerySet(Page).live().open_to_all().values("pk")
    return among.filter(Q(pk__in=public) | Q(pk__in=workable_pages(user).values("pk")))


def known_media(user, model: type[Model]) -> QuerySet:
    """The pictures, or documents, that somebody may put on a page or look after.

    Public pages show some of them, whosever they are.
    """
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(user, TO_USE_MEDIA)


def given_media(user, model: type[Model]) -> QuerySet:
    """Those of the collections that somebody works with: theirs, and the network's."""
    policy = policy_registry.get_by_type(model)
    return policy.given_to(user, TO_USE_MEDIA)


def known_people(user) -> QuerySet[User]:
    """Those who work for the same city, and those who work for the whole network."""
    if may_approve(user):
        return User.objects.all()
    colleagues = Q(groups__role__branch__in=branches_of(user))
    network = Q(groups__role__isnull=False, groups__role__branch=None)
    known = User.objects.filter(colleagues | network | Q(pk=user.pk))
    return User.objects.filter(pk__in=known.values("pk"))


def may_know(user, thing: Model) -> bool:
    """Whether somebody may know that this is there, and what it is called."""
    if isinstance(thing, Page):
        return works_around(user, thing)
    if isinstance(thing, Picture | Document):
        return known_media(user, type(thing)).filter(pk=thing.pk).exists()
    if isinstance(thing, User):
        return known_people(user).filter(pk=thing.pk).exists()
    return may_keep(user, type(thing))


def may_keep(user, model: type[Model]) -> bool:
    """Whether somebody looks after things of this kind: the words of the network."""
    policy = policy_registry.get_by_type(model)
    return policy.user_has_any_permission(user, TO_KEEP_WORDS)
