"""What editors build pages with: each block can be seen before it is chosen."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core.exceptions import ValidationError
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import override
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.rich_text import RichText
from wagtail.users.models import UserProfile

from network.core.blocks import (
    CalloutBlock,
    DownloadBlock,
    FigureBlock,
    LinkBlock,
    LinksBlock,
    QuoteBlock,
    SourcesBlock,
    StoryBlock,
    TableBlock,
    TableValue,
    TextBlock,
    VideoBlock,
    refuse,
)
from tests.factories import DocumentFactory, PictureFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


def streams():
    """Every stream of every page, by the name of its field."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, StreamField):
                yield f"{model._meta.label}.{field.name}", field.stream_block


def blocks_within(block):
    """The block and all it is made of."""
    yield block
    inside = getattr(block, "child_blocks", {}).values()
    for child in [*inside, *filter(None, [getattr(block, "child_block", None)])]:
        yield from blocks_within(child)


OFFERED = {
    f"{name}.{child}": block
    for name, stream in streams()
    for child, block in stream.child_blocks.items()
}
KINDS = {type(block).__name__: block for block in OFFERED.values()}
each_block = pytest.mark.parametrize("name", OFFERED)
each_kind = pytest.mark.parametrize("kind", KINDS)


def test_the_body_of_a_page_has_blocks_of_eight_kinds():
    assert list(StoryBlock().child_blocks) == [
        *("text", "figure", "quote", "callout", "table", "download", "video", "links"),
    ]


def test_each_stream_of_each_page_is_known_to_these_tests():
    assert {name for name, stream in streams()} == {
        *("home.HomePage.take_part", "home.StandardPage.body"),
        *("cities.CityPage.residents", "cities.CityPage.partners"),
        *("cities.CityPage.presentation", "cities.CityPage.sessions"),
        *("cities.CityPage.sources", "cities.CasePage.tests"),
        *("cities.CasePage.follow_ups", "cities.CasePage.key_figures"),
        *("cities.CasePage.figures", "cities.CasePage.sources"),
        *("cities.JourneyPage.stages", "cities.JourneyPage.sources"),
        *("cities.FeedbackPage.sources", "methods.PrinciplePage.sources"),
        *("methods.MethodPage.steps", "methods.MethodPage.downloads"),
        "methods.MethodPage.sources",
    }


@each_kind
def test_a_block_says_what_it_is_for_in_both_languages(kind):
    block, said = KINDS[kind], []
    for language in ("en", "fr"):
        with override(language):
            said.append((str(block.label), str(block.get_description())))

    (label, description), french = said
    assert label
    assert description.endswith(".")
    assert description != french[1]


@each_kind
def test_a_block_has_a_template_of_its_own(kind):
    template = get_template(KINDS[kind].meta.template)

    assert Path(template.origin.name).parent.name == "blocks"


@each_kind
def test_the_preview_of_a_block_is_a_value_that_an_editor_could_save(kind):
    PictureFactory()
    DocumentFactory()
    block = KINDS[kind]

    value = block.normalize(block.get_preview_value())

    assert block.get_prep_value(block.clean(value)) == block.get_prep_value(value)


@each_block
def test_a_block_can_be_seen_in_the_admin_before_it_is_chosen(as_ada, name):
    PictureFactory(description="Une rue")
    DocumentFactory()
    block = OFFERED[name]

    answer = as_ada.get(
        reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}
    )

    shown = BeautifulSoup(answer.content, "html.parser")
    story = shown.find(class_="story")
    assert story.get_text(strip=True)
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@each_kind
def test_the_preview_of_a_block_is_in_the_editor_s_language(as_ada, ada, kind):
    PictureFactory()
    DocumentFactory()
    profile, shown = UserProfile.objects.create(user=ada), []
    for language in ("fr", "en"):
        profile.preferred_language = language
        profile.save()
        identity = {"id": KINDS[kind].definition_prefix}
        answer = as_ada.get(reverse("wagtailadmin_block_preview"), identity)
        page = BeautifulSoup(answer.content, "html.parser")
        shown.append((page.html["lang"], words(page.find(class_="story"))))

    (french, french_words), (english, english_words) = shown
    assert (french, english) == ("fr", "en")
    assert french_words != english_words


