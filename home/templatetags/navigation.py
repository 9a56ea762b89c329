from django import template
from django.conf import settings
from django.urls import reverse

from ..navigation import Navigation

register = template.Library()


@register.inclusion_tag("components/header.html", takes_context=True)
def header(context):
    """The site's name, its menu, search and the other language."""
    navigation = Navigation.of(context)
    return {
        "site_title": settings.WAGTAIL_SITE_NAME,
        "home_url": f"/{navigation.language}/",
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
