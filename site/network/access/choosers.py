"""What choosers offer: what is public, and one's own."""

from functools import wraps

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from wagtail.admin.views.chooser import ChosenMultipleView, ExternalLinkView
from wagtail.models import Page

from .walls import known_pages


def offer_known_pages(pages, request):
    return known_pages(request.user, pages)


def leading_to_known_pages(filter_object_list):
    """Have a list of the page chooser say `leads_on` where a known page is below.

    Wagtail 8.0's goes by how many pages there are, drafts of all cities among them.
    """

    @wraps(filter_object_list)
    def filtered(view, pages):
        found = filter_object_list(view, pages)
        below = known_pages(view.request.user, below_each())
        found = found.annotate(leads_on=Exists(below))
        if view.desired_classes == (Page,):
            return found
        wanted = Page.objects.type(*view.desired_classes).values("pk")
        return found.filter(Q(leads_on=True) | Q(pk__in=wanted))

    return filtered


def below_each():
    """The children of each page of an outer query."""
    # A range, which the index of paths finds; nothing in a path stands behind a tilde.
    path = OuterRef("path")
    within = Page.objects.filter(path__gt=path, path__lt=Concat(path, Value("~")))
    return within.filter(depth=OuterRef("depth") + 1)


class OwnExternalLinkView(ExternalLinkView):
    """Makes a link to one of our pages out of its address, if it may be known.

    Wagtail 8.0's tells the title of the draft, and finds private pages too.
    """

    def render_chosen_response(self, result):
        if "id" not in result:
            return super().render_chosen_response(result)
        page = known_pages(self.request.user).filter(pk=result["id"]).first()
        if page is None:
            return super().render_chosen_response(self.get_result_data())
        title = page.specific_deferred.get_admin_display_title()
        return super().render_chosen_response({**result, "adminTitle": title})


class KnownMultipleView(ChosenMultipleView):
    """Several pages at once; Wagtail 8.0's gives the title of any."""

    def render_chosen_response(self, result):
        chosen = [page["id"] for page in result]
        known = known_pages(self.request.user).filter(pk__in=chosen)
        keys = set(known.values_list("pk", flat=True))
        return super().render_chosen_response(
            [page for page in result if page["id"] in keys]
        )
