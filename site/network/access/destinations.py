"""Where a page may go: among the pages that whoever asks may open.

Wagtail 8.0's forms take any number: they answered with the title of what it stands for,
and said which addresses are taken below it.
"""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from wagtail.models import Page

from network.core.asking import whoever_asks

from .walls import workable_pages


def offering_known(name: str) -> Callable:
    """Narrow the field `name`; a hidden number is as good as none sent at all."""

    def narrowed(init):
        @wraps(init)
        def known(form, *args, **kwargs):
            init(form, *args, **kwargs)
            if user := whoever_asks():
                narrow(form, name, workable_pages(user))

        return known

    return narrowed


def narrow(form: BaseForm, name: str, pages: QuerySet[Page]) -> None:
    form.fields[name].queryset = pages  # type: ignore[attr-defined]
    sent = form.data.get(form.add_prefix(name))
    if sent and not (str(sent).isdecimal() and pages.filter(pk=sent).exists()):
        # The widget would look it up all the same, and show what it is called.
        form.data = {**dict(form.data.items()), form.add_prefix(name): ""}


def taken_where_it_may_go(clean):
    """Which addresses are taken is told below pages where the copy may go."""

    @wraps(clean)
    def told(form):
        cleaned = clean(form)
        parent = cleaned.get("new_parent_page") or form.page.get_parent()
        if not form.page.permissions_for_user(form.user).can_copy_to(parent):
            form.errors.pop("new_slug", None)
        return cleaned

    return told


def allowed_before_looked_at(dispatch):
    """It said whether the address is taken there, and asked for rights afterwards."""

    @wraps(dispatch)
    def allowed(view, request, page_to_move_id, destination_id, *args, **kwargs):
        page = get_object_or_404(Page, pk=page_to_move_id)
        destination = get_object_or_404(Page, pk=destination_id)
        if not page.permissions_for_user(request.user).can_move_to(destination):
            raise PermissionDenied
        return dispatch(view, request, page_to_move_id, destination_id, *args, **kwargs)

    return allowed
