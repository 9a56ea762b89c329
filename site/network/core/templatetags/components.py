"""Components that wrap what a template puts in them, and vanish around nothing."""

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from network.core import contents
from network.users import qr

register = template.Library()


def wrapped(component: str, content: str, **names) -> str:
    """`content` inside a component; nothing at all when there is no content."""
    if not content.strip():
        return ""
    return render_to_string(
        f"components/{component}.html", {"content": content} | names
    )


@register.simple_block_tag
def section(content, heading, name=""):
    """A part of a sheet under its heading; `name` makes it a place to link to."""
    return wrapped("section", content, heading=heading, name=name)


@register.simple_block_tag
def entries(content, heading):
    """What a list lists, right below its title."""
    return wrapped("entries", content, heading=heading)


@register.simple_block_tag
def fact(content, term):
    """A line of a list of facts."""
    return wrapped("fact", content, term=term)


@register.inclusion_tag("components/paper_address.html")
def paper_address(page, note=""):
    """On paper only: where the page is on the web, to read and to scan."""
    address = page.full_url
    return {
        "address": address,
        "note": note,
        "code": qr.public_drawing(address) if address else None,
    }


@register.inclusion_tag("components/citation.html")
def citation(page, author=None):
    """How to cite a page, ready to be copied."""
    return {
        "page": page,
        "author": author,
        # A preview shows what would be published today.
        "published": page.last_published_at or timezone.now(),
        "site": settings.WAGTAIL_SITE_NAME,
    }


@register.filter(is_safe=True)
def with_contents(html: str, wanted: bool) -> str:
    """A page with a table of its contents, if it is one to read at length."""
    return contents.with_contents(html) if wanted else html
