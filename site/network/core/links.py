"""Links to pages in a text: one question for all of them, in the reader's language."""

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.rich_text.pages import PageLinkHandler as WagtailsOwn


class PageLinkHandler(WagtailsOwn):
    """Wagtail asks twice for each link where the reader's language is another one."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        named = [str(attrs.get("id")) for attrs in attrs_list]
        addresses = addresses_of({name for name in named if name.isdecimal()})
        return [
            f'<a href="{escape(addresses[name])}">' if addresses.get(name) else "<a>"
            for name in named
        ]


def addresses_of(ids: set[str]) -> dict[str, str]:
    """Where each of these pages is read: in the reader's language, if it is public."""
    keys = Page.objects.filter(pk__in=ids).order_by().values("translation_key")
    versions = Page.objects.filter(translation_key__in=keys).select_related("locale")
    here = {page.translation_key: page for page in versions if is_readers_own(page)}
    roots = Site.get_site_root_paths()
    return {
        str(page.pk): address_of(here.get(page.translation_key, page), roots)
        for page in versions
        if str(page.pk) in ids
    }


def is_readers_own(page: Page) -> bool:
    return page.live and page.locale.language_code == get_language()


def address_of(page: Page, roots: list) -> str:
    # Wagtail would look for them once for each address.
    page._wagtail_cached_site_root_paths = roots
    return page.get_url() or ""
