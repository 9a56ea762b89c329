"""Pictures of every kind of page, to look at: they end in `var/gallery`.

make gallery
make gallery ARGS="-m gallery -k CasePage"
"""

import shutil
from collections.abc import Callable
from html import escape
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import Route

from cities.models import FeedbackPage, JourneyPage
from network.moderation.retraction import retract
from tests.accounts import person
from tests.e2e.kinds import KINDS

pytestmark = pytest.mark.gallery

# What no kind of page shows by itself, and where it is.
ELSEWHERE = {
    "browsing": "{}/search/",
    "narrowed": "{}/search/?q=atelier&kind=case",
    "unfound": "{}/search/?q=zzyzx",
    "login": "account/login/?language={}",
    "broken": "{}/broken/",
    "away": "{}/away/",
}
MORE = [*ELSEWHERE, "alone", "compared", "gone"]
WIDTHS = (360, 768, 1440)
SCHEMES = ("light", "dark")
HEIGHT = 900
HEAD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gallery</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 1rem/1.5 sans-serif; margin: 2rem; }
  ul { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none; }
  img { display: block; inline-size: 12rem; block-size: 16rem; object-fit: cover;
    object-position: top; border: 1px solid; }
</style>
<h1>Gallery</h1>
"""


@pytest.fixture(scope="module")
def gallery():
    """The folder of the pictures, empty at first, with a page of them at last."""
    folder = Path(settings.VAR_DIR) / "gallery"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    yield folder
    (folder / "index.html").write_text(HEAD + "".join(map(row, rows(folder))))


def rows(folder: Path) -> list[list[Path]]:
    """The files of each kind of page, the smallest screens first."""
    return [
        sorted(folder.glob(f"{kind}-*.*"), key=lambda file: len(file.name))
        for kind in [*KINDS, *MORE]
    ]


def row(files: list[Path]) -> str:
    if not files:
        return ""
    heading = files[0].name.partition("-")[0]
    return f"<h2>{escape(heading)}</h2><ul>{''.join(map(item, files))}</ul>\n"


def item(file: Path) -> str:
    name = escape(file.name)
    if file.suffix == ".pdf":
        return f'<li><a href="{name}">{name}</a></li>'
    return (
        f'<li><a href="{name}"><img src="{name}" alt="" loading="lazy">{name}</a></li>'
    )


@pytest.fixture(scope="module")
def reader(browser):
    page = browser.new_page(reduced_motion="reduce")
    # Whatever breaks, readers are sent the same file.
    for name, template in (("broken", "500.html"), ("away", "503.html")):
        page.route(f"**/{name}/", sends(render_to_string(template)))
    yield page
    page.close()


def sends(body: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=body, content_type="text/html")


@pytest.fixture(scope="module")
def more(site, addresses):
    """Where all is that has its pictures taken: by kind, then by language."""
    elsewhere = {
        kind: {code: f"{site}/{path.format(code)}" for code in ("fr", "en")}
        for kind, path in ELSEWHERE.items()
    }
    return addresses | elsewhere | journeys(site) | {"gone": gone(site)}


def journeys(site: str) -> dict[str, dict[str, str]]:
    """A journey that has no other side, and one beside its other side."""
    pages = JourneyPage.objects.live().filter(locale__language_code="fr")
    alone = pages.filter(counterpart=None, counterparts=None).first()
    two = pages.exclude(counterpart=None).first()
    return {
        "alone": in_both_languages(site, alone),
        "compared": in_both_languages(site, two, "?compare"),
    }


def gone(site: str) -> dict[str, str]:
    """Where a page was, until it was retracted just now."""
    page = FeedbackPage.objects.live().filter(locale__language_code="fr").last()
    addresses = in_both_languages(site, page)
    retract(page, person(is_superuser=True), "For a picture")
    return addresses


def in_both_languages(site: str, page, query: str = "") -> dict[str, str]:
    return {
        version.locale.language_code: f"{site}{version.url}{query}"
        for version in page.get_translations(inclusive=True)
    }


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", [*KINDS, *MORE])
def test_take_its_pictures(reader, gallery, more, kind, language):
    reader.emulate_media(media="screen", color_scheme="light", forced_colors="none")
    reader.goto(more[kind][language])
    for width, scheme in product(WIDTHS, SCHEMES):
        reader.set_viewport_size({"width": width, "height": HEIGHT})
        reader.emulate_media(color_scheme=scheme)
        shoot(reader, gallery / f"{kind}-{language}-{width}-{scheme}.png")
    reader.emulate_media(color_scheme="dark", forced_colors="active")
    shoot(reader, gallery / f"{kind}-{language}-{WIDTHS[-1]}-forced.png")
    # As the browser prints: with the page’s own size of paper.
    reader.emulate_media(media="print", forced_colors="none")
    reader.pdf(
        path=gallery / f"{kind}-{language}-print.pdf",
        prefer_css_page_size=True,
        print_background=True,
    )

    assert len(list(gallery.glob(f"{kind}-{language}-*"))) == 8


def shoot(page, file: Path) -> None:
    # Pictures further down are only asked for when somebody comes near.
    page.evaluate(
        "document.querySelectorAll('img').forEach(one => one.loading = 'eager')"
    )
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file, full_page=True)
