"""Who may do what: roles are groups, and rights are given to groups alone."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

# Groups have French names: they are data, read by French people in the admin.
MODERATORS = "Modération"
NETWORK_TEAM = "Équipe du réseau"
SHARED_COLLECTION = "Réseau"

TO_WRITE = ["add_page", "change_page"]
TO_APPROVE = [*TO_WRITE, "publish_page", "lock_page", "unlock_page"]
TO_TIDY = [*TO_APPROVE, "delete_page", "bulk_delete_page"]
MEDIA = ["image", "document"]

# What the network team looks after besides pages, by app.
TEAM_APPS = [
    *("auth", "users", "core", "home", "media", "wagtailcore", "wagtailredirects"),
    *("wagtailimages", "wagtaildocs", "wagtail_localize", "wagtailusers"),
]


def editors_name(city_title: str) -> str:
    return f"{city_title} : rédaction"


def group_named(name: str) -> Group:
    """The group of this name, who may at least open the admin."""
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group


def allow_pages(group: Group, page: Page, codenames: Iterable[str]) -> None:
    """Let the group do this to the page and all below it, in every language."""
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=codenames
    )
    # A translation lives in another tree, so it needs permissions of its own.
    for version in page.get_translations(inclusive=True):
        for permission in permissions:
            GroupPagePermission.objects.get_or_create(
                group=group, page=version, permission=permission
            )


def allow_media(group: Group, collection: Collection, actions: Iterable[str]) -> None:
    """Let the group do this to the pictures and documents of a collection."""
    codenames = [f"{action}_{kind}" for action in actions for kind in MEDIA]
    permissions = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"],
        codename__in=codenames,
    )
    for permission in permissions:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )


def collection_named(name: str) -> Collection:
    existing = Collection.objects.filter(name=name).first()
    return existing or Collection.get_first_root_node().add_child(name=name)


def make_network_roles(home: Page) -> tuple[Group, Group]:
    """Make the two groups that work on the whole network: moderators and team."""
    everything = Collection.get_first_root_node()
    moderators, team = group_named(MODERATORS), group_named(NETWORK_TEAM)
    for group in (moderators, team):
        allow_media(group, everything, ["add", "change", "choose"])
        group.permissions.add(*snippet_permissions())
    allow_pages(moderators, home, TO_APPROVE)
    allow_pages(team, home, TO_TIDY)
    team.permissions.add(
        *Permission.objects.filter(content_type__app_label__in=TEAM_APPS)
    )
    return moderators, team


def make_city_role(city: Page) -> Group:
    """Make the group that writes in one city, and in no other."""
    editors = group_named(editors_name(city.title))
    allow_pages(editors, city, TO_WRITE)
    allow_media(editors, collection_named(city.title), ["add", "change", "choose"])
    allow_media(editors, collection_named(SHARED_COLLECTION), ["choose"])
    return editors


def snippet_permissions():
    """What it takes to look after the words of the network, in both languages."""
    return Permission.objects.filter(
        codename__in=[
            *("add_topic", "change_topic", "publish_topic"),
            *("add_term", "change_term", "publish_term", "submit_translation"),
        ]
    )
