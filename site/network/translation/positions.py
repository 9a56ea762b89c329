"""Where a page stands in one language, its versions stand in theirs."""

from django.db.models import OuterRef, Subquery
from wagtail.actions.move_page import MovePageAction
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from network.core.models import HOME_DEPTH
from network.moderation.gate import actor


def stand_alike(version: Page, like: Page) -> None:
    """Put `version` where `like` stands: below the same page, after the same one."""
    if like.depth <= HOME_DEPTH:
        return
    parent = like.get_parent().get_translation_or_none(version.locale)
    elder = elder_sibling(like, parent) if parent else None
    if parent is None or stands_behind(elder, parent, version):
        return
    if not version.is_child_of(parent):
        take_free_slug(version, parent)
    target, place = (elder, "right") if elder else (parent, "first-child")
    action = MovePageAction(version, target, place, user=actor())
    # They were asked for when the first version was moved: this one only follows.
    action.execute(skip_permission_checks=True)


def elder_sibling(like: Page, parent: Page) -> Page | None:
    """The page below `parent` that what `like` should stand right behind."""
    twins = Page.objects.sibling_of(like, inclusive=False)
    twin = twins.filter(translation_key=OuterRef("translation_key"))
    children = Page.objects.child_of(parent).annotate(
        place=Subquery(twin.values("path")[:1])
    )
    return children.filter(place__lt=like.path).order_by("-place").first()


def stands_behind(elder: Page | None, parent: Page, version: Page) -> bool:
    """Whether `version` comes right behind `elder`, or first of all below `parent`."""
    children = Page.objects.child_of(parent).order_by("path")
    behind = children.filter(path__gt=elder.path) if elder else children
    return behind.values_list("pk", flat=True).first() == version.pk


def take_free_slug(version: Page, parent: Page) -> None:
    rename(version, free_slug(version, version.slug, parent))


def free_slug(version: Page, slug: str, parent: Page) -> str:
    return find_available_slug(parent, slug, ignore_page_id=version.pk)


def rename(version: Page, slug: str) -> None:
    """Give a page another place in the address; what it says stays as it is."""
    if version.slug != slug:
        page = version.specific
        page.slug = version.slug = slug
        page.save(update_fields=["slug", "url_path"], clean=False)
