"""A journey map under the fingers: what stays in sight, and what the keys move."""

import pytest

pytestmark = pytest.mark.e2e

TABLET = {"width": 800, "height": 700}
DESK = {"width": 1440, "height": 700}


def tops(page):
    """How far each head of a stage is from the top of the window."""
    heads = page.locator(".journey tbody th")
    return {round(box["y"]) for box in (head.bounding_box() for head in heads.all())}


def test_a_map_that_is_too_wide_says_so_and_moves_with_the_keys(page, addresses):
    page.set_viewport_size(TABLET)
    page.goto(addresses["JourneyPage"]["fr"])
    region = page.locator(".journey-region")

    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.journey-region').scrollLeft > 0")

    assert page.locator(".journey-hint").is_visible()
    # The names of the lanes stay where they are.
    assert page.locator(".journey thead").bounding_box()["x"] == pytest.approx(
        region.bounding_box()["x"], abs=1
    )


def test_the_heads_of_the_stages_stay_in_sight(page, addresses):
    page.set_viewport_size(DESK)
    page.emulate_media(reduced_motion="reduce")
    page.goto(addresses["JourneyPage"]["fr"])

    page.evaluate("document.querySelector('.lane-backstage').scrollIntoView()")

    assert not page.locator(".journey-hint").is_visible()
    assert tops(page) == {0}


def test_on_a_phone_the_stages_stand_one_below_the_other(page, addresses):
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(addresses["JourneyPage"]["fr"])

    heads = page.locator(".journey tbody th")
    lefts = {round(head.bounding_box()["x"]) for head in heads.all()}

    assert (len(lefts), len(tops(page))) == (1, heads.count())


def test_on_a_phone_two_journeys_beside_each_other_keep_the_heads_of_their_columns(
    page, site
):
    address = "strasbourg/parcours-usagers/inscrire-ses-enfants-aujourdhui/?compare"
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{site}/fr/collectivites/{address}")

    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    roles = [node["role"]["value"] for node in tree["nodes"] if not node["ignored"]]

    # One above the stages, one above each journey: a head less, and all are one off.
    assert roles.count("columnheader") == 3
