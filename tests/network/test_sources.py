"""What we write in bulk is what wagtail-localize writes string by string."""

import pytest
from wagtail.rich_text import RichText
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)

from cities.models import CasePage, MethodUse
from network.core.models import Topic
from network.translation.sources import source_of
from tests.factories import (
    CasePageFactory,
    CityPageFactory,
    DocumentFactory,
    MethodPageFactory,
    PictureFactory,
    PrinciplePageFactory,
    StandardPageFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

# What of each kind of row makes the row; identifiers are as they happen to be.
SEGMENTS = {
    StringSegment: ["string__data", "string__data_hash", "string__locale", "attrs"],
    TemplateSegment: [
        *("template__uuid", "template__template", "template__template_format"),
        "template__string_count",
    ],
    OverridableSegment: ["data_json"],
    RelatedObjectSegment: ["object__translation_key", "object__content_type"],
}
CONTEXT = [
    *("context__object", "context__path", "context__path_id", "context__field_path"),
    "order",
]
SOURCE = [
    *("object", "locale", "specific_content_type", "object_repr", "content_json"),
    "schema_version",
]


def rows(source):
    """All that is known of a source, row by row."""
    known = {
        kind.__name__: sorted(
            kind.objects.filter(source=source).values_list(*CONTEXT, *fields), key=str
        )
        for kind, fields in SEGMENTS.items()
    }
    known["source"] = TranslationSource.objects.filter(pk=source.pk).values(*SOURCE)[0]
    return known


def forget_everything():
    TranslationSource.objects.all().delete()
    for kind in (TranslationContext, String, Template):
        kind.objects.all().delete()


def theirs_and_ours(thing):
    theirs = rows(TranslationSource.update_or_create_from_instance(thing)[0])
    forget_everything()
    return theirs, rows(source_of(thing))


def text(words):
    return ("text", RichText(words))


@pytest.fixture
def method(home):
    return MethodPageFactory(title="L’entretien")


@pytest.fixture
def case(method):
    """A case with something of everything that a translator may meet."""
    uses = [
        MethodUse(method=method, note=note, locale=method.locale, sort_order=place)
        for place, note in enumerate(["Deux matins & demi", "", "Deux matins & demi"])
    ]
    case = CasePageFactory(
        title="La salle <de> lecture & l’accueil",
        question="Comment ? — « ainsi »",
        brief='<p>Le <b>hall</b>, <a href="https://example.org/">ici</a>.<br/>Puis</p>'
        "<ul><li>un</li><li>deux <i>fois</i></li></ul><p>Le <b>hall</b></p>",
        context=f'<p>Voir <a linktype="page" id="{method.pk}">cette page</a>.</p>',
        sponsor="Le hall",
        picture=PictureFactory(),
        start="2018-03",
        people_met=153,
        tests=[
            ("test", trial("Un cendrier", "<p>Le <b>hall</b></p>")),
            ("test", trial("Un cendrier", "")),
        ],
        key_figures=[("key_figure", {"value": "153", "label": "agents rencontrés"})],
        figures=[
            (
                "figure",
                {"picture": PictureFactory(), "alternative": "", "caption": "Fig. 1"},
            )
        ],
        sources=[
            ("source", {"title": "Compte rendu", "url": "https://example.org/5"}),
            ("source", {"title": "Compte rendu", "url": ""}),
        ],
        method_uses=uses,
    )
    case.topics = [TopicFactory(name="Bibliothèques")]
    case.principles = [PrinciplePageFactory(number=1)]
    case.save()
    return CasePage.objects.get(pk=case.pk)


def trial(what, result):
    return {
        **dict.fromkeys(["place", "start", "end", "duration"], ""),
        "what": what,
        "result": RichText(result),
    }


def test_the_rows_of_a_case_are_those_of_wagtail_localize(case):
    theirs, ours = theirs_and_ours(case)

    assert ours == theirs


def test_the_case_of_these_tests_is_rich(case):
    known = rows(source_of(case))

    assert {kind: len(found) for kind, found in known.items() if kind != "source"} == {
        "StringSegment": 20,
        "TemplateSegment": 3,
        "OverridableSegment": 7,
        "RelatedObjectSegment": 0,
    }


def test_the_rows_of_a_page_of_blocks_are_those_of_wagtail_localize(method):
    link = {"title": "Le compte rendu", "url": "https://example.org/5"}
    page = StandardPageFactory(
        body=[
            text("<h2>Le terrain</h2><p>Vingt personnes</p><ol><li>une</li></ol>"),
            (
                "figure",
                {
                    "picture": PictureFactory(),
                    "alternative": "Six personnes",
                    "caption": "La maquette",
                },
            ),
            ("quote", {"text": "Personne ne m’avait\nrien demandé.", "author": ""}),
            ("callout", {"title": "À retenir", "text": RichText("<p>Osez.</p>")}),
            ("table", {"caption": "Où", "cells": "Lieu | Gens\nMairie | 20"}),
            ("download", {"document": DocumentFactory(), "label": "La fiche"}),
            (
                "video",
                {**link, "transcript": RichText("<p>Une place, le matin.</p>")},
            ),
            ("links", {"title": "Pour aller plus loin", "links": [link, link]}),
            text("<p>Vingt personnes</p>"),
        ],
    )

    theirs, ours = theirs_and_ours(page)

    assert ours == theirs


def test_the_rows_of_a_city_are_those_of_wagtail_localize(home):
    city = CityPageFactory(
        region="Grand Est",
        lab_note="<p>Deux personnes.</p>",
        latitude="49.1193",
        residents=[("resident", {"discipline": "sociologue", "number": 2})],
        sessions=[
            (
                "session",
                {
                    "start": "2017-03",
                    "end": "",
                    "kind": "working",
                    "title": "Session 2",
                    "text": RichText("<p>Sur le terrain.</p>"),
                    "url": "",
                    "reconstructed": True,
                },
            )
        ],
    )

    theirs, ours = theirs_and_ours(city)

    assert ours == theirs


def test_the_rows_of_a_topic_are_those_of_wagtail_localize():
    theirs, ours = theirs_and_ours(TopicFactory(name="Bibliothèques & lecture"))

    assert ours == theirs


def test_a_page_given_as_a_plain_page_is_read_as_what_it_is(case):
    theirs, ours = theirs_and_ours(case.page_ptr)

    assert ours == theirs
    assert theirs["StringSegment"]


def test_strings_that_another_page_has_are_shared_and_not_written_again(case):
    source_of(case)
    twin = CasePageFactory(title=case.title, slug="twin", question=case.question)
    before = set(String.objects.values_list("pk", flat=True))

    segments = StringSegment.objects.filter(source=source_of(twin))

    mine = dict(segments.values_list("context__path", "string_id"))
    assert {mine["title"], mine["question"]} <= before


def test_a_source_that_is_known_is_brought_up_to_date(case):
    first = source_of(case)
    case.sponsor = "Une autre commande"
    case.brief = ""
    case.save()

    again = source_of(case)
    known = rows(again)
    forget_everything()

    assert again.pk == first.pk
    theirs = rows(TranslationSource.update_or_create_from_instance(case)[0])
    assert known == theirs


@pytest.mark.parametrize("count", [1, 3])
def test_a_source_costs_the_same_however_many_strings(
    method, count, django_assert_max_num_queries
):
    page = StandardPageFactory(
        body=[text(f"<p>Partie {number}</p>") for number in range(count)]
    )

    with django_assert_max_num_queries(24):
        source_of(page)


def test_a_topic_is_no_page_and_has_a_source_all_the_same():
    topic = TopicFactory(name="Eau")

    segments = StringSegment.objects.filter(source=source_of(topic))

    assert list(segments.values_list("context__path", "string__data")) == [
        ("name", "Eau")
    ]
    assert Topic.objects.count() == 1
