"""What is wrong with a page as it is sent, which browsers mend without a word."""

import re
from collections import Counter

import html5lib
from bs4 import BeautifulSoup

# Attributes that name other elements of the page.
NAMING = [
    *("for", "list", "popovertarget", "aria-labelledby", "aria-describedby"),
    *("aria-controls", "aria-owns", "headers"),
]

# What no page has, so that its criteria of accessibility do not apply, or are met: see
# `docs/accessibility.md`.
UNFIT = {
    "frames and media": "iframe, frame, audio, video, object, embed, canvas",
    "elements of presentation": "big, blink, center, font, marquee, s, strike, tt, u",
    "attributes of presentation": (
        "[style], [align], [bgcolor], [border], [cellpadding], [cellspacing], [valign]"
    ),
    "space made by elements": ":is(p, li, dt, dd, h1, h2, h3, h4):empty",
    "windows, keys and time": (
        "[target], [accesskey], [autofocus], meta[http-equiv],"
        "[tabindex]:not([tabindex='0'], [tabindex='-1'])"
    ),
    "heads of tables": "th:not([scope]), th:empty, tbody th:not(:first-child)",
    "drawings that are neither hidden nor named": (
        "svg:not([aria-hidden='true'], [role][aria-label], svg svg)"
    ),
}

UNNAMED = "table:not([aria-label], :has(caption)), figure:not(:has(figcaption))"


def faults_of(text: str) -> list[str]:
    page = BeautifulSoup(text, "html.parser")
    return [
        *(*misread(text), *named_wrongly(page), *gaps(page), *nested(page)),
        *(*unfit(page), *named_badly(page)),
    ]


def unfit(page: BeautifulSoup) -> list[str]:
    """What a page should do without."""
    return [
        f"{what}: {str(tag)[:80]}"
        for what, selector in UNFIT.items()
        for tag in page.select(selector)
    ]


def named_badly(page: BeautifulSoup) -> list[str]:
    """Tables and figures that say nothing of what they are, and twins in navigation."""
    names = Counter(tag.get("aria-label") for tag in page.select("nav"))
    return [
        *(f"nav × {times}: {name}" for name, times in names.items() if times > 1),
        *(str(tag)[:80] for tag in page.select(UNNAMED)),
    ]


def misread(text: str) -> list[str]:
    """Where the parser of the standard meets something else than it expects."""
    parser = html5lib.HTMLParser()
    parser.parse(text)
    lines = text.splitlines()
    return [
        f"{kind} {about.get('name', '')}: {lines[line - 1].strip()[:80]}"
        for (line, _column), kind, about in parser.errors
    ]


def named_wrongly(page: BeautifulSoup) -> list[str]:
    """Names that two elements have, or that none has and another one asks for."""
    names = Counter(tag["id"] for tag in page.find_all(id=True))
    asked = {
        name
        for attribute in NAMING
        for tag in page.find_all(attrs={attribute: True})
        for name in words(tag[attribute])
    }
    return [
        *(f"twice: {name}" for name, times in names.items() if times > 1),
        *(f"nowhere: {name}" for name in sorted(asked - set(names))),
    ]


def words(value: str | list[str]) -> list[str]:
    return value.split() if isinstance(value, str) else value


def gaps(page: BeautifulSoup) -> list[str]:
    """Headings that skip a level, and more or fewer than one first one."""
    headings = page.find_all(re.compile("^h[1-6]$"))
    levels = [0, *(int(heading.name[1]) for heading in headings)]
    skipped = [
        f"{heading.name} after h{before}: {heading.get_text(strip=True)[:60]}"
        for before, level, heading in zip(levels, levels[1:], headings, strict=False)
        if level > before + 1
    ]
    return skipped if levels.count(1) == 1 else [*skipped, f"h1 × {levels.count(1)}"]


def nested(page: BeautifulSoup) -> list[str]:
    """What can be clicked within something that can be clicked."""
    return [
        str(tag)[:80] for tag in page.select(":is(a, button, summary) :is(a, button)")
    ]
