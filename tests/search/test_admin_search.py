"""What those who work here find: in French, in English, within what they may see."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from modelsearch.backends import get_search_backend
from modelsearch.query import And, Boost, Not, Or, Phrase, PlainText
from modelsearch.utils import parse_query_string
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from network.access.roles import make_network_roles
from network.media.models import Picture
from network.moderation.workflow import require_approval
from network.translation.verbs import mirror
from tests.factories import (
    CasePageFactory,
    CityIndexPageFactory,
    PictureFactory,
    TermFactory,
    TopicFactory,
    UserFactory,
    locale,
)
from tests.networks import city_of, mirrored, translated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def front_door(home, english):
    """There is always one, in both languages."""


def found(query, pages=None, **options):
    pages = Page.objects.all() if pages is None else pages
    return sorted({page.title for page in pages.search(query, **options)})


def typed(query, pages=None):
    pages = Page.objects.all() if pages is None else pages
    return sorted({page.title for page in pages.autocomplete(query)})


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Parcours des usagers", "usager"),
        ("Un usager", "usagers"),
        ("Le métro", "metro"),
        ("Le metro", "Métro"),
        ("Un lieu", "lieux"),
        ("Espace publique", "public"),
        ("L’école", "école"),
        ("Un œil", "oeil"),
        ("Des agent·e·s", "agent"),
        ("Co-design", "codesign"),
    ],
)
def test_a_word_is_found_however_it_is_written(written, asked):
    CasePageFactory(title=written)

    assert [found(asked), typed(asked)] == [[written]] * 2


def test_the_beginning_of_a_word_is_enough_while_it_is_typed():
    CasePageFactory(title="Une médiathèque de quartier")

    queries = ["medi", "Média", "médiathèque quar", "quartier de", "de la medi"]

    assert [typed(query) for query in queries] == [["Une médiathèque de quartier"]] * 5
    assert typed("thèque") == found("medi") == []


def test_what_is_typed_may_be_in_quotes_or_excluded():
    for title in ("Le métro de Lille", "Le métro de Metz"):
        CasePageFactory(title=title)
    queries = ['"métro de Lil', '"lilles"', "metro -lille", '"metro" -metz', "m -metro"]

    found = [typed(parse_query_string(query, operator="and")[1]) for query in queries]

    lille, metz = ["Le métro de Lille"], ["Le métro de Metz"]
    assert found == [lille, lille, metz, lille, []]


def test_a_word_is_not_taken_for_one_that_is_like_it_in_another_language():
    CasePageFactory(title="De nouveaux usages")

    assert [typed("usager"), found("usager")] == [[], []]


def test_all_words_must_be_there():
    CasePageFactory(title="Le métro de Lille")

    queries = ["metro lille", "metro metz", "metro -lille", '"lille metro"', "''\\\\"]

    assert [found(query) for query in queries] == [["Le métro de Lille"], *([[]] * 4)]


def test_a_text_is_read_in_its_own_language():
    translated(CasePageFactory, "Cities", title="Collectivités", summary="…")

    asked = ["collectivité", "city"]

    assert [found(query) for query in asked] == [["Collectivités"], ["Cities"]]


def test_what_nobody_translated_is_found_in_the_language_it_is_written_in(english):
    mirrored(CasePageFactory, title="Parcours des usagers")

    assert found("usager", Page.objects.filter(locale=english)) == [
        "Parcours des usagers"
    ]


def test_what_has_no_language_is_found_in_any():
    PictureFactory(title="Usagers, cities")

    pictures = Picture.objects.all()

    assert [found(word, pictures) for word in ("usager", "city")] == [
        ["Usagers, cities"]
    ] * 2


def test_an_entry_follows_what_it_is_of():
    page = CasePageFactory(title="Le métro", summary="…")
    page.title = "Le tramway"
    page.save()

    assert [found("metro"), found("tramways")] == [[], ["Le tramway"]]


ALL = ["Le métro", "Le métro de Lille", "Metz"]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        (Phrase("métro de Lille"), ["Le métro de Lille"]),
        (Phrase("Lille métro"), []),
        (And([PlainText("metro"), Not(PlainText("lilles"))]), ["Le métro"]),
        (Or([PlainText("lille"), PlainText("metz")]), ["Le métro de Lille", "Metz"]),
        (PlainText("metros metz", operator="or"), ALL),
        (PlainText("le de la"), []),
    ],
)
def test_queries_of_wagtail_s_own_are_understood(query, titles):
    for title in ALL:
        CasePageFactory(title=title)

    assert found(query) == titles


def test_a_part_of_a_query_may_weigh_more():
    CasePageFactory(title="Le métro")

    assert found(Boost(PlainText("metro"), 2)) == ["Le métro"]


def test_the_named_fields_are_searched_as_they_are():
    CasePageFactory(title="Le métro")

    assert found("métro", fields=["title"]) == ["Le métro"]


@pytest.mark.parametrize("count", [1, 3])
def test_what_a_page_names_is_read_once_to_index_it(count):
    case = CasePageFactory()
    case.topics = [TopicFactory(name=f"Topic {number}") for number in range(count)]
    case.save()
    page = type(case).objects.get(pk=case.pk)

    with CaptureQueriesContext(connection) as queries:
        get_search_backend().add(page)

    asked = [one["sql"] for one in queries if 'FROM "core_topic"' in one["sql"]]
    assert len(asked) == 1


def test_all_is_found_as_before_once_it_was_indexed_anew():
    translated(CasePageFactory, "Cities", title="Usagers", summary="…")
    IndexEntry.objects.all().delete()

    call_command("update_index", verbosity=0)

    assert [found("usager"), found("city")] == [["Usagers"], ["Cities"]]


# --- The screens -------------------------------------------------------------


@pytest.fixture
def metz(home):
    groups = make_network_roles(home)
    require_approval(groups, home)
    index = mirrored(CityIndexPageFactory)
    metz, lille = city_of(index, "Metz"), city_of(index, "Lille")
    for city in (metz, lille):
        cases = city.get_children().order_by("path").first()
        draft = CasePageFactory(
            parent=cases, title=f"Les métros de {city.title}", live=False
        )
        mirror(draft)
    return metz


@pytest.fixture
def as_editor(client, metz):
    editor = UserFactory()
    editor.groups.add(Group.objects.get(name="Metz : rédaction"))
    client.force_login(editor)
    return client


SCREENS = {
    "the search of all pages": "wagtailadmin_pages:search_results",
    "the chooser": "wagtailadmin_choose_page_search",
}


@pytest.mark.parametrize("screen", SCREENS)
def test_editors_find_their_own_drafts_and_no_others(as_editor, screen):
    answer = as_editor.get(reverse(SCREENS[screen]), {"q": "metro"})

    page = answer.content.decode()
    assert ["Les métros de Metz" in page, "Les métros de Lille" in page] == [
        True,
        False,
    ]


def test_editors_find_in_the_explorer_what_is_below(as_editor, metz):
    cases = metz.get_children().order_by("path").first()

    answer = as_editor.get(
        reverse("wagtailadmin_explore_results", args=[cases.pk]), {"q": "metro"}
    )

    assert "Les métros de Metz" in answer.content.decode()


def test_the_words_of_the_network_are_found_in_both_languages(as_ada):
    TermFactory(word_fr="médiathèque", word_en="Libraries")
    address = reverse("wagtailsnippets_home_term:list_results")

    answers = [as_ada.get(address, {"q": word}) for word in ("medi", "library")]

    assert ["Libraries" in answer.content.decode() for answer in answers] == [True] * 2


def test_nothing_of_all_this_asks_for_more_with_many_pages(django_assert_num_queries):
    for number in range(3):
        CasePageFactory(title=f"Métro {number}")
    locale("fr")

    with django_assert_num_queries(1):
        assert len(list(Page.objects.search("metro"))) == 3
