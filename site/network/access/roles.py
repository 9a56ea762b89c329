"""Who may do what: roles are groups, and rights are given to groups alone."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)
from wagtail.permission_policies.pages import PagePermissionPolicy

from network.users.models import User

from .models import Role

# Groups have French names: they are data, read by French people in the admin.
MODERATORS = "Modération"
NETWORK_TEAM = "Équipe du réseau"
SHARED_COLLECTION = "Réseau"
CITY_ROLES = {Role.Kind.EDITOR: "rédaction", Role.Kind.MANAGER: "responsables"}
TRANSLATION = {"fr": "traduction en français", "en": "traduction en anglais"}

TO_TRANSLATE = ["change_page"]
TO_WRITE = ["add_page", "change_page"]
TO_APPROVE = [*TO_WRITE, "publish_page", "lock_page", "unlock_page"]
TO_TIDY = [*TO_APPROVE, "delete_page", "bulk_delete_page"]
TO_ADD_MEDIA = ["add", "change", "choose"]
MEDIA = ["image", "document"]

# What the network team looks after besides pages, by app.
TEAM_APPS = [
    *("auth", "users", "core", "home", "media", "wagtailcore", "wagtailredirects"),
    *("wagtailimages", "wagtaildocs", "wagtail_localize", "wagtailusers", "search"),
]
# wagtail-localize asks for it, whatever the page; which pages are somebody's to begin,
# `network.translation.guards` asks.
TO_BEGIN_TRANSLATIONS = ["submit_translation"]
TO_KEEP_WORDS = [
    *("add_topic", "change_topic", "publish_topic"),
    *("add_term", "change_term", "publish_term", *TO_BEGIN_TRANSLATIONS),
]
# Of translators for the whole network: in their language alone, and never in public;
# see `network.translation.rights`.
TO_TRANSLATE_WORDS = ["add_topic", "change_topic", "change_term"]


# --- Who has which role ----------------------------------------------------


def roles_of(user) -> QuerySet[Role]:
    """The roles of somebody who may still sign in; none for anybody else."""
    if not user.is_active or user.is_anonymous:
        return Role.objects.none()
    return Role.objects.filter(group__user=user)


def held_roles(user) -> list[Role]:
    """The same, asked once of somebody, as Django does with their rights."""
    if not hasattr(user, "_held_roles"):
        user._held_roles = list(roles_of(user))
    return user._held_roles


def people_in(*kinds: Role.Kind, branch=None) -> QuerySet[User]:
    """The people who have one of these roles and may still sign in."""
    roles = Role.objects.filter(kind__in=kinds, branch=branch)
    return User.objects.filter(is_active=True, groups__role__in=roles).distinct()


def approvers() -> QuerySet[User]:
    """Who may approve what others submit."""
    return people_in(Role.Kind.MODERATOR, Role.Kind.TEAM)


def may_approve(user) -> bool:
    approving = {Role.Kind.MODERATOR, Role.Kind.TEAM}
    kinds = {role.kind for role in held_roles(user)}
    return user.is_superuser or not approving.isdisjoint(kinds)


def runs_network(user) -> bool:
    """Whether somebody is of the network team, which opens and closes cities."""
    kinds = {role.kind for role in held_roles(user)}
    return user.is_superuser or Role.Kind.TEAM in kinds


def branches_of(user) -> set:
    """The translation keys of the cities that somebody works for."""
    return {role.branch for role in held_roles(user) if role.branch}


def only_translates(user, page: Page) -> bool:
    """Whether all that lets somebody change this page is to translate it."""
    groups = {
        given.group_id
        for given in PagePermissionPolicy().get_cached_permissions_for_user(user)
        if page.path.startswith(given.page.path)
    }
    translators = {
        role.group_id for role in held_roles(user) if role.kind == Role.Kind.TRANSLATOR
    }
    return bool(groups) and groups <= translators


# --- What groups may do ----------------------------------------------------


def group_named(name: str) -> Group:
    """The group of this name, who may at least open the admin."""
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group


def role(kind: Role.Kind, name: str, **scope) -> Group:
    """The group that has this role in this scope, called `name` if it is new.

    A city may change its title, and two may have the same: groups are known by their
    role, not by their name.
    """
    known = Role.objects.filter(
        kind=kind, branch=scope.get("branch"), language=scope.get("language")
    ).first()
    if known:
        return group_named(known.group.name)
    taken = Role.objects.filter(group__name=name).exists()
    group = group_named(f"{name} ({scope['branch']})" if taken else name)
    Role.objects.create(group=group, kind=kind, **scope)
    return group


def allow(group: Group, codenames: Iterable[str]) -> None:
    """Let the group do this wherever it may do anything at all."""
    group.permissions.add(*Permission.objects.filter(codename__in=codenames))


def allow_pages(group: Group, pages: Iterable[Page], codenames: Iterable[str]) -> None:
    """Let the group do this to these pages and to all that is below them."""
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=codenames
    )
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(group=group, page=page, permission=permission)
            for page in pages
            for permission in permissions
        ],
        ignore_conflicts=True,
    )


def in_every_language(*pages: Page) -> list[Page]:
    """A translation lives in another tree, so it needs permissions of its own."""
    return [
        version for page in pages for version in page.get_translations(inclusive=True)
    ]


def allow_media(group: Group, collection: Collection, actions: Iterable[str]) -> None:
    """Let the group do this to the pictures and documents of a collection."""
    codenames = [f"{action}_{kind}" for action in actions for kind in MEDIA]
    permissions = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"],
        codename__in=codenames,
    )
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(
                group=group, collection=collection, permission=permission
            )
            for permission in permissions
        ],
        ignore_conflicts=True,
    )


def collection_named(name: str) -> Collection:
    existing = Collection.objects.filter(name=name).first()
    return existing or Collection.get_first_root_node().add_child(name=name)


# --- The roles of the network ----------------------------------------------


def make_network_roles(home: Page) -> tuple[Group, Group]:
    """Make the groups that work on the whole network; gives moderators and team."""
    everything = Collection.get_first_root_node()
    moderators = role(Role.Kind.MODERATOR, MODERATORS)
    team = role(Role.Kind.TEAM, NETWORK_TEAM)
    for group in (moderators, team):
        allow_media(group, everything, TO_ADD_MEDIA)
        allow(group, TO_KEEP_WORDS)
    allow_pages(moderators, in_every_language(home), TO_APPROVE)
    allow_pages(team, in_every_language(home), TO_TIDY)
    kept = Permission.objects.filter(content_type__app_label__in=TEAM_APPS)
    # The history of pages would name nobody: an account is closed instead.
    team.permissions.add(*kept.exclude(codename="delete_user"))
    for version in in_every_language(home):
        allow(make_translators(version, "Réseau"), TO_TRANSLATE_WORDS)
    return moderators, team


def make_translators(page: Page, whose: str, **scope) -> Group:
    """Make the group that translates into the page's language, there and below."""
    language = page.locale
    name = f"{whose} : {TRANSLATION[language.language_code]}"
    group = role(Role.Kind.TRANSLATOR, name, language=language, **scope)
    allow(group, TO_BEGIN_TRANSLATIONS)
    allow_pages(group, [page], TO_TRANSLATE)
    allow_media(group, collection_named(SHARED_COLLECTION), ["choose"])
    return group


