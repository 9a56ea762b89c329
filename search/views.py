from dataclasses import asdict

from django.conf import settings
from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.db import OperationalError
from django.http import HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from .answers import Answer, answer
from .asking import Asked
from .counting import count_question
from .finding import LAST_PAGE, RESULTS_PER_PAGE, Found
from .limits import asks_too_often, limited
from .promotions import promoted
from .results import results_of
from .suggesting import Suggestion, suggestions
from .timely import took_too_long

# Seconds, by the browser that has shown them: what was retracted meanwhile is suggested
# to nobody else.
SUGGESTIONS_ARE_KEPT = 30
# Each language offers itself in its own words.
OFFERS = {"fr": "Chercher en français", "en": "Search in English"}


@limited
def search(request) -> HttpResponse:
    """Search everything that anyone may read, in the reader's language."""
    asked = Asked(request.GET, get_language())
    given = answer(asked)
    count_question(request, asked, given)
    results = results_of(given.found.rows, given.query, asked.names)
    context = {
        "asked": asked,
        "answer": given,
        "query": asked.query.text,
        "meant_url": asked.in_everything(given.meaning.meant),
        "address": asked.address(),
        "results": results,
        "part": (part := part_of(asked, given)),
        "is_cut": not part.has_next() and given.found.total > part.paginator.count,
        "promoted": promoted(asked) if begins(asked) else [],
        "also": [(words, asked.names.spoken(words)) for words in given.query.also],
        "facets": asked.facets(given.found),
        "years": years_of(asked, given.found),
        "ways_out": [] if results else list(asked.ways_out(given.search)),
        "elsewhere": elsewhere(asked),
    }
    return TemplateResponse(request, "search/search.html", context)


def begins(asked: Asked) -> bool:
    """Whether this is what a reader sees first, who looks for something."""
    return asked.page == 1 and not asked.is_narrowed


def part_of(asked: Asked, given: Answer) -> PageOfResults:
    """Which part of all results is shown; what comes after many is shown to nobody."""
    shown = min(given.found.total, LAST_PAGE * RESULTS_PER_PAGE)
    return Paginator(range(shown), RESULTS_PER_PAGE).get_page(asked.page)


def years_of(asked: Asked, found: Found) -> list[tuple[int, int, bool, bool]]:
    """The years to choose from, the latest first, and those that were chosen."""
    years = found.years | {
        year: found.years.get(year, 0) for year in (asked.since, asked.until) if year
    }
    return [
        (year, count, year == asked.since, year == asked.until)
        for year, count in sorted(years.items(), reverse=True)
    ]


def elsewhere(asked: Asked) -> list[dict]:
    """The same search in the other languages."""
    return [
        {"code": code, "offer": OFFERS[code], "url": address_in(code, asked)}
        for code, _name in settings.LANGUAGES
        if code != asked.language
    ]


def address_in(code: str, asked: Asked) -> str:
    with override(code):
        return reverse("search") + asked.address()


# --- While somebody types ----------------------------------------------------


def suggest(request) -> JsonResponse:
    """What may be meant by what is in the box: the same for all who read it."""
    if asks_too_often(request, "SUGGESTIONS_AT_MOST"):
        return none_suggested(429)
    try:
        found = suggestions(request.GET.get("q", ""), get_language())
    except OperationalError as error:
        if not took_too_long(error):
            raise
        return none_suggested(503)
    given = JsonResponse(as_suggested(found))
    patch_cache_control(given, private=True, max_age=SUGGESTIONS_ARE_KEPT)
    return given


def none_suggested(status: int) -> JsonResponse:
    refusal = JsonResponse(as_suggested([]), status=status)
    patch_cache_control(refusal, no_store=True)
    return refusal


def as_suggested(found: list[Suggestion]) -> dict:
    """The suggestions, and what a screen reader says of them."""
    count = len(found)
    said = ngettext("%(count)s suggestion", "%(count)s suggestions", count)
    return {
        "suggestions": [asdict(one) for one in found],
        "said": said % {"count": count} if found else _("No suggestion"),
    }
