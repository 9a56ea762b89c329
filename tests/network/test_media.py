import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Collection

from network.media.models import Document, Licence, Picture
from tests.factories import DocumentFactory, PictureFactory, StandardPageFactory

pytestmark = pytest.mark.django_db


def days_from_today(days):
    return timezone.localdate() + dt.timedelta(days)


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({}, True),
        ({"shows_people": True}, False),
        ({"shows_people": True, "consent_given": True}, True),
        ({"shows_people": True, "consent_given": True, "ends_in": 1}, True),
        ({"shows_people": True, "consent_given": True, "ends_in": 0}, True),
        ({"shows_people": True, "consent_given": True, "ends_in": -1}, False),
        ({"shows_people": True, "ends_in": 1}, False),
        ({"consent_given": True, "ends_in": -1}, True),
    ],
)
def test_a_picture_of_people_is_shown_while_they_agree(facts, shown):
    facts = dict(facts)
    ends_in = facts.pop("ends_in", None)
    until = None if ends_in is None else days_from_today(ends_in)

    picture = PictureFactory.build(consent_until=until, **facts)

    assert picture.may_be_shown is shown


@pytest.mark.parametrize("days", [0, -1])
def test_a_picture_leaves_the_page_on_the_day_after_its_consent_ends(
    client, home, days
):
    picture = PictureFactory(
        description="Two neighbours",
        shows_people=True,
        consent_given=True,
        consent_until=days_from_today(days),
    )
    page = StandardPageFactory(picture=picture, body=[("figure", figure(picture))])

    content = client.get(page.url).content.decode()

    assert content.count("<img") == (2 if days == 0 else 0)
    assert content.count('alt="Two neighbours"') == (2 if days == 0 else 0)


def figure(picture, **texts):
    return {"picture": picture, "alternative": "", "caption": "", **texts}


def test_an_end_of_consent_without_consent_is_refused():
    picture = PictureFactory.build(consent_until=days_from_today(1))

    with override("en"), pytest.raises(ValidationError) as refusal:
        picture.clean()

    with override("en"):
        assert refusal.value.message_dict == {
            "consent_given": ["Tick this box too, or remove the date below."]
        }


@pytest.mark.parametrize(
    ("language", "french", "english", "read"),
    [
        ("fr", "Une rue", "A street", "Une rue"),
        ("en", "Une rue", "A street", "A street"),
        ("en", "Une rue", "", "Une rue"),
        ("fr", "", "A street", "A street"),
        ("fr", "", "", ""),
    ],
)
def test_a_picture_is_described_in_the_language_of_the_reader(
    language, french, english, read
):
    picture = PictureFactory.build(description=french, description_en=english)

    with override(language):
        assert picture.default_alt_text == read


def test_the_title_of_a_file_is_never_read_aloud():
    picture = PictureFactory.build(title="IMG_2034.jpg", description="")

    assert picture.default_alt_text == ""


@pytest.mark.parametrize(
    ("description_en", "alternative", "lang"),
    [("", "", "fr"), ("A street", "", None), ("", "Our street", None)],
)
def test_what_is_said_of_a_picture_in_french_says_so_on_an_english_page(
    description_en, alternative, lang
):
    picture = PictureFactory(description="Une rue", description_en=description_en)

    with override("en"):
        image = figure_of(picture, alternative=alternative).img

    assert image.get("lang") == lang


@pytest.mark.parametrize(("language", "lang"), [("fr", "fr"), ("en", None), ("", None)])
def test_a_credit_and_a_title_say_their_language_where_it_is_another(language, lang):
    words = {"credit": "Ville de Metz", "language": language}
    picture, document = PictureFactory(**words), DocumentFactory(**words)

    with override("en"):
        written = [figure_of(picture), download_of(document)]
        link = download_of(document).a
        named = download_of(document, label="The plan").a

    said = [credit.find(string=re.compile("Metz")).parent for credit in written]
    assert [tag.get("lang") for tag in said] == [lang, lang]
    assert (link.get("lang"), named.get("lang")) == (lang, None)


def figure_of(picture, **texts):
    return component("figure", picture=picture, **texts)


def download_of(document, **texts):
    return component("download", document=document, **texts)


def component(name, **context):
    html = render_to_string(f"components/{name}.html", context)
    return BeautifulSoup(html, "html.parser")


