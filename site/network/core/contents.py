"""A table of contents before a long page, made of the headings that it has anyway."""

import re
from html import unescape
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.text import slugify

# Fewer headings are seen at a glance.
FEWEST = 5
# A heading with its part of the sheet, which may have a name to link to.
HEADING = re.compile(
    r'(?:<section class="section"(?: id="(?P<name>[\w-]+)")?>\s*)?'
    r"<h2(?P<attributes>[^>]*)>(?P<text>.*?)</h2>",
    re.DOTALL,
)
NAMES = re.compile(r'\sid="([^"]+)"')


class Entry(NamedTuple):
    """A line of a table of contents: where it leads, and what stands there."""

    name: str
    text: str


def with_contents(html: str) -> str:
    """`html` with a table of its contents before its first part, if it has many."""
    headings = list(HEADING.finditer(html))
    if len(headings) < FEWEST:
        return html
    entries = entries_of(headings, set(NAMES.findall(html)))
    table = render_to_string("components/page_contents.html", {"entries": entries})
    pieces, place = [html[: headings[0].start()], table], headings[0].start()
    for heading, entry in zip(headings, entries, strict=True):
        if entry.name != heading["name"] and "id=" not in heading["attributes"]:
            named = heading.start("attributes")
            pieces += [html[place:named], f' id="{entry.name}"']
            place = named
    return "".join([*pieces, html[place:]])


def entries_of(headings: list[re.Match], taken: set[str]) -> list[Entry]:
    entries = []
    for heading in headings:
        text = unescape(strip_tags(heading["text"])).strip()
        own = NAMES.search(heading["attributes"])
        name = heading["name"] or (own[1] if own else free(slugify(text), taken))
        entries.append(Entry(name, text))
    return entries


def free(name: str, taken: set[str]) -> str:
    """A name like this one that nothing else on the page has."""
    number, found = 1, name or "part"
    while found in taken:
        number += 1
        found = f"{name or 'part'}-{number}"
    taken.add(found)
    return found
