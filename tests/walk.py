"""The demonstration, walked through link by link as a reader might."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

HOMES = {"fr": "/fr/", "en": "/en/"}
HERE = {"testserver", "localhost"}
MOST_QUERIES = 20
UNREAD = {"script", "style", "template"}


class Visit(NamedTuple):
    """What somebody found at an address."""

    status: int
    queries: int
    links: set[str] = set()  # addresses of this site, with the place within the page
    loaded: set[str] = set()  # pictures, styles and the rest
    missing: set[str] = set()  # what of it is not there
    places: set[str] = set()  # what can be linked to within the page
    dead: list[str] = []  # texts of links that lead nowhere
    texts: list[tuple[str, str]] = []  # all that is written, each with its language
    canonical: str = ""
    alternates: dict[str, str] = {}
    switch: dict[str, str] = {}  # where each language leads to
    notice: str = ""  # what is said of the language before the page


def walk() -> dict[str, Visit]:
    """Every address that links lead to from the two home pages, visited once."""
    client, visits = Client(), {}
    waiting = list(HOMES.values())
    while waiting:
        address = waiting.pop()
        if address in visits:
            continue
        visits[address] = visit(client, address)
        waiting += [link.partition("#")[0] for link in visits[address].links]
    return visits


def visit(client: Client, address: str) -> Visit:
    answer, queries = ask(client, address)
    if queries > MOST_QUERIES:  # it cut its pictures, which is done once
        answer, queries = ask(client, address)
    if not answer["Content-Type"].startswith("text/html"):
        answer.getvalue()
        return Visit(answer.status_code, queries)
    html = BeautifulSoup(answer.content, "html.parser")
    loaded = loaded_by(html, address)
    anchors = html.find_all("a")
    # Each way to narrow a search leads to others, without an end.
    followed = [a for a in anchors if "nofollow" not in a.get("rel", [])]
    return Visit(
        answer.status_code,
        queries,
        {link for a in followed for link in ours(address, a.get("href", ""))},
        loaded,
        {link for link in loaded if not is_there(link)},
        {tag["id"] for tag in html.find_all(id=True)},
        [a.get_text() for a in anchors if not a.get("href")],
        list(texts(html)),
        *heads(html),
        {a["hreflang"]: a["href"] for a in html.select(".language-switch a")},
        " ".join(p.get_text() for p in html.select(".notice")),
    )


def ask(client: Client, address: str):
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    return answer, len(queries)


def loaded_by(html: BeautifulSoup, address: str) -> set[str]:
    return {
        link.partition("#")[0]
        for tag in html.find_all(["img", "source", "link", "use", "script"])
        for value in addresses(tag)
        for link in ours(address, value)
    }


def addresses(tag: Tag) -> list[str]:
    """What a tag loads."""
    if tag.get("rel") in (["canonical"], ["alternate"], ["manifest"]):
        return []
    sets = [part.split()[0] for part in tag.get("srcset", "").split(",") if part]
    return [*sets, *filter(None, [tag.get("src"), tag.get("href")])]


def ours(address: str, link: str) -> list[str]:
    """`link` as an address of this site, or nothing."""
    parts = urlsplit(urljoin(f"http://testserver{address}", link))
    if parts.scheme != "http" or parts.hostname not in HERE or not link:
        return []
    query = f"?{parts.query}" if parts.query else ""
    place = f"#{parts.fragment}" if parts.fragment else ""
    return [unquote(parts.path) + query + place]


def is_there(link: str) -> bool:
    kind, _, name = link.lstrip("/").partition("/")
    return bool(
        finders.find(name) if kind == "static" else default_storage.exists(name)
    )


def heads(html: BeautifulSoup) -> tuple[str, dict[str, str]]:
    """What the page says to machines: where it belongs, and its versions."""
    canonical = html.find("link", rel="canonical")
    links = html.find_all("link", rel="alternate", hreflang=True)
    alternates = {link["hreflang"]: urlsplit(link["href"]).path for link in links}
    return urlsplit(canonical["href"]).path if canonical else "", alternates


def texts(html: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Each text that somebody reads or hears, with the language it says it is in."""
    for text in html.find_all(string=re.compile(r"[^\W\d_]")):
        parents = [tag.name for tag in text.parents]
        if type(text) is NavigableString and not UNREAD.intersection(parents):
            yield str(text), language_of(text)
    for image in html.find_all("img", alt=True):
        yield image["alt"], image.get("lang") or language_of(image)


def language_of(text: NavigableString | Tag) -> str:
    return next((tag["lang"] for tag in text.parents if tag.get("lang")), "")
