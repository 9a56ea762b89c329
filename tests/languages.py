"""In which language each text of a site was written, as its authors know."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib
from bs4 import BeautifulSoup
from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from home.models import Term
from network.core.models import Topic
from network.media.models import Document, Picture
from tests.walk import texts

CATALOGUE = "site/network/locale/fr/LC_MESSAGES/django.po"
FILLED_IN = re.compile(r"%\(\w+\)[sd]")


def letters(text: str) -> str:
    """All that is left of a text when nobody minds its marks, numbers and capitals."""
    return re.sub(r"[\W\d_]+", "", text).casefold()


class Languages:
    """Which languages a text was written in, by its letters."""

    def __init__(self):
        self.known: dict[str, set[str]] = defaultdict(set)
        for language, text in [*catalogue(), *content()]:
            if language:
                self.known[letters(text)].add(language)
        self.known.pop("", None)

    def of(self, text: str) -> set[str]:
        """The only language that a text, or a part of it, was written in."""
        parts = [self.known.get(letters(part), set()) for part in text.split("·")]
        return {language for part in parts if len(part) == 1 for language in part}


def catalogue() -> Iterator[tuple[str, str]]:
    """The texts of our own templates and code."""
    for entry in polib.pofile(str(Path(__file__).parents[1] / CATALOGUE)):
        for text in (entry.msgid, entry.msgid_plural):
            yield from pieces("en", text)
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            yield from pieces("fr", text)


def content() -> Iterator[tuple[str, str]]:
    """The texts of all pages, topics and words that were written, not mirrored."""
    written = Page.objects.filter(live=True, alias_of=None, depth__gt=1)
    for page in written.select_related("locale").specific():
        yield from sentences(page)
    for topic in Topic.objects.select_related("locale"):
        yield topic.locale.language_code, topic.name
    for work in (*Picture.objects.all(), *Document.objects.all()):
        yield work.language, work.credit
    for document in Document.objects.all():
        yield document.language, document.title
    for picture in Picture.objects.all():
        yield from [("fr", picture.description), ("en", picture.description_en)]
    for term in Term.objects.all():
        yield from [("fr", term.word_fr), ("fr", term.definition_fr)]
        yield from [("en", term.word_en), ("en", term.definition_en)]


def sentences(page: Page) -> Iterator[tuple[str, str]]:
    language = page.locale.language_code
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            yield from pieces(language, segment.string.data)


def pieces(language: str, html: str) -> Iterable[tuple[str, str]]:
    """Each text between the tags, or the values, of `html`."""
    for part in FILLED_IN.split(html):
        found = texts(BeautifulSoup(part, "html.parser"))
        yield from ((language, text) for text, _ in found)
