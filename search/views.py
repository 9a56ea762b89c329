from django.core.paginator import Page as PageOfResults
from django.template.response import TemplateResponse
from wagtail.models import Locale, Page

from network.core.models import page_of
from network.core.querysets import EditorialQuerySet

LONGEST_QUERY = 200


def search(request):
    """Search everything that anyone may read, in the reader's language."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    locale = Locale.get_active()
    # Wagtail's search filters by fields alone, so not by `public_in` itself.
    public = EditorialQuerySet(Page).public_in(locale).values("pk")
    pages = Page.objects.filter(pk__in=public)
    results = page_of(pages.search(query) if query else pages.none(), request)
    return TemplateResponse(
        request,
        "search/search.html",
        {"query": query, "results": with_all_they_show(results, locale)},
    )


def with_all_they_show(results: PageOfResults, locale: Locale) -> PageOfResults:
    """The same results, as the kinds of page they are, in few queries."""
    ids = [page.pk for page in results]
    pages = EditorialQuerySet(Page).public_in(locale).filter(pk__in=ids).specific()
    found = {page.pk: page for page in pages}
    results.object_list = [found[pk] for pk in ids if pk in found]
    return results