@each_kind
def test_a_block_can_be_seen_before_anybody_has_added_a_picture_or_a_file(as_ada, kind):
    address = reverse("wagtailadmin_block_preview")

    answer = as_ada.get(address, {"id": KINDS[kind].definition_prefix})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "label",
    {
        f"{name}.{type(inner).__name__}.{inner.name}": inner
        for name, block in OFFERED.items()
        for inner in blocks_within(block)
        if isinstance(inner, blocks.FieldBlock) and inner is not block
    }.items(),
    ids=lambda pair: pair[0],
)
def test_a_field_of_a_block_has_a_label_that_somebody_wrote(label):
    _, field = label

    assert field.meta.label


def soup(block, value):
    return BeautifulSoup(block.render(block.to_python(value)), "html.parser")


def words(html):
    return " ".join(html.get_text(" ").split())


def test_a_text_is_shown_with_its_headings_and_links():
    value = RichText('<h2>Here</h2><p>and <a href="https://example.org/">there</a></p>')

    html = BeautifulSoup(TextBlock().render(value), "html.parser")

    assert (html.h2.text, html.a["href"]) == ("Here", "https://example.org/")


def test_a_text_offers_what_a_page_needs_and_no_more():
    assert TextBlock().features == [
        *("h2", "h3", "bold", "italic", "ul", "ol", "link", "document-link")
    ]


@pytest.mark.parametrize(
    ("language", "words_said"),
    [("fr", "« Personne. » un agent"), ("en", "“Personne.” un agent")],
)
def test_a_quote_has_the_marks_of_the_reader_s_language(language, words_said):
    with override(language):
        html = soup(QuoteBlock(), {"text": "Personne.", "author": "un agent"})

    assert (
        words(html.blockquote).replace("\u00a0", " ").replace("\u202f", " ")
        == words_said
    )


def test_a_quote_may_have_no_author():
    assert soup(QuoteBlock(), {"text": "Nobody.", "author": ""}).footer is None


def test_a_callout_is_named_by_its_title():
    html = soup(
        CalloutBlock(), {"title": "Keep this", "text": "<p>One <b>thing</b></p>"}
    )

    assert (html.aside["aria-label"], html.b.text) == ("Keep this", "thing")


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        ("Place | People\nHall | 20", [["Place", "People"], ["Hall", "20"]]),
        ("Place\tPeople\nHall\t20", [["Place", "People"], ["Hall", "20"]]),
        ("| Place | People |\n| Hall | 20 |", [["Place", "People"], ["Hall", "20"]]),
        ("Place | People\r\n\r\nHall | 20\n", [["Place", "People"], ["Hall", "20"]]),
        ("Alone", [["Alone"]]),
        ("a | | c", [["a", "", "c"]]),
        ("a\t\tc", [["a", "", "c"]]),
        ("\tPeople\nHall\t", [["", "People"], ["Hall", ""]]),
        ("| People\nHall |", [["", "People"], ["Hall", ""]]),
        ("||b|", [["", "b"]]),
        ("|", [["", ""]]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_table_is_read_line_by_line_and_cell_by_cell(cells, lines):
    value = TableBlock().to_python({"caption": "", "cells": cells})

    assert value.lines == lines


def test_the_rows_of_a_table_are_as_long_as_its_head():
    cells = "Place | People\nHall\nMarket | 14 | twice"

    value = TableBlock().to_python({"caption": "", "cells": cells})

    assert isinstance(value, TableValue)
    assert value.head == ["Place", "People"]
    assert value.rows == [["Hall", ""], ["Market", "14"]]


def test_a_table_says_which_cells_are_headings_and_what_it_is_about():
    cells = "Place | People met\nTown hall | 20\nMarket | 14"

    html = soup(TableBlock(), {"caption": "Who was met, and where", "cells": cells})

    assert html.caption.text == "Who was met, and where"
    assert [(th["scope"], th.text) for th in html.find_all("th")] == [
        *(("col", "Place"), ("col", "People met")),
        *(("row", "Town hall"), ("row", "Market")),
    ]
    assert [td.text for td in html.find_all("td")] == ["20", "14"]


def test_a_download_is_named_by_its_label_or_by_its_file():
    document = DocumentFactory(
        title="The file", credit="The lab", file__filename="a.pdf"
    )

    names = [
        soup(DownloadBlock(), {"document": document.pk, "label": label}).a.text
        for label in ("The template", "")
    ]

    assert names == ["The template", "The file"]


def test_a_download_says_its_format_size_and_licence():
    document = DocumentFactory(credit="The lab", file__filename="a.pdf")

    with override("en"):
        html = soup(DownloadBlock(), {"document": document.pk, "label": ""})

    said = words(html.small).replace("\u00a0", " ")
    assert said == f"PDF · {document.file.size} bytes · CC BY-SA 4.0 · The lab"


def test_a_file_that_was_deleted_leaves_no_trace():
    html = soup(DownloadBlock(), {"document": None, "label": "The template"})

    assert words(html) == ""


def test_a_picture_that_was_deleted_leaves_no_trace():
    html = soup(FigureBlock(), {"picture": None, "alternative": "", "caption": "Here"})

    assert words(html) == ""


def test_a_video_is_a_link_and_nothing_is_loaded_from_there():
    value = {
        "title": "The test",
        "url": "https://video.example.org/1",
        "transcript": "<p>A square.</p>",
    }

    html = soup(VideoBlock(), value)

    assert html.a["href"] == "https://video.example.org/1"
    assert html.find(["iframe", "img", "script", "video"]) is None
    assert words(html.details.p) == "A square."


def test_a_link_says_where_it_leads():
    value = LinkBlock().to_python({"title": "It", "url": "https://www.example.org/a"})

    assert value.host == "www.example.org"
    assert words(BeautifulSoup(LinkBlock().render(value), "html.parser")) == (
        "It www.example.org"
    )


def test_a_source_without_an_address_is_no_link():
    html = soup(LinkBlock(), {"title": "A booklet, 2018", "url": ""})

    assert (html.a, words(html)) == (None, "A booklet, 2018")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "example", "ftp//x"])
