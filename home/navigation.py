"""What stands around every page: menu, foot, breadcrumb, and the other language."""

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, override
from wagtail.models import Page, Site

from network.core.models import EditorialPage

from .models import NetworkSettings
from .notices import Notice, somebody
from .versions import alternates_of, around_nothing, is_missing

# Each language says its own name, in itself.
LANGUAGE_NAMES = {"fr": "Français", "en": "English"}
# … and so does the link to what is written in it.
READ_IN = {"fr": "Lire en français", "en": "Read in English"}


def link(page: Page, current: bool = False) -> dict:
    return {
        "title": page.title,
        "url": page.url,
        "current": current,
        "lang": page.content_language,
    }


def in_words(code: str) -> dict:
    return {"code": code, "language": LANGUAGE_NAMES[code]}


class Navigation:
    """The ways out of one page, asked of the database once per request."""

    def __init__(self, request, page: Page | None = None):
        self.request = request
        self.page = page
        self.language = get_language() or settings.LANGUAGE_CODE

    @classmethod
    def of(cls, context) -> "Navigation":
        request = context["request"]
        if not hasattr(request, "_navigation"):
            page = context.get("page")
            request._navigation = cls(request, page if isinstance(page, Page) else None)
        return request._navigation

    @cached_property
    def site(self) -> Site | None:
        return Site.find_for_request(self.request)

    @cached_property
    def settings(self) -> NetworkSettings:
        """What the foot says: told along with the home page, if that is around."""
        told = (getattr(page, "settings", None) or [] for page in self.around)
        here = {row["site_id"]: row for rows in told for row in rows}
        if self.site and self.site.pk in here:
            return NetworkSettings(**here[self.site.pk])
        return NetworkSettings.for_request(self.request)

    @cached_property
    def around(self) -> list[Page]:
        """All that stands around this page, or where no page is: one query."""
        if isinstance(self.page, EditorialPage):
            return self.page.surroundings
        if not self.site:
            return []
        address = self.request.path_info if is_missing(self.request) else ""
        return around_nothing(self.site.root_page, self.language, address)

    @property
    def below_home(self) -> list[Page]:
        """The pages right below the home page, in the order of the tree."""
        if isinstance(self.page, EditorialPage):
            return self.page.parts
        return [page for page in self.around if getattr(page, "is_part", False)]

    @property
    def glossary(self) -> Page | None:
        """The public glossary in the reader's language, if there are words in it."""
        found = (page for page in self.below_home if getattr(page, "words", None))
        return next(found, None)

    @property
    def menu(self) -> list[dict]:
        """The parts of the site, and which of them the reader is in."""
        here = self.page.path if self.page else ""
        return [
            link(page, current=here.startswith(page.path))
            for page in self.below_home
            if page.show_in_menus
        ]

    @property
    def foot(self) -> list[dict]:
        return [link(page) for page in self.below_home if not page.show_in_menus]

    @property
    def ancestors(self) -> list[dict]:
        """The pages above this one, from the home page down."""
        above = self.page.ancestors if isinstance(self.page, EditorialPage) else []
        return [link(page) for page in above]

    @cached_property
    def versions(self) -> dict[str, Page]:
        """This page in each language where it is public, by the language's code.

        Where there is no page, the one that was most likely meant.
        """
        if isinstance(self.page, EditorialPage):
            pages = self.page.versions
        else:
            pages = [] if self.page else self.meant
        return {page.locale.language_code: page for page in pages}

    @cached_property
    def meant(self) -> list[Page]:
        """The public versions of what a missing address names in any language."""
        meant = [page for page in self.around if getattr(page, "is_meant", False)]
        return sorted(meant, key=lambda page: page.locale.language_code)

    @property
    def is_public(self) -> bool:
        """Whether this very page, as it is shown here, may be read by anyone."""
        preview = getattr(self.request, "is_preview", False)
        public = {version.pk for version in self.versions.values()}
        return not preview and self.page is not None and self.page.pk in public

    @property
    def notice(self) -> Notice | None:
        """What to know of the language of this page before reading it."""
        if not isinstance(self.page, EditorialPage):
            return None
        user = somebody(self.request)
        return Notice(self.page, self.language, self.versions, user)

    @property
    def elsewhere(self) -> list[dict]:
        """Where what is missing here can be read, the reader's own language first."""
        links = [
            link(page) | in_words(page.locale.language_code) for page in self.meant
        ]
        return sorted(links, key=lambda one: one["code"] != self.language)

    @property
    def home_url(self) -> str:
        return f"/{self.language}/"

    @property
    def switch(self) -> list[dict]:
        """This very page in every language."""
        return [
            {
                "code": code,
                "name": LANGUAGE_NAMES[code],
                "url": self.address_in(code),
                "current": code == self.language,
            }
            for code, _name in settings.LANGUAGES
        ]

    def address_in(self, code: str) -> str:
        if code in self.versions:
            return self.with_query(self.versions[code].url, self.request.GET)
        match = self.request.resolver_match
        if self.page or is_missing(self.request):
            return f"/{code}/"
        with override(code):
            address = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        query = self.request.GET.copy()
        if not address.startswith(f"/{code}/"):
            # The account pages have one address, whatever the language.
            query["language"] = code
        return self.with_query(address, query)

    def with_query(self, address: str, query: QueryDict) -> str:
        """`address`, in the same part of a list and with the same filters."""
        return f"{address}?{query.urlencode()}" if query else address

    @property
    def translations(self) -> list[dict]:
        """This page in each other language that it was really written in."""
        return [
            {"code": code, "url": page.url, "offer": READ_IN[code]}
            for code, page in self.versions.items()
            if code != self.language and page.content_language == code
        ]

    @property
    def alternates(self) -> list[dict]:
        """The real language versions of this page; none if there is just one."""
        return alternates_of(self.versions.values() if self.page else [], self.request)

    @property
    def canonical(self) -> str:
        """The address of this text: its source's, if it is shown untranslated."""
        if not self.page:
            return ""
        source = self.page.alias_of if self.page.alias_of_id else self.page
        return source.get_full_url(self.request) or ""