# --- The roles of a city ---------------------------------------------------


def make_city_roles(city: Page) -> dict[Role.Kind, Group]:
    """Make the groups that work for one city, and for no other.

    Gives those of its editors and of its managers; the lists below the city's page
    must be there, for editors write in them and not on the page itself.
    """
    collection = city_collection(city)
    scope = {"branch": city.translation_key, "collection": collection}
    groups = {
        kind: role(kind, f"{city.title} : {name}", **scope)
        for kind, name in CITY_ROLES.items()
    }
    for group in groups.values():
        allow(group, TO_BEGIN_TRANSLATIONS)
        allow_pages(group, in_every_language(*city.get_children()), TO_WRITE)
        allow_media(group, collection, TO_ADD_MEDIA)
        allow_media(group, collection_named(SHARED_COLLECTION), ["choose"])
    allow_pages(groups[Role.Kind.MANAGER], in_every_language(city), ["change_page"])
    for version in in_every_language(city):
        translators = make_translators(version, city.title, **scope)
        allow_media(translators, collection, ["choose"])
    return groups


def city_collection(city: Page) -> Collection:
    """The pictures and documents of a city, whatever it is called today."""
    known = Role.objects.filter(branch=city.translation_key).first()
    if known and known.collection:
        return known.collection
    # Two cities may have the same title, and must not share their pictures.
    taken = Role.objects.filter(collection__name=city.title).exists()
    return collection_named(f"{city.title} ({city.slug})" if taken else city.title)


def is_open(city: Page) -> bool:
    """Whether the people of the city may write."""
    roles = Role.objects.filter(branch=city.translation_key)
    return GroupPagePermission.objects.filter(group__role__in=roles).exists()


def still_given(roles: list[Role]) -> list[Role]:
    """Those of these roles that have rights: a closed city's have none left."""
    groups = [role.group_id for role in roles]
    given = set(
        GroupPagePermission.objects.filter(group__in=groups).values_list(
            "group", flat=True
        )
    )
    return [role for role in roles if role.group_id in given]


def close_city_roles(city: Page) -> None:
    """Take from the city's groups all they may do; who was in them stays known."""
    groups = Group.objects.filter(role__branch=city.translation_key)
    Group.permissions.through.objects.filter(group__in=groups).delete()
    GroupPagePermission.objects.filter(group__in=groups).delete()
    GroupCollectionPermission.objects.filter(group__in=groups).delete()
