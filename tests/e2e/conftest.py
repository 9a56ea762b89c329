"""A browser on the demonstration network, served from a copy of its own."""

import shutil
from collections import defaultdict
from itertools import chain

import pytest
from django.test import override_settings
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Page, get_page_models

from tests import databases

# A busy machine is slow, not wrong.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def site(demo_template, django_db_blocker, tmp_path_factory):
    """The address of the demonstration network, which the tests of a file share."""
    name, files = demo_template
    media = tmp_path_factory.mktemp("site") / "media"
    shutil.copytree(files, media)
    with (
        django_db_blocker.unblock(),
        databases.clone(name) as clone,
        databases.connected_to(clone.name),
        override_settings(MEDIA_ROOT=media),
    ):
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture(scope="module")
def addresses(site):
    """Where the longest page of each kind is: by kind, then by language."""
    addresses = {
        model.__name__: {
            version.locale.language_code: f"{site}{version.url}"
            for version in longest(model).get_translations(inclusive=True)
        }
        for model in get_page_models()
        if model is not Page
    }
    return addresses | {
        "search": {code: f"{site}/{code}/search/?q=transfo" for code in ("fr", "en")},
        "nothing": {code: f"{site}/{code}/nowhere/" for code in ("fr", "en")},
    }


def longest(model):
    pages = model.objects.live().filter(locale__language_code="fr")
    return max(pages, key=lambda page: len(page.to_json()))


@pytest.fixture
def browser_context_args(browser_context_args):
    """A civil servant's browser: French first."""
    return {**browser_context_args, "locale": "fr-FR"}


AUDIT = "audit: "


def pytest_terminal_summary(terminalreporter):
    """Print the figures of an audit, page by page."""
    pages, names = audited(chain.from_iterable(terminalreporter.stats.values()))
    if not pages:
        return
    terminalreporter.section("audit")
    for number, name in enumerate(names):
        terminalreporter.write_line(f"{chr(ord('A') + number)}  {name}")
    letters = "".join(f"{chr(ord('A') + number):>8}" for number in range(len(names)))
    terminalreporter.write_line(f"{'':24}{letters}")
    for page, figures in sorted(pages.items()):
        cells = "".join(f"{figures.get(name, ''):>8}" for name in names)
        terminalreporter.write_line(f"{' '.join(page):24}{cells}")


def audited(reports) -> tuple[dict, list[str]]:
    """The figures of each page, and the names of them all."""
    pages: dict = defaultdict(dict)
    names: dict[str, None] = {}
    for report in reports:
        for name, value in getattr(report, "user_properties", []):
            if name.startswith(AUDIT):
                kind, language, figure = value
                names[name.removeprefix(AUDIT)] = None
                pages[kind, language][name.removeprefix(AUDIT)] = figure
    return pages, list(names)
