"""What must be right in the database for approvals to end well."""

from collections.abc import Iterator

from django.core import checks
from django.db import connections
from wagtail.models import GroupPagePermission, Page, Site

from .models import Role

TO_APPROVE = ["change_page", "publish_page"]


@checks.register(checks.Tags.database)
def check_approvers(
    app_configs=None, databases=None, **kwargs
) -> list[checks.CheckMessage]:
    """An approval by who may not publish ends in a refusal, and goes on waiting (D17).

    A warning and no error, for `migrate` must not be kept from mending it.
    """
    if "default" not in (databases or ()) or not is_migrated():
        return []
    return [
        checks.Warning(
            f"“{group}” may not {' and '.join(missing)} on “{root}” ({root.locale}).",
            hint="Give the role its rights again: network.moderation.workflow."
            "set_up_approval(home).",
            id="access.W001",
        )
        for group, root, missing in lacking()
    ]


def is_migrated() -> bool:
    needed = {model._meta.db_table for model in (Role, Page, Site, GroupPagePermission)}
    return needed <= set(connections["default"].introspection.table_names())


def lacking() -> Iterator[tuple]:
    """Each group that approves, each home page of a language, and what it may not."""
    kinds = [Role.Kind.MODERATOR, Role.Kind.TEAM]
    roles = Role.objects.filter(kind__in=kinds).select_related("group")
    for role in roles:
        given = list(rights_of(role.group_id))
        for root in roots():
            held = {name for name, path in given if root.path.startswith(path)}
            if missing := [name for name in TO_APPROVE if name not in held]:
                yield role.group, root, missing


def rights_of(group: int):
    rights = GroupPagePermission.objects.filter(group=group)
    return rights.values_list("permission__codename", "page__path")


def roots() -> list[Page]:
    """The home page in every language."""
    keys = Site.objects.values("root_page__translation_key")
    pages = Page.objects.filter(translation_key__in=keys, depth__gt=1)
    return list(pages.select_related("locale").order_by("path"))
