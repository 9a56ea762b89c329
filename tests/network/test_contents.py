"""A long page begins with a table of what is on it."""

import pytest
from bs4 import BeautifulSoup

from network.core.contents import with_contents
from network.core.templatetags import components
from tests.factories import StandardPageFactory
from tests.fixtures import home

__all__ = ["home"]

PARTS = ["First", "Second & last", "Sources", "First", "…"]


def story(parts):
    return "<p>Before</p>" + "".join(f"<h2>{part}</h2><p>Text</p>" for part in parts)


def entries(html):
    page = BeautifulSoup(html, "html.parser")
    return [
        (a.text, a["href"], page.find(id=a["href"][1:]).get_text(strip=True))
        for a in page.select("nav a")
    ]


def test_each_heading_is_linked_to_by_a_name_of_its_own():
    html = with_contents(story(PARTS).replace("&", "&amp;"))

    assert entries(html) == [
        ("First", "#first", "First"),
        ("Second & last", "#second-last", "Second & last"),
        ("Sources", "#sources", "Sources"),
        ("First", "#first-2", "First"),
        ("…", "#part", "…"),
    ]
    assert html.startswith("<p>Before</p>")


def test_a_part_of_a_sheet_keeps_the_name_that_it_has():
    heading = '<h2 class="section-title">All cases</h2>'
    part = f'<section class="section" id="cases">\n  {heading}Text</section>'

    html = with_contents(part + story(PARTS))

    assert entries(html)[0] == ("All cases", "#cases", "All casesText")
    assert part in html


def test_names_that_are_taken_are_left_alone():
    html = with_contents('<p id="first">One</p>' + story(PARTS))

    assert entries(html)[0][1] == "#first-2"


@pytest.mark.parametrize("count", [0, 4])
def test_a_short_page_is_left_as_it_is(count):
    assert with_contents(story(PARTS[:count])) == story(PARTS[:count])


def test_only_pages_to_read_at_length_have_one():
    html = story(PARTS)

    assert components.with_contents(html, "") == html
    assert "<nav" in components.with_contents(html, True)


@pytest.mark.django_db
def test_a_plain_page_has_one_before_its_first_heading(home, client):
    body = [("text", story(PARTS))]
    page = StandardPageFactory(title="Legal notice", body=body)

    html = BeautifulSoup(client.get(page.url).content, "html.parser")

    assert len(html.select(".story .page-contents li")) == 5