def test_a_figure_says_what_was_written_for_it_or_what_the_picture_shows(rf):
    picture = PictureFactory(description="Une rue", credit="City of Metz")

    def shown(**texts):
        return render_to_string(
            "components/figure.html", {"picture": picture, **texts}, rf.get("/")
        )

    assert 'alt="Une rue"' in shown()
    assert 'alt="Our street"' in shown(alternative="Our street")
    assert "City of Metz · CC BY-SA 4.0" in shown()


@pytest.mark.parametrize("licence", Licence)
def test_a_licence_has_an_address_unless_all_rights_are_reserved(licence):
    assert bool(licence.address) == (licence is not Licence.RESERVED)


def test_a_picture_and_a_document_may_be_copied_unless_somebody_says_otherwise():
    assert (Picture().licence, Document().licence) == (Licence.CC_BY_SA,) * 2


def test_the_form_of_a_picture_asks_for_all_that_we_must_know(as_ada):
    Collection.get_first_root_node().add_child(name="Metz")

    form = as_ada.get(reverse("wagtailimages:add")).context["form"]

    assert [name for name in form.fields if not name.startswith("focal_point")] == [
        *("title", "file", "description", "description_en", "credit", "licence"),
        *(
            "language",
            "shows_people",
            "consent_given",
            "consent_until",
            "collection",
            "tags",
        ),
    ]


def test_an_editor_is_told_to_tick_the_consent_beside_its_box(as_ada):
    picture = PictureFactory()
    form = {
        "title": "A street",
        "licence": "cc0-1.0",
        "consent_until": "2031-01-01",
        "collection": Collection.get_first_root_node().pk,
    }

    answer = as_ada.post(reverse("wagtailimages:edit", args=[picture.pk]), form)

    assert list(answer.context["form"].errors) == ["consent_given"]


def test_a_document_says_who_made_it_and_may_be_downloaded_by_all(client, as_ada):
    document = DocumentFactory(credit="The lab")
    form = as_ada.get(reverse("wagtaildocs:edit", args=[document.pk])).context["form"]
    client.logout()

    answer = client.get(document.url)

    assert {"credit", "licence"} < set(form.fields)
    assert answer.status_code == 200
    with document.file.open() as file:
        assert b"".join(answer.streaming_content) == file.read()


def test_a_document_of_a_private_collection_is_for_those_who_sign_in(client):
    private = Collection.get_first_root_node().add_child(name="Private")
    private.view_restrictions.create(restriction_type="login")
    document = DocumentFactory(collection=private)

    assert client.get(document.url).status_code == 302


def test_what_a_figure_shows_is_made_before_anybody_asks_for_it(
    django_capture_on_commit_callbacks,
):
    with django_capture_on_commit_callbacks(execute=True):
        picture = PictureFactory(file__width=2000, file__height=1000)
    made = set(picture.renditions.values_list("filter_spec", flat=True))

    for opening in (True, False):
        figure_of(picture, opening=opening)

    assert set(picture.renditions.values_list("filter_spec", flat=True)) == made
    formats = {name.rpartition(".")[2] for name in files_of(picture)}
    assert (len(made), formats) == (9, {"avif", "webp", "jpg"})


def files_of(picture):
    return picture.renditions.values_list("file", flat=True)


def test_browsers_are_offered_the_smallest_format_first():
    picture = PictureFactory(file__width=2000, file__height=1000)

    sources = figure_of(picture).select("source")

    types = [source["type"] for source in sources]
    assert types == ["image/avif", "image/webp"]


def test_pictures_of_a_page_come_with_what_was_cut_of_them(django_assert_num_queries):
    pictures = [PictureFactory(file__width=2000, file__height=1000) for _ in range(3)]
    shown = [figure_of(picture) for picture in pictures]

    with django_assert_num_queries(1):
        found = Picture.objects.in_bulk([picture.pk for picture in pictures])
        again = [figure_of(found[picture.pk]) for picture in pictures]

    assert again == shown


def test_a_picture_that_comes_without_what_is_asked_for_is_cut_once():
    picture = PictureFactory(file__width=2000, file__height=1000)
    found = Picture.objects.in_bulk([picture.pk])[picture.pk]

    first = found.get_rendition("width-320")

    assert found.get_rendition("width-320") is first
    assert picture.renditions.filter(filter_spec="width-320").count() == 1
