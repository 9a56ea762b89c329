import pytest
from django.db.models import ProtectedError
from wagtail.models import PageViewRestriction

from resources.models import ResourceCity
from tests.factories import (
    CityPageFactory,
    DocumentFactory,
    PrinciplePageFactory,
    ResourcePageFactory,
    TopicFactory,
    locale,
)
from tests.forms import edit, latest, refusal
from tests.networks import in_both_languages, mirrored, translated

pytestmark = pytest.mark.django_db

BOTH = {
    "fr": "Donnez soit un fichier, soit une adresse\u00a0: retirez l’un des deux.",
    "en": "Give either a file or an address: remove one of the two.",
}
NEITHER = {
    "fr": "Choisissez un fichier, ou écrivez l’adresse où se trouve la ressource.",
    "en": "Choose a file, or write the address where it is found.",
}
ADDRESS = "https://example.org/log"


@pytest.fixture
def log(home):
    """A resource at an address elsewhere."""
    return ResourcePageFactory(title="Le carnet", web_address=ADDRESS)


@pytest.fixture
def document(db):
    return DocumentFactory()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_resource_is_not_both_a_file_and_an_address(as_ada, log, document, language):
    refused = refusal(as_ada, log, language, file=str(document.pk))

    assert refused == {"file": [BOTH[language]], "web_address": [BOTH[language]]}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_resource_is_either_a_file_or_an_address(as_ada, log, language):
    refused = refusal(as_ada, log, language, web_address="")

    message = NEITHER[language]
    assert refused == {"file": [message], "web_address": [message]}


def test_an_address_may_be_replaced_by_a_file(as_ada, log, document):
    edit(as_ada, log, file=str(document.pk), web_address="")

    draft = latest(log)
    assert (draft.file, draft.web_address) == (document, "")


def test_an_address_begins_with_http(as_ada, log):
    refused = refusal(as_ada, log, "en", web_address="javascript:alert(1)")

    assert refused == {"web_address": ["Enter a valid URL."]}


@pytest.mark.parametrize(
    ("year", "told"),
    [
        ("219", "Ensure this value is greater than or equal to 1900."),
        ("20199", "Ensure this value is less than or equal to 2100."),
    ],
)
def test_a_year_with_a_digit_too_few_or_too_many_is_refused(as_ada, log, year, told):
    assert refusal(as_ada, log, "en", year=year) == {"year": [told]}


@pytest.mark.parametrize("year", ["1900", "2100", ""])
def test_a_year_that_a_resource_may_be_of_is_kept(as_ada, log, year):
    edit(as_ada, log, year=year)

    assert str(latest(log).year or "") == year


def test_a_resource_is_found_where_it_is(log, document):
    kept = ResourcePageFactory(title="A file", file=document, web_address="")

    assert [log.address, kept.address] == [ADDRESS, document.url]


def test_the_page_of_a_resource_leads_to_it(client, log, document):
    kept = ResourcePageFactory(title="A file", file=document, web_address="")

    pages = [client.get(page.url).content.decode() for page in (log, kept)]

    led = [
        [f'href="{address}"' in page for address in (ADDRESS, document.url)]
        for page in pages
    ]
    assert led == [[True, False], [False, True]]


def test_a_file_that_a_resource_is_about_is_not_deleted(home, document):
    ResourcePageFactory(file=document, web_address="")

    with pytest.raises(ProtectedError):
        document.delete()


def test_resources_are_listed_like_a_dictionary_without_drafts(client, home):
    for title in ["Zoom", "Éclair", "atlas", "Fête"]:
        resource = ResourcePageFactory(title=title)
    ResourcePageFactory(title="Draft", live=False)

    entries = client.get(resource.get_parent().url).context["entries"]

    assert [entry.title for entry in entries] == ["atlas", "Éclair", "Fête", "Zoom"]


def test_a_resource_names_cities_topics_and_principles_in_the_reader_s_language(home):
    city = translated(CityPageFactory, "Dunkirk", title="Dunkerque")
    principle = translated(PrinciplePageFactory, "To trust", title="Faire confiance")
    topic = TopicFactory(name="L’eau", slug="eau")
    english = topic.copy_for_translation(locale("en"))
    english.name = "Water"
    english.save()
    resource = mirrored(
        ResourcePageFactory,
        city_links=[ResourceCity(city=city)],
        principles=[principle],
        topics=[topic],
    )

    named = [
        [
            str(one)
            for one in (
                *page.cities_listed,
                *page.principles_listed,
                *page.topics_listed,
            )
        ]
        for page in in_both_languages(resource)
    ]

    assert named == [
        ["Dunkerque", "Faire confiance", "L’eau"],
        ["Dunkirk", "To trust", "Water"],
    ]


def test_a_resource_names_its_cities_in_its_author_s_order_without_drafts(home):
    zoom, draft, hidden, atlas = (
        CityPageFactory(title=title, live=title != "Draft")
        for title in ("Zoom", "Draft", "Hidden", "Atlas")
    )
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    resource = ResourcePageFactory(
        city_links=[ResourceCity(city=city) for city in (zoom, draft, hidden, atlas)]
    )

    assert [city.specific for city in resource.cities_listed] == [zoom, atlas]


def test_a_resource_names_no_topic_or_principle_that_is_a_draft(home):
    resource = ResourcePageFactory(
        topics=[TopicFactory(live=False)], principles=[PrinciplePageFactory(live=False)]
    )

    assert [list(resource.topics_listed), list(resource.principles_listed)] == [[], []]


def test_a_licence_that_nobody_stated_is_not_made_up(home):
    unknown = ResourcePageFactory(title="Unknown", licence="")
    stated = ResourcePageFactory(title="Stated", licence="cc-by-4.0")

    addresses = [page.licence_address for page in (unknown, stated)]

    assert addresses == ["", "https://creativecommons.org/licenses/by/4.0/"]
