"""What choosers offer: what is public, and one's own."""

from wagtail.admin.views.chooser import ChosenMultipleView, ExternalLinkView

from .walls import known_pages


def offer_known_pages(pages, request):
    return known_pages(request.user, pages)


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
