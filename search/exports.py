"""A search to take away: to follow it, for a spreadsheet, or as data."""

import csv
import json
import unicodedata
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from .answers import search_for
from .asking import Asked
from .limits import limited
from .results import Result, results_of
from .whole import rows_of, whole

IN_A_FEED = 50


class Feed(Atom1Feed):
    """A feed that says of each entry in which language it is written."""

    def item_attributes(self, item) -> dict[str, str]:
        return {"xml:lang": item["language"]}


@limited
def feed(request) -> HttpResponse:
    """What is new in a search, to follow it."""
    asked = Asked(request.GET, get_language())
    address = request.build_absolute_uri(reverse("search") + asked.address())
    title = _("Search: %(words)s") % {"words": asked.query.text or _("everything")}
    atom = Feed(
        title=f"{title} · {settings.WAGTAIL_SITE_NAME}",
        link=address,
        description="",
        language=asked.language,
        author_name=settings.WAGTAIL_SITE_NAME,
        feed_url=request.build_absolute_uri(),
    )
    for result in latest(asked):
        atom.add_item(
            title=printed(result.title),
            link=result.full_url,
            # Django says that it is HTML.
            description=escape(printed(result.row["summary"])),
            language=result.language,
            pubdate=result.published_at,
            updateddate=result.published_at,
            unique_id=f"urn:uuid:{result.row['key']}",
            categories=[str(result.kind)],
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


def latest(asked: Asked) -> list[Result]:
    search = search_for(asked).like(page=1, per_page=IN_A_FEED, by_date=True)
    return results_of(search.run().rows, search.query, asked.names)


def printed(text: str) -> str:
    """A text without what no XML can hold; word processors leave such things."""
    kept = (one for one in text if one in "\n\t" or unicodedata.category(one) != "Cc")
    return "".join(kept)


# --- All that is found -------------------------------------------------------

CSV = "text/csv; charset=utf-8"
# Spreadsheets calculate what begins with one of these, after spaces too.
FORMULAS = tuple("=+-@＝＋－＠")
COLUMNS = ["kind", "title", "summary", "cities", "years", "status", "language", "url"]
# Between several in one cell.
SEPARATOR = "; "

Data = dict[str, str | list[str]]


def as_data(result: Result) -> Data:
    return {
        "kind": result.row["kind"],
        "title": result.title,
        "summary": result.row["summary"],
        "cities": [name for name, _language in result.cities],
        "years": result.years,
        "status": result.status,
        "language": result.language,
        "url": result.full_url,
    }


def all_data(asked: Asked) -> Iterator[list[Data]]:
    """All that is found, part by part: no more is in memory at once.

    The first answer of the database comes before anything is sent, so that a search
    that takes too long can still be told so.
    """
    search = search_for(asked)
    parts = whole(search)

    def data_of(part: Sequence[int]) -> list[Data]:
        # Whoever sends this has left the reader's language by then.
        with override(asked.language):
            results = results_of(rows_of(part), search.query, asked.names)
            return [as_data(one) for one in results]

    return map(data_of, parts)


@limited
def as_json(request) -> StreamingHttpResponse:
    """All that a search finds, as data."""
    asked = Asked(request.GET, get_language())
    parts = written_as_json(asked.query.text, all_data(asked))
    return StreamingHttpResponse(parts, content_type="application/json")


def written_as_json(query: str, parts: Iterator[list[Data]]) -> Iterator[str]:
    yield f'{{"query": {in_json(query)}, "results": ['
    before = ""
    for part in parts:
        for data in part:
            yield before + in_json(data)
            before = ", "
    yield "]}"


def in_json(value: str | Data) -> str:
    return json.dumps(value, ensure_ascii=False)


@limited
def as_csv(request) -> StreamingHttpResponse:
    """All that a search finds, for a spreadsheet."""
    asked = Asked(request.GET, get_language())
    lines = written_as_csv(all_data(asked))
    answer = StreamingHttpResponse(lines, content_type=CSV)
    answer["Content-Disposition"] = 'attachment; filename="code-source.csv"'
    return answer


class Echo:
    """Gives back what is written into it."""

    def write(self, text: str) -> str:
        return text


def written_as_csv(parts: Iterator[list[Data]]) -> Iterator[str]:
    writer = csv.DictWriter(Echo(), COLUMNS)
    # Without it, spreadsheets take accents for something else.
    yield "\ufeff" + writer.writeheader()
    for part in parts:
        for data in part:
            yield writer.writerow({name: cell(data[name]) for name in COLUMNS})


def cell(value: str | list[str]) -> str:
    return harmless(SEPARATOR.join(value) if isinstance(value, list) else value)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip().startswith(FORMULAS) else text
