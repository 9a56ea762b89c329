"""What every part of the demonstration is built with."""

from collections.abc import Callable

from django.utils.text import slugify
from wagtail.models import Locale, Page

from network.core.following import following
from network.translation.verbs import mirror, translate
from network.users.models import User

from .texts import Texts, read

# One leaf page in four stays in French, which makes about one page in six.
LEFT_IN_FRENCH = 4


class Builder:
    """Puts pages in the tree, in both languages, and says what it does."""

    def __init__(self, user: User, say: Callable[[str], None]):
        self.user = user
        self.say = say
        self.french = Locale.objects.get(language_code="fr")
        self.english = Locale.objects.get(language_code="en")
        self.leaves = 0

    def put(self, parent: Page, page: Page, texts: Texts, leaf: bool = False) -> Page:
        """Publish `page` below `parent`, and in English unless it is left in French.

        A page that is already there is given back as somebody may have edited it.
        """
        self.leaves += leaf
        page.slug = page.slug or slugify(page.title)
        existing = parent.get_children().filter(slug=page.slug).first()
        if existing:
            return existing.specific
        page.locale, page.owner = self.french, self.user
        # Its versions are made once, right as they are to be.
        with following():
            parent.add_child(instance=page)
            page.save_revision(user=self.user).publish(user=self.user)
        if leaf and self.leaves % LEFT_IN_FRENCH == 0:
            mirror(page)
        else:
            self.translate(page, texts)
        return page

    def translate(self, thing, texts: Texts) -> None:
        if isinstance(thing, Page):
            english_slug = texts.entry.get("slug_en") or slugify(
                texts.entry.get("title_en", "")
            )
            texts.strings.setdefault(thing.slug, english_slug or thing.slug)
        translate(thing, self.english, texts.strings, self.user)


def blocks(kind: str, values: list[dict]) -> list[tuple[str, dict]]:
    """The blocks of a stream that holds one kind of block."""
    return [(kind, value) for value in values]


def in_order(rows: list) -> list:
    """`rows` of a page, each knowing its place as one made in a form does."""
    for place, row in enumerate(rows):
        row.sort_order = place
    return rows


def sources(texts: Texts) -> list[tuple[str, dict]]:
    """The `source` of a fact (an address, a document, several) as blocks."""
    given = texts.entry.get("source") or []
    found = [given] if isinstance(given, str) else given
    return blocks("source", [source_block(source, texts) for source in found])


def source_block(source: str, texts: Texts) -> dict:
    address, _, _note = source.partition(" ")
    titles = read("sources")[source]
    return {
        "title": texts.pair(titles["title_fr"], titles["title_en"]),
        "url": address if address.startswith("http") else "",
    }
