from urllib.parse import quote, urlencode

from django import template
from django.conf import settings
from django.urls import reverse
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar

from network.core.colours import colours

from ..linked_data import described
from ..models import GlossaryPage
from ..navigation import Navigation
from ..notices import somebody
from ..posters import HEIGHT, WIDTH, Poster, address_of
from ..words import explain, vocabularies

# Open Graph wants a country with each language.
TERRITORIES = {"fr": "fr_FR", "en": "en_GB"}

register = template.Library()


@register.inclusion_tag("components/header.html", takes_context=True)
def header(context):
    """The site's name, its menu, search and the other language."""
    navigation = Navigation.of(context)
    return {
        "site_title": settings.WAGTAIL_SITE_NAME,
        "home_url": navigation.home_url,
        "menu": navigation.menu,
        "search_url": reverse("search"),
        "switch": navigation.switch,
    }


@register.inclusion_tag("components/footer.html", takes_context=True)
def footer(context):
    """Who publishes this, under which licence, and the plain pages."""
    navigation = Navigation.of(context)
    return {
        "links": navigation.foot,
        "organisation": navigation.settings.organisation,
        "contact_email": navigation.settings.contact_email,
        "licence": navigation.settings.get_licence_display(),
    }


@register.inclusion_tag("components/banner.html", takes_context=True)
def demonstration_banner(context):
    """Says that all content here is a demonstration, while it is."""
    return {"shown": Navigation.of(context).settings.demonstration}


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def breadcrumb(context, page):
    """The way back to the home page."""
    return {
        "ancestors": Navigation.of(context).ancestors,
        "title": page.title,
        "lang": page.content_language,
    }


@register.inclusion_tag("components/alternates.html", takes_context=True)
def alternates(context, page):
    """Tells search engines where this text belongs and which translations it has."""
    navigation = Navigation.of(context)
    return {"links": navigation.alternates, "canonical": navigation.canonical}


@register.inclusion_tag("components/sharing.html", takes_context=True)
def sharing(context, page):
    """What a link to this page is shown with elsewhere, and what machines make of it.

    Nothing of what only some may read: not even those should send it on by accident.
    """
    navigation = Navigation.of(context)
    if not navigation.is_public:
        return {}
    poster = Poster.of(page)
    address = context["request"].build_absolute_uri(address_of(page))
    return {
        "page": page,
        "site_title": settings.WAGTAIL_SITE_NAME,
        "address": navigation.canonical,
        "poster": address,
        "poster_words": poster.words,
        "territory": TERRITORIES[page.content_language],
        "width": WIDTH,
        "height": HEIGHT,
        "data": described(page, navigation.canonical, address, navigation),
    }


@register.inclusion_tag("components/pass_on.html", takes_context=True)
def pass_on(context, page):
    """How to keep a public page, hand it on, or read it in the other language."""
    navigation = Navigation.of(context)
    if not navigation.is_public:
        return {}
    said = {"subject": page.title, "body": navigation.canonical}
    return {
        "address": navigation.canonical,
        "mail": f"mailto:?{urlencode(said, quote_via=quote)}",
        "others": navigation.translations,
    }


@register.inclusion_tag("components/window.html")
def window():
    """What the window around a page looks like: its icon, and its colours."""
    return {"paper": colours()["paper"]}


@register.inclusion_tag("components/notice.html", takes_context=True)
def notice(context, page):
    """Says before the page which language it is in, and what its translation lacks."""
    return {"notice": Navigation.of(context).notice}


@register.simple_tag(takes_context=True)
def userbar(context):
    """What those who work here find on each page; readers are not even asked."""
    return wagtailuserbar(context) if somebody(context["request"]) else ""


@register.inclusion_tag("components/elsewhere.html", takes_context=True)
def elsewhere(context):
    """Offers what is missing here where it can be read."""
    return {"links": Navigation.of(context).elsewhere}


@register.simple_tag(takes_context=True)
def to_explain(context, page):
    """What `explained` needs: a language, the words and where the glossary is."""
    glossary = Navigation.of(context).glossary
    if glossary is None or isinstance(page, GlossaryPage):
        return None
    return page.content_language, vocabularies(glossary.words), glossary.url


# It adds links to HTML that is safe already, and escapes what it writes into them.
@register.filter(is_safe=True)
def explained(html: str, words: tuple | None) -> str:
    """The words of the glossary in a page lead to it where they are first met."""
    return explain(html, *words) if words else html
