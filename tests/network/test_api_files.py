"""The public API shows the pictures and files of a page, and no others."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import Collection, Page, get_page_models

from cities.models import JourneyPage
from network.core.models import EditorialPage
from network.media.api import SIZE
from tests.factories import (
    CasePageFactory,
    CityPageFactory,
    DocumentFactory,
    GlossaryPageFactory,
    JourneyPageFactory,
    MethodPageFactory,
    PictureFactory,
    ResourcePageFactory,
    StandardPageFactory,
    TermFactory,
    stage,
)
from tests.networks import network

pytestmark = pytest.mark.django_db

PAGES = "/api/v2/pages/"
KINDS = [model for model in get_page_models() if issubclass(model, EditorialPage)]


def known(client, page):
    return client.get(f"{PAGES}{page.pk}/").json()


def figure(picture, **texts):
    return ("figure", {"picture": picture, "alternative": "", "caption": "", **texts})


def download(document, label=""):
    return ("download", {"document": document, "label": label})


def as_data(thing, **facts):
    words = {"credit": thing.credit, "language": thing.language}
    return facts | words | {"licence": "cc-by-sa-4.0"}


def picture_data(picture):
    rendition = picture.get_rendition(SIZE)
    return as_data(
        picture,
        url=f"http://localhost{rendition.url}",
        width=rendition.width,
        height=rendition.height,
        description={"fr": picture.description, "en": picture.description_en},
    )


def file_data(document):
    return as_data(
        document,
        title=document.title,
        url=f"http://localhost{document.url}",
        type=document.file_extension,
        size=document.file.size,
    )


@pytest.fixture
def street(home):
    """A picture that anyone may see."""
    return PictureFactory(
        description="Une rue", description_en="A street", credit="City of Metz"
    )


@pytest.fixture
def neighbours(home):
    """A picture of people who agreed until yesterday."""
    return PictureFactory(
        shows_people=True,
        consent_given=True,
        consent_until=timezone.localdate() - dt.timedelta(1),
    )


@pytest.fixture
def template(home):
    """A file that anyone may download."""
    return DocumentFactory(credit="The lab")


@pytest.fixture
def minutes(home):
    """A file below a collection for those who sign in."""
    private = Collection.get_first_root_node().add_child(name="Private")
    private.view_restrictions.create(restriction_type="login")
    return DocumentFactory(title="Secret", collection=private.add_child(name="Below"))


def test_a_page_tells_where_its_picture_is_and_what_it_shows(client, street):
    page = StandardPageFactory(picture=street)

    assert known(client, page)["picture"] == picture_data(street)


@pytest.mark.parametrize("language", ["fr", "en", ""])
def test_the_language_of_credits_and_titles_is_told(client, home, language):
    """Empty are names, which are the same in all languages."""
    words = {"credit": "The lab", "language": language}
    picture, document = PictureFactory(**words), DocumentFactory(**words)
    resource = ResourcePageFactory(picture=picture, file=document, web_address="")

    answer = known(client, resource)

    assert answer["picture"] == picture_data(picture)
    assert answer["file"] == file_data(document)
    assert {answer[thing]["language"] for thing in ("picture", "file")} == {language}


def test_the_picture_of_the_api_is_one_that_pages_have_made(client, street):
    page = StandardPageFactory(picture=street)
    client.get(page.url)
    made = street.renditions.count()

    known(client, page)

    assert street.renditions.count() == made


def test_a_picture_whose_file_is_lost_breaks_nothing(client, street):
    page = StandardPageFactory(picture=street)
    street.file.delete(save=False)
    street.renditions.all().delete()

    assert known(client, page)["picture"]["width"] == 0


def test_a_picture_without_consent_is_nowhere_in_the_api(client, neighbours, street):
    body = [figure(neighbours, caption="Here"), figure(street)]
    page = StandardPageFactory(picture=neighbours, body=body)
    stages = [("stage", stage(picture=neighbours))]
    journey = JourneyPageFactory(picture=neighbours, stages=stages)

    pages = [known(client, page), known(client, journey)]

    in_blocks = [page["body"][0]["value"] for page in pages[:1]]
    assert [page["picture"] for page in pages] == [None, None]
    assert in_blocks == [{"picture": None, "alternative": "", "caption": "Here"}]
    assert pages[0]["body"][1]["value"]["picture"] == picture_data(street)
    assert pages[1]["stages"][0]["value"]["picture"] is None


def test_a_case_shows_its_figures(client, street):
    case = CasePageFactory(figures=[figure(street, caption="Here")])

    (shown,) = known(client, case)["figures"]

    assert shown["value"] == {
        "picture": picture_data(street),
        "alternative": "",
        "caption": "Here",
    }


def test_a_method_shows_its_files_but_not_those_that_are_private(
    client, template, minutes
):
    downloads = [download(minutes), download(template, "To print")]
    method = MethodPageFactory(downloads=downloads)

    answer = known(client, method)

    assert [one["value"] for one in answer["downloads"]] == [
        {"document": None, "label": ""},
        {"document": file_data(template), "label": "To print"},
    ]
    assert "Secret" not in str(answer)


def test_a_resource_tells_where_its_file_is_unless_it_is_private(
    client, template, minutes
):
    files = [
        known(client, ResourcePageFactory(title=str(file), file=file, web_address=""))
        for file in (template, minutes)
    ]
    elsewhere = known(client, ResourcePageFactory())

    assert [answer["file"] for answer in files] == [file_data(template), None]
    assert (elsewhere["file"], elsewhere["web_address"]) == (
        *(None, "https://example.org/log"),
    )


def test_a_file_of_the_api_can_be_downloaded_by_anyone(client, template):
    resource = ResourcePageFactory(file=template, web_address="")

    url = known(client, resource)["file"]["url"]

    answer = client.get(url.removeprefix("http://localhost"))
    with template.file.open() as file:
        assert b"".join(answer.streaming_content) == file.read()


def test_the_glossary_gives_its_terms_in_both_languages_but_not_its_notes(client, home):
    TermFactory(word_fr="usager", word_en="user", note="Not “agent”")
    TermFactory(word_fr="École", word_en="school")
    TermFactory(word_fr="brouillon", live=False)

    terms = known(client, GlossaryPageFactory())["terms"]

    definitions = {"definition_fr": "Une personne.", "definition_en": "A person."}
    assert terms == [
        {"word_fr": "École", "word_en": "school", **definitions},
        {"word_fr": "usager", "word_en": "user", **definitions},
    ]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_all_that_an_editor_fills_in_is_in_the_api_but_who_agreed(kind):
    filled_in = {
        field.name
        for field in kind._meta.fields + kind._meta.many_to_many
        if field.editable and field.help_text
    }
    wagtails = {field.name for field in Page._meta.get_fields()}

    missing = filled_in - wagtails - {field.name for field in kind.api_fields}

    agreed = {"real_person", "consent_given"} if kind is JourneyPage else set()
    assert missing == agreed


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_with_pictures_costs_the_same_however_many_pages(
    client, home, count, django_assert_max_num_queries
):
    CityPageFactory()
    for number in range(count):
        picture = PictureFactory()
        picture.get_rendition(SIZE)
        CasePageFactory(title=f"Case {number}", picture=picture)

    with django_assert_max_num_queries(12):
        answer = client.get(PAGES, {"type": "cities.CasePage", "fields": "picture"})

    shown = [item["picture"]["width"] for item in answer.json()["items"]]
    assert shown == [picture.get_rendition(SIZE).width] * count


@pytest.mark.parametrize("count", [1, 3])
def test_all_that_is_known_of_a_page_costs_the_same_however_much_it_is(
    client, count, django_assert_max_num_queries
):
    pages = network(count).values()
    for page in pages:
        known(client, page)

    for page in pages:
        with django_assert_max_num_queries(20):
            known(client, page)
