"""What the maps for search engines say."""

from xml.etree import ElementTree

NAMES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


def maps(client) -> list[str]:
    """The addresses of all maps, as the index has them."""
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    return [loc.text or "" for loc in index.iterfind("map:sitemap/map:loc", NAMES)]


def entries(client, address: str, **options) -> list[tuple[str, dict, str | None]]:
    """Each address on a map, with its alternates and its date."""
    content = client.get(address, options).content
    urls = ElementTree.fromstring(content).iterfind("map:url", NAMES)  # noqa: S314
    return [
        (
            url.findtext("map:loc", "", NAMES),
            {
                link.get("hreflang"): link.get("href")
                for link in url.iterfind("xhtml:link", NAMES)
            },
            url.findtext("map:lastmod", None, NAMES),
        )
        for url in urls
    ]
