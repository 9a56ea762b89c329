"""Every kind of page, in both languages, by day and by night, without a fault."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.kinds import KINDS

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def reader(browser):
    """A page of the browser, half as wide as a desk's screen."""
    reader = browser.new_page(viewport={"width": 900, "height": 900})
    yield reader
    reader.close()


def faults(page, scheme):
    """The rules that are broken in these colours, each with where."""
    # A colour on its way from one scheme to the other has the contrast of neither.
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    broken = Axe().run(page).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in broken]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_of_accessibility_is_broken(reader, addresses, kind, language):
    reader.goto(addresses[kind][language])

    found = {scheme: faults(reader, scheme) for scheme in ("light", "dark")}

    assert found == {"light": [], "dark": []}
