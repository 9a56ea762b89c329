"""What a revision remembers beside its page: it stays with it through approval.

A page that is made of a revision has it in `page.remembered`, and hands it on to the
next revision. Nothing of it is shown to readers.
"""

from wagtail.models import Page, Revision

# Where it is in the content of a revision.
REMEMBERED = "remembered"
# The revision that was public when somebody said of their draft: a minor edit.
MINOR_SINCE = "minor_since"


def remembered_with(revision: Revision | None) -> dict:
    return revision.content.get(REMEMBERED, {}) if revision else {}


def mark_minor(page: Page, minor: bool = True) -> None:
    """Have the next revision remember whether it changes next to nothing."""
    page.remembered.pop(MINOR_SINCE, None)
    if minor:
        page.remembered[MINOR_SINCE] = page.live_revision_id


def is_minor(remembered: dict, public: int | None) -> bool:
    """Whether it was said of what changes since the revision `public`."""
    return MINOR_SINCE in remembered and remembered[MINOR_SINCE] == public
