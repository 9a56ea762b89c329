"""Who works on a page works on it in every language (D5).

A translation lives in another tree, where Wagtail's rights do not reach.
"""

from wagtail.models import GroupPagePermission, Page, WorkflowPage

from network.access.models import Role
from network.access.roles import make_translators

NETWORK = "Réseau"


def share_rights(page: Page, version: Page) -> None:
    """Let those who work on `page` work on `version` too, under the same approval."""
    given = GroupPagePermission.objects.filter(page=page)
    rights = list(given.select_related("group__role"))
    if not rights:
        return
    translates = [right for right in rights if is_translators(right)]
    GroupPagePermission.objects.bulk_create(
        [
            GroupPagePermission(
                group_id=right.group_id,
                permission_id=right.permission_id,
                page=version,
            )
            for right in rights
            if right not in translates
        ],
        ignore_conflicts=True,
    )
    if translates:
        open_to_translators(version, translates[0].group.role)
    share_approval(page, version)


def is_translators(right: GroupPagePermission) -> bool:
    """Whether this is the right to translate into one language, and into no other."""
    # Wagtail brings groups of its own, which have no role.
    role: Role | None = getattr(right.group, "role", None)
    return role is not None and role.kind == Role.Kind.TRANSLATOR


def open_to_translators(version: Page, like: Role) -> None:
    scope = {"branch": like.branch, "collection": like.collection}
    make_translators(version, version.title if like.branch else NETWORK, **scope)


def share_approval(page: Page, version: Page) -> None:
    if asked := WorkflowPage.objects.filter(page=page).first():
        WorkflowPage.objects.get_or_create(
            page=version, defaults={"workflow": asked.workflow}
        )