def test_a_link_that_leads_nowhere_is_refused(url):
    block = LinkBlock()

    with pytest.raises(ValidationError):
        block.clean(block.to_python({"title": "It", "url": url}))


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_links_shows_each(count):
    links = [
        {"title": f"Link {n}", "url": f"https://example.org/{n}"} for n in range(count)
    ]

    html = soup(LinksBlock(), {"title": "Further", "links": links})

    assert [a["href"] for a in html.find_all("a")] == [link["url"] for link in links]


@pytest.mark.parametrize(
    ("block", "value"),
    [
        (QuoteBlock(), {"text": "<script>", "author": "<script>"}),
        (TableBlock(), {"caption": "<script>", "cells": "<script> | <script>"}),
        (LinkBlock(), {"title": "<script>", "url": "https://example.org/"}),
        (CalloutBlock(), {"title": "<script>", "text": ""}),
        (VideoBlock(), {"title": "<script>", "url": "https://x.org", "transcript": ""}),
    ],
)
def test_what_somebody_types_as_text_is_never_code(block, value):
    assert soup(block, value).find("script") is None


def test_sources_are_links_and_say_so():
    (source,) = SourcesBlock().child_blocks.values()

    with override("en"):
        assert (source.label, source.get_description()) == (
            *("Source", "Where a fact comes from."),
        )


def test_a_refusal_stands_beside_the_field_it_is_about():
    with pytest.raises(blocks.StructBlockValidationError) as refusal:
        refuse(end="Too early.")

    errors = refusal.value.block_errors
    assert {name: error.messages for name, error in errors.items()} == {
        "end": ["Too early."]
    }


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_pictures_costs_the_same_however_many(
    client, home, count, django_assert_max_num_queries
):
    figure = {"alternative": "", "caption": ""}
    pictures = [PictureFactory(title=f"P{n}") for n in range(count)]
    page = StandardPageFactory(
        body=[("figure", {"picture": picture, **figure}) for picture in pictures]
    )
    client.get(page.url)  # makes the renditions

    with django_assert_max_num_queries(12):
        answer = client.get(page.url)

    assert answer.content.count(b"<img") == count
