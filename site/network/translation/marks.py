"""Rich text as translators type it: plain text, with short marks around words.

What is stored is HTML, as wagtail-localize cuts it: `<a id="a1">here</a> &amp; there`.
What is typed says the same with what one needs to see: `<a1>here</a1> & there`.
"""

import re
from collections.abc import Iterator
from html import escape, unescape

from bs4 import BeautifulSoup, NavigableString
from django.utils.translation import gettext as _
from wagtail_localize.strings import StringValue

MARK = re.compile(r"</?[A-Za-z][^<>]*>")
LINK = re.compile(r"a\d+")
# A “<” that would be taken for the beginning of a mark, and is none.
NO_MARK = re.compile(r"<(?=/?[A-Za-z])")


class BadMarks(ValueError):
    """The marks that were typed are not those of the source."""


# --- From what is stored to what is typed ----------------------------------


def typed(html: str, rich: bool) -> str:
    """What a translator sees of a stored string."""
    if not rich:
        return StringValue(html).render_text()
    return "".join(pieces(BeautifulSoup(html, "html.parser")))


def pieces(soup) -> Iterator[str]:
    for child in soup.children:
        if isinstance(child, NavigableString):
            yield NO_MARK.sub("&lt;", str(child))
        elif child.name == "br":
            yield "\n"
        else:
            name = child.get("id", child.name)
            yield f"<{name}>"
            yield from pieces(child)
            yield f"</{name}>"


def is_rich(html: str) -> bool:
    return any(
        tag.name != "br" for tag in BeautifulSoup(html, "html.parser").find_all()
    )


def marks_in(text: str) -> list[str]:
    """The names of the marks of a text, in their order: `b`, `a1`."""
    opening = (mark for mark in MARK.findall(text) if not mark.startswith("</"))
    return [mark.strip("<>") for mark in opening]


# --- From what is typed to what is stored ----------------------------------


def stored(text: str, source: str, rich: bool) -> str:
    """What is kept of what was typed; BadMarks if it cannot be what the source is."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not rich:
        return StringValue.from_plaintext(text).data
    marks = marks_in(typed(source, rich))
    require_links(text, marks)
    return str(BeautifulSoup("".join(html_of(text, set(marks))), "html.parser"))


def require_links(text: str, marks: list[str]) -> None:
    """A link leads somewhere: none is lost, none is there twice."""
    there = marks_in(text)
    for mark in marks:
        if LINK.fullmatch(mark) and there.count(mark) != 1:
            raise BadMarks(
                _("The link <%(mark)s>…</%(mark)s> must stand here once.")
                % {"mark": mark}
            )


def html_of(text: str, known: set[str]) -> Iterator[str]:
    still_open: list[str] = []
    end = 0
    for found in MARK.finditer(text):
        yield html_text(text[end : found.start()])
        yield html_mark(found.group(), known, still_open)
        end = found.end()
    yield html_text(text[end:])
    if still_open:
        raise BadMarks(
            _("The mark <%(mark)s> has no end: </%(mark)s>.") % {"mark": still_open[-1]}
        )


def html_text(text: str) -> str:
    plain = text.replace("&lt;", "<")
    return escape(plain, quote=False).replace("\n", "<br/>")


def html_mark(mark: str, known: set[str], still_open: list[str]) -> str:
    name = mark.strip("</>")
    if name not in known:
        raise BadMarks(_("The mark %(mark)s is not in the original.") % {"mark": mark})
    if mark.startswith("</"):
        if not still_open or still_open.pop() != name:
            raise BadMarks(
                _("The mark %(mark)s ends what did not begin there.") % {"mark": mark}
            )
        return "</a>" if LINK.fullmatch(name) else mark
    still_open.append(name)
    return f'<a id="{name}">' if LINK.fullmatch(name) else mark


def words_of(html: str) -> list[str]:
    """The words of a stored string, without its marks."""
    return unescape(StringValue(html).render_text()).split()
