"""What a page says to machines that read no prose: schema.org, as JSON-LD."""

import json
from collections.abc import Iterable

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import html_safe, strip_tags
from django.utils.timezone import localdate
from django.utils.translation import gettext, override
from wagtail.models import Page

from network.media.models import LICENCE_ADDRESSES

from .models import HomePage

# What would end the script, or begin another one, wherever it stands in a text.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}
# What a page of each kind is, in the words of schema.org.
TYPES = {
    "casepage": "Article",
    "feedbackpage": "Article",
    "journeypage": "Article",
    "principlepage": "Article",
    "methodpage": "HowTo",
    "resourcepage": "CreativeWork",
    "glossarypage": "DefinedTermSet",
    "citypage": "AboutPage",
}

Thing = dict[str, object]


@html_safe
class Script:
    """Things as the inside of a script of data, which nothing in them can end."""

    def __init__(self, things: Iterable[Thing]):
        graph = [
            {key: value for key, value in thing.items() if value} for thing in things
        ]
        self.data = {"@context": "https://schema.org", "@graph": graph}

    def __str__(self) -> str:
        return json.dumps(self.data, ensure_ascii=False).translate(ESCAPES)


class Description:
    """One public page, with who publishes it and the way to it."""

    def __init__(self, page: Page, address: str, poster: str, around):
        self.page = page
        # Where the text belongs, which is where its source is.
        self.address = address
        self.poster = poster
        self.around = around
        self.root = around.request.build_absolute_uri("/").rstrip("/")

    def things(self) -> list[Thing]:
        things = [self.publisher(), self.site(), self.text()]
        if self.around.ancestors:
            things.append(self.way())
        if isinstance(self.page, HomePage):
            things.append(self.data())
        return things

    def reference(self, name: str) -> dict:
        return {"@id": f"{self.root}/#{name}"}

    def publisher(self) -> Thing:
        said = self.around.settings
        icon = static("icons/apple-touch-icon.png")
        return self.reference("publisher") | {
            "@type": "Organization",
            "name": said.organisation or settings.WAGTAIL_SITE_NAME,
            "url": f"{self.root}/",
            "email": said.contact_email,
            "logo": self.around.request.build_absolute_uri(icon),
        }

    def site(self) -> Thing:
        """The site, and where to ask it something."""
        target = f"{self.root}{reverse('search')}?q={{search_term_string}}"
        return self.reference("site") | {
            "@type": "WebSite",
            "name": settings.WAGTAIL_SITE_NAME,
            "url": f"{self.root}/",
            "inLanguage": [code for code, _name in settings.LANGUAGES],
            "publisher": self.reference("publisher"),
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": target},
                "query-input": "required name=search_term_string",
            },
        }

    def text(self) -> Thing:
        page, kind = self.page, TYPES.get(self.page._meta.model_name, "WebPage")
        name = "headline" if kind == "Article" else "name"
        thing: Thing = {
            "@type": kind,
            "@id": self.address,
            "url": self.address,
            name: page.full_title if kind == "WebPage" else page.title,
            "description": page.in_short,
            "inLanguage": page.content_language,
            "isPartOf": self.reference("site"),
            "publisher": self.reference("publisher"),
            "datePublished": day(page.first_published_at),
            "dateModified": day(page.last_published_at),
            "license": getattr(page, "licence_address", ""),
            "image": self.poster,
        }
        return thing | self.written_by() | self.own(kind)

    def written_by(self) -> Thing:
        city = getattr(self.page, "city", None)
        if city is None:
            return {}
        return {
            "author": {
                "@type": "GovernmentOrganization",
                "name": city.title,
                "url": city.get_full_url(self.around.request),
            }
        }

    def own(self, kind: str) -> Thing:
        """What only pages of this kind say."""
        if kind == "HowTo":
            return how_to(self.page)
        if kind == "AboutPage":
            return {"about": authority(self.page)}
        return {}

    def way(self) -> Thing:
        """From the home page down to this one."""
        build = self.around.request.build_absolute_uri
        steps = [
            *((one["title"], build(one["url"])) for one in self.around.ancestors),
            (self.page.title, self.address),
        ]
        return {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": place, "name": name, "item": address}
                for place, (name, address) in enumerate(steps, start=1)
            ],
        }

    def data(self) -> Thing:
        """All that is public here, to be taken away."""
        licence = LICENCE_ADDRESSES.get(self.around.settings.licence, "")
        return self.reference("data") | {
            "@type": "Dataset",
            "name": gettext("Cases, journeys, lessons and methods of the network"),
            "description": gettext(
                "All that public innovation labs tell here of what they tried, for "
                "whom, with which methods and with what result, page by page."
            ),
            "license": licence,
            "isAccessibleForFree": True,
            "creator": self.reference("publisher"),
            "distribution": {
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                "contentUrl": f"{self.root}{reverse('wagtailapi:pages:listing')}",
            },
        }


def day(moment) -> str:
    return localdate(moment).isoformat() if moment else ""


def how_to(method) -> Thing:
    """How long it takes at most, what it needs, and what to do, step by step."""
    return {
        "totalTime": minutes(method.duration_max or method.duration_min),
        "supply": strip_tags(method.material),
        "step": [
            {
                "@type": "HowToStep",
                "position": place,
                "name": block.value["title"] or block.value["text"],
                "text": block.value["text"],
            }
            for place, block in enumerate(method.steps, start=1)
        ],
    }


def minutes(count: int | None) -> str:
    return f"PT{count}M" if count else ""


def authority(city) -> Thing:
    thing: Thing = {
        "@type": "GovernmentOrganization",
        "name": city.official_name or city.title,
    }
    if city.latitude is None or city.longitude is None:
        return thing
    where = {"latitude": float(city.latitude), "longitude": float(city.longitude)}
    return thing | {
        "location": {"@type": "Place", "geo": {"@type": "GeoCoordinates", **where}}
    }


def described(page: Page, address: str, poster: str, around) -> Script:
    """In the language of the page, wherever it is shown."""
    with override(page.content_language):
        return Script(Description(page, address, poster, around).things())
