import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict

from django.conf import settings
from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from .answers import Answer, answer
from .asking import Asked
from .counting import count_question
from .finding import LAST_PAGE, MOST_RANKED, RESULTS_PER_PAGE, Found
from .limits import asks_too_often, limited
from .promotions import promoted
from .results import Result, results_of
from .suggesting import Suggestion, suggestions

IN_A_FEED = 50
# Seconds: what was retracted is suggested to nobody for long.
SUGGESTIONS_ARE_KEPT = 30
# Each language offers itself in its own words.
OFFERS = {"fr": "Chercher en français", "en": "Search in English"}


@limited
def search(request) -> HttpResponse:
    """Search everything that anyone may read, in the reader's language."""
    asked = Asked(request.GET, get_language())
    given = answer(asked)
    count_question(asked, given)
    results = results_of(given.found.rows, given.query, asked.names)
    context = {
        "asked": asked,
        "answer": given,
        "query": asked.query.text,
        "meant_url": asked.address(q=given.meaning.meant),
        "address": asked.address(),
        "results": results,
        "part": part_of(asked, given),
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
        refusal = JsonResponse(as_suggested([]), status=429)
        patch_cache_control(refusal, no_store=True)
        return refusal
    found = suggestions(request.GET.get("q", ""), get_language())
    given = JsonResponse(as_suggested(found))
    patch_cache_control(given, public=True, max_age=SUGGESTIONS_ARE_KEPT)
    return given


def as_suggested(found: list[Suggestion]) -> dict:
    """The suggestions, and what a screen reader says of them."""
    count = len(found)
    said = ngettext("%(count)s suggestion", "%(count)s suggestions", count)
    return {
        "suggestions": [asdict(one) for one in found],
        "said": said % {"count": count} if found else _("No suggestion"),
    }


# --- To take away ------------------------------------------------------------


def taken_away(request, count: int, **changes) -> tuple[Asked, list[Result]]:
    """What a search finds, `count` results at most."""
    asked = Asked(request.GET, get_language())
    given = answer(asked)
    found = given.search.like(page=1, per_page=count, **changes).run()
    return asked, results_of(found.rows, given.query, asked.names)


@limited
def feed(request) -> HttpResponse:
    """What is new in a search, to follow it."""
    asked, results = taken_away(request, IN_A_FEED, by_date=True)
    address = request.build_absolute_uri(reverse("search") + asked.address())
    title = _("Search: %(words)s") % {"words": asked.query.text or _("everything")}
    atom = Atom1Feed(
        title=f"{title} · {settings.WAGTAIL_SITE_NAME}",
        link=address,
        description="",
        language=asked.language,
        feed_url=request.build_absolute_uri(),
    )
    for result in results:
        atom.add_item(
            title=printed(result.title),
            link=result.full_url,
            description=printed(result.row["summary"]),
            pubdate=result.published_at,
            updateddate=result.published_at,
            unique_id=f"urn:uuid:{result.row['key']}",
            categories=[str(result.kind)],
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


def printed(text: str) -> str:
    """A text without what no XML can hold; word processors leave such things."""
    kept = (one for one in text if one in "\n\t" or unicodedata.category(one) != "Cc")
    return "".join(kept)


CSV = "text/csv; charset=utf-8"
# Spreadsheets calculate what begins with one of these, after spaces too.
FORMULAS = tuple("=+-@＝＋－＠")
COLUMNS = ["kind", "title", "summary", "city", "years", "status", "language", "url"]


def as_data(result: Result) -> dict:
    return {
        "kind": result.row["kind"],
        "title": result.title,
        "summary": result.row["summary"],
        "city": result.city[0] if result.city else "",
        "years": result.years,
        "status": result.status,
        "language": result.language,
        "url": result.full_url,
    }


@limited
def as_json(request) -> JsonResponse:
    """All that a search finds, as data."""
    asked, results = taken_away(request, MOST_RANKED)
    data = {"query": asked.query.text, "results": [as_data(one) for one in results]}
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


@limited
def as_csv(request) -> StreamingHttpResponse:
    """All that a search finds, for a spreadsheet."""
    _asked, results = taken_away(request, MOST_RANKED)
    answer = StreamingHttpResponse(lines(results), content_type=CSV)
    answer["Content-Disposition"] = 'attachment; filename="code-source.csv"'
    return answer


class Echo:
    """Gives back what is written into it."""

    def write(self, text: str) -> str:
        return text


def lines(results: list[Result]) -> Iterator[str]:
    writer = csv.DictWriter(Echo(), COLUMNS)
    # Without it, spreadsheets take accents for something else.
    yield "\ufeff" + writer.writeheader()
    for result in results:
        yield writer.writerow({k: harmless(v) for k, v in as_data(result).items()})


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip().startswith(FORMULAS) else text
