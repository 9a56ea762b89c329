"""What is said of a page that was retracted, to those who go on writing it."""

from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from wagtail.admin.action_menu import SubmitForModerationMenuItem
from wagtail.models import Page

from network.core.querysets import StartsWith

from .models import RetractionItem
from .models.retraction import why_retracted


def with_reasons(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Each with the reason for which it is retracted, if it is."""
    around = RetractionItem.objects.open().filter(
        StartsWith(OuterRef("path"), "page__path")
    )
    reasons = around.order_by("page__path").values("retraction__reason")[:1]
    return pages.annotate(retracted_because=Subquery(reasons))


def tell_who_writes(request, page) -> None:
    """Say so on the form, and keep as a draft what somebody submits all the same."""
    if not (reason := why_retracted(page)):
        return
    messages.warning(request, reason)
    if "action-submit" in request.POST:
        request.POST = request.POST.copy()
        del request.POST["action-submit"]


def offer_no_submission(items: list, page: Page | None) -> None:
    if page and page.pk and why_retracted(page):
        kept = [one for one in items if not is_submission(one)]
        items[:] = kept


def is_submission(item) -> bool:
    return isinstance(item, SubmitForModerationMenuItem)
