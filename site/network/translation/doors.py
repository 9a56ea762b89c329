"""Where somebody who reads a page may translate it, if they may."""

from django.urls import reverse
from wagtail.models import Page

from .rights import may_edit


def door_to_translation(user, page: Page) -> str:
    """The address at which `user` may put `page` into its language; "" if nowhere."""
    if not user.is_authenticated or not may_edit(user, page):
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])
