"""Every kind of page in both languages, for everyone: all that can be checked of it.

    make audit
    make audit ARGS="-m audit -k CasePage"

The second looks at one kind of page. What fails is wrong on any machine.
"""

import pytest

from tests.audit.reading import (
    CUT,
    DISORDER,
    HUGE,
    NAMES,
    PICTURES,
    SILENT,
    STYLES,
    TEXT,
    WORDS,
    skip,
    without,
    without_scripts,
)
from tests.audit.tools import faults_by_nu
from tests.e2e.markup import faults_of
from tests.e2e.measures import (
    DESKTOP,
    FORCED,
    LAST,
    MOVING,
    PHONE,
    TEXT_SPACING,
    ZOOMED,
    steps,
    too_wide,
    unseen,
    violations,
)

pytestmark = pytest.mark.audit

SCHEMES = ("light", "dark")


@pytest.fixture(scope="module")
def nu(browser, addresses, tmp_path_factory):
    """What the Nu HTML Checker says of every page: it is started once for all."""
    folder, page = tmp_path_factory.mktemp("nu"), browser.new_page()
    for kind, versions in addresses.items():
        for language, address in versions.items():
            file = folder / f"{kind}-{language}.html"
            file.write_bytes(page.request.get(address).body())
    page.close()
    return faults_by_nu(sorted(folder.iterdir()))


def test_no_rule_of_accessibility_is_broken(reader, address, said):
    reader.goto(address)

    found = {}
    for size in (PHONE, DESKTOP):
        reader.set_viewport_size(size)
        for scheme in SCHEMES:
            reader.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found[size["width"], scheme] = violations(reader)

    said("axe", sum(map(len, found.values())))
    assert found == {which: [] for which in found}


def test_the_nu_checker_has_nothing_to_say(nu, kind, language, said):
    found = nu[f"{kind}-{language}"]

    said("Nu", len(found))
    assert found == []


def test_the_markup_is_right_and_nothing_moves(reader, address, said):
    reader.goto(address)
    sent = reader.request.get(address).text()
    wrong = {"markup": faults_of(sent), "moving": reader.evaluate(MOVING)}
    reader.emulate_media(forced_colors="active", reduced_motion="reduce")
    wrong["forced colours"] = reader.evaluate(FORCED)
    reader.emulate_media(forced_colors="none", reduced_motion="reduce")

    said("markup", sum(map(len, wrong.values())))
    assert wrong == {which: [] for which in wrong}


def test_names_say_what_is_seen_and_texts_stand_in_their_order(reader, address, said):
    reader.goto(address)
    violations(reader)  # so that axe is there, which knows names
    wrong = {"names": reader.evaluate(NAMES)}
    for size in (PHONE, DESKTOP):
        reader.set_viewport_size(size)
        wrong[f"order at {size['width']}"] = reader.evaluate(DISORDER)

    said("names, order", sum(map(len, wrong.values())))
    assert wrong == {which: [] for which in wrong}


def test_nothing_is_lost_however_large_the_text(reader, address, said):
    reader.goto(address)
    reader.set_viewport_size(ZOOMED)
    wide, cut = {"zoomed": too_wide(reader)}, {"zoomed": reader.evaluate(CUT)}
    reader.add_style_tag(content=TEXT_SPACING)
    wide["spaced"], cut["spaced"] = too_wide(reader), reader.evaluate(CUT)
    reader.set_viewport_size(DESKTOP)

    said("zoom", max(wide.values()) + sum(map(len, cut.values())))
    assert wide == {"zoomed": 0, "spaced": 0}
    assert cut == {"zoomed": [], "spaced": []}


def test_the_keyboard_goes_everywhere_and_one_sees_where(reader, address, said):
    hidden = {}
    for size in (ZOOMED, PHONE, DESKTOP):
        reader.set_viewport_size(size)
        reader.goto(address)
        there = steps(reader)
        ends = there[-1]["what"] == reader.evaluate(LAST)
        back = steps(reader, "Shift+Tab")
        hidden[size["width"]] = unseen(there + back) if ends else ["it does not end"]
        hidden[size["width"], "back"] = len(there) - len(back)

    said("keys", len(there))
    assert {which: found for which, found in hidden.items() if found} == {}


def test_the_first_link_leads_past_the_head_of_the_page(reader, address):
    reader.goto(address)

    assert skip(reader) == "main"


def test_it_works_without_pictures_styles_or_scripts(browser, reader, address, said):
    reader.set_viewport_size(PHONE)
    reader.goto(address)
    scripted, whole = reader.evaluate(TEXT), reader.evaluate(WORDS)
    pages = [
        without_scripts(browser, address),
        without(browser, address, PICTURES),
        without(browser, address, STYLES),
    ]
    unscripted, blank, plain = pages
    found = {
        "without scripts": unscripted.evaluate(TEXT) != scripted,
        "without pictures": blank.evaluate(TEXT) != scripted or too_wide(blank),
        "pictures that say nothing": blank.evaluate(SILENT),
        "without styles": plain.evaluate(WORDS) != whole,
        "huge without styles": plain.evaluate(HUGE),
    }
    for page in pages:
        page.close()

    said("without", sum(map(bool, found.values())))
    assert {which: wrong for which, wrong in found.items() if wrong} == {}
