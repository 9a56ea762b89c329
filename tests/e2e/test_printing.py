"""What a page is on paper: how many sheets, how they lie, what else they bear."""

from io import BytesIO

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.e2e


def printed(page, address):
    page.goto(address)
    return PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("kind", "most"), [("MethodPage", 1), ("CasePage", 2)])
def test_the_longest_of_its_kind_fits_on_its_sheets(
    page, addresses, kind, most, language
):
    sheets = printed(page, addresses[kind][language])

    assert len(sheets) <= most


def test_a_journey_lies_on_its_side(page, addresses):
    sheets = printed(page, addresses["JourneyPage"]["fr"])

    assert {sheet.mediabox.width > sheet.mediabox.height for sheet in sheets} == {True}


@pytest.mark.parametrize("kind", ["MethodPage", "CasePage"])
def test_the_address_is_drawn_on_paper_alone_and_written_once(page, addresses, kind):
    page.goto(addresses[kind]["fr"])
    parts = [
        page.locator(part) for part in (".paper-code", ".paper-address", ".address")
    ]

    seen = {}
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        seen[media] = [part.is_visible() for part in parts]

    assert seen == {"screen": [False, False, False], "print": [True, True, False]}
