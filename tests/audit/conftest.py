"""The demonstration network as production serves it, and what was measured of it."""

import shutil
from collections import defaultdict
from itertools import chain

import pytest

from tests import databases
from tests.audit.production import served
from tests.e2e.kinds import KINDS, addresses_on
from tests.e2e.measures import DESKTOP

AUDIT = "audit: "


def pytest_generate_tests(metafunc):
    """Ask each question of each kind of page, in both languages."""
    if "kind" in metafunc.fixturenames:
        pages = [(kind, code) for kind in KINDS for code in ("fr", "en")]
        metafunc.parametrize(("kind", "language"), pages)


@pytest.fixture(scope="session")
def site(demo_template, django_db_blocker, tmp_path_factory):
    name, files = demo_template
    folder = tmp_path_factory.mktemp("production")
    shutil.copytree(files, folder / "media")
    with (
        django_db_blocker.unblock(),
        databases.clone(name) as clone,
        databases.connected_to(clone.name),
        served(databases.address(clone.name), folder / "media", folder) as address,
    ):
        yield address


@pytest.fixture(scope="session")
def addresses(site):
    return addresses_on(site)


@pytest.fixture
def address(addresses, kind, language):
    return addresses[kind][language]


@pytest.fixture(scope="module")
def reader(browser):
    page = browser.new_page(viewport=DESKTOP, reduced_motion="reduce")
    yield page
    page.close()


@pytest.fixture
def said(record_property, kind, language):
    """Keeps a figure of this page for the end."""

    def keep(name, figure):
        record_property(f"{AUDIT}{name}", (kind, language, figure))

    return keep


def pytest_terminal_summary(terminalreporter):
    """Print the figures, page by page."""
    pages, names = audited(chain.from_iterable(terminalreporter.stats.values()))
    if not pages:
        return
    widths = {name: max(len(name), 4) + 2 for name in names}
    terminalreporter.section("audit")
    heads = "".join(f"{name:>{widths[name]}}" for name in names)
    terminalreporter.write_line(f"{'':22}{heads}")
    for page, figures in sorted(pages.items()):
        cells = "".join(f"{figures.get(name, ''):>{widths[name]}}" for name in names)
        terminalreporter.write_line(f"{' '.join(page):22}{cells}")


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
