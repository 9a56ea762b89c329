"""What somebody may do with a page, where Wagtail's own rules are too coarse."""

from wagtail import hooks
from wagtail.models import Page, PagePermissionTester
from wagtail.permissions import policy_registry

from .asking import whoever_asks

TO_WORK = ["add", "change", "publish", "lock", "unlock", "bulk_delete"]


class EditorialPagePermissionTester(PagePermissionTester):
    """Wagtail's rules, and three more.

    Nobody publishes a page that waits for approval. Who may not publish deletes only
    drafts of their own that were never public, and an app above may keep them from
    editing: each hook `refuse_page_edit` takes a user and a page.
    """

    def can_edit(self):
        return super().can_edit() and not self.is_refused()

    def can_add_subpage(self):
        return super().can_add_subpage() and not self.is_refused()

    def can_publish(self):
        # What waits for approval is approved or sent back, and not published past it.
        return super().can_publish() and not self.page.workflow_in_progress

    def can_delete(self, ignore_bulk=False):
        if not super().can_delete(ignore_bulk):
            return False
        return super().can_publish() or self.is_own_draft()

    def is_own_draft(self) -> bool:
        """Whether all of this, and what is below it, is theirs and never was public."""
        pages = self.page.get_descendants(inclusive=True)
        own_drafts = {"owner": self.user.pk, "first_published_at": None}
        return not pages.exclude(**own_drafts).exists()

    def is_refused(self) -> bool:
        if not self.user.is_active or super().can_publish():
            return False
        refusals = hooks.get_hooks("refuse_page_edit")
        return any(refuse(self.user, self.page) for refuse in refusals)


def may_read_draft(page: Page) -> bool:
    """Whether whoever uses the admin now works on this page; the site itself may."""
    user = whoever_asks()
    if user is None:
        return True
    policy = policy_registry.get_by_type(Page)
    return policy.user_has_any_permission_for_instance(user, TO_WORK, page)
