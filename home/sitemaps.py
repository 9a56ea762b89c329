"""What search engines are told of: each text once, in the language it is written in.

Wagtail's own map knows one tree, the French one.
"""

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils.functional import cached_property
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page, Site

from network.core.querysets import EditorialQuerySet

from .versions import alternates_of

# So many are written in less than a tenth of a second.
ADDRESSES_PER_MAP = 200


class LanguageSitemap(Sitemap):
    """The pages that were written in one language, or translated into it."""

    limit = ADDRESSES_PER_MAP
    language: str

    def items(self) -> EditorialQuerySet:
        return written_pages().filter(locale__language_code=self.language)

    def lastmod(self, page: Page):
        return page.last_published_at

    @cached_property
    def told(self) -> dict:
        """How many there are, and when the last one was published: one query."""
        return self.items().aggregate(
            count=Count("pk"), latest=Max("last_published_at")
        )

    def get_latest_lastmod(self):
        return self.told["latest"]

    @property
    def paginator(self):
        paginator = super().paginator
        paginator.count = self.told["count"]
        return paginator

    def _urls(self, page, protocol, domain) -> list[dict]:
        pages = list(self.paginator.page(page).object_list)
        versions = versions_of(pages)
        return [self.entry(one, versions[one.translation_key]) for one in pages]

    def entry(self, page: Page, versions: list[Page]) -> dict:
        links = alternates_of(versions, self.request)
        return {
            "location": page.get_full_url(self.request),
            "lastmod": self.lastmod(page),
            "alternates": [
                {"lang_code": link["code"], "location": link["url"]} for link in links
            ],
        }


def written_pages() -> EditorialQuerySet:
    """The public pages that show a text of their own, below the front doors."""
    roots = [root.root_path for root in Site.get_site_root_paths()]
    on_site = Q(pk__in=[])
    for root in roots:
        on_site |= Q(url_path__startswith=root)
    pages = EditorialQuerySet(Page).live().open_to_all().filter(on_site, alias_of=None)
    return pages.select_related("locale").order_by("path")


def versions_of(pages: list[Page]) -> dict[object, list[Page]]:
    """Each of `pages` in all languages, by what they have in common."""
    versions = {page.translation_key: [page] for page in pages}
    others = written_pages().exclude(pk__in=[page.pk for page in pages])
    for version in others.filter(translation_key__in=versions):
        versions[version.translation_key].append(version)
    return versions


def sitemap_of(language: str) -> type[LanguageSitemap]:
    return type("Sitemap", (LanguageSitemap,), {"language": language})


SITEMAPS = {code: sitemap_of(code) for code, _name in settings.LANGUAGES}
