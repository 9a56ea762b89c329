"""What is public may be put on a page by all who write; it stays with its own city."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from modelsearch import index
from wagtail.models import (
    CollectionViewRestriction,
    PageViewRestriction,
    ReferenceIndex,
)

from network.access.roles import city_collection, close_city_roles
from network.access.tags import known_tags
from network.access.walls import known_media
from network.media.models import Document, Picture
from tests.factories import DocumentFactory, PictureFactory, UserFactory
from tests.forms import form_of, sent
from tests.walled import as_editor, case_of, edit, journey_of, text, titles

__all__ = ["as_editor"]

pytestmark = pytest.mark.django_db

KINDS = {Picture: PictureFactory, Document: DocumentFactory}
CHOOSERS = {Picture: "wagtailimages_chooser", Document: "wagtaildocs_chooser"}
USAGE = {Picture: "image_usage", Document: "document_usage"}
SCREENS = {Picture: "wagtailimages", Document: "wagtaildocs"}


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def theirs(kind, lille):
    """A picture, or a document, of another city."""
    return KINDS[kind](title="Of Lille", collection=city_collection(lille))


def shown(city, thing, **fields):
    """A case that shows it, once the job has noted so."""
    case = case_of(city, "Public case", **with_(thing), **fields)
    case.save_revision().publish()
    ReferenceIndex.create_or_update_for_object(case)
    return case


def with_(thing) -> dict:
    if isinstance(thing, Picture):
        return {"picture": thing}
    return {"brief": f'<p><a linktype="document" id="{thing.pk}">A form</a></p>'}


def test_what_a_public_page_of_another_city_shows_is_known(editor, lille, kind, theirs):
    unseen = titles(known_media(editor, kind))
    shown(lille, theirs)

    assert (unseen, titles(known_media(editor, kind))) == (set(), {"Of Lille"})


def test_what_only_a_draft_shows_is_not(editor, lille, kind, theirs):
    case_of(lille, "Draft", live=False, **with_(theirs))
    public = case_of(lille, "Public title")
    public.save_revision().publish()
    public.refresh_from_db()
    for name, value in with_(theirs).items():
        setattr(public, name, value)
    public.save_revision()
    ReferenceIndex.create_or_update_for_object(type(public).objects.get(pk=public.pk))

    assert titles(known_media(editor, kind)) == set()


@pytest.mark.parametrize("how", ["private", "unpublished"])
def test_what_is_public_no_longer_is_not_known_either(how, editor, lille, kind, theirs):
    case = shown(lille, theirs)

    if how == "private":
        PageViewRestriction.objects.create(page=case, restriction_type="groups")
    else:
        case.unpublish()

    assert titles(known_media(editor, kind)) == set()


def test_a_picture_of_people_who_agree_no_more_is_not_known(editor, lille):
    picture = PictureFactory(collection=city_collection(lille), shows_people=True)
    shown(lille, picture)

    assert not known_media(editor, Picture).exists()


def test_a_document_that_not_everybody_may_download_is_not_known(editor, lille):
    document = DocumentFactory(collection=city_collection(lille))
    shown(lille, document)
    CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type="groups"
    )

    assert not known_media(editor, Document).exists()


@pytest.mark.parametrize("name", ["choose", "choose_results", "chosen_multiple"])
def test_choosers_offer_what_is_public(name, as_editor, lille, kind, theirs):
    hidden = KINDS[kind](title="Hidden", collection=city_collection(lille))
    shown(lille, theirs)
    place = reverse(f"{CHOOSERS[kind]}:{name}")

    answer = text(as_editor.get(place, {"id": [theirs.pk, hidden.pk]}))

    assert "Of Lille" in answer
    assert "Hidden" not in answer


def test_it_is_chosen_once_it_is_public(as_editor, lille, kind, theirs):
    place = reverse(f"{CHOOSERS[kind]}:chosen", args=[theirs.pk])

    before = as_editor.get(place)
    shown(lille, theirs)

    assert before.status_code == 302
    assert as_editor.get(place).json()["result"]["title"] == "Of Lille"


def test_a_form_may_show_it(as_editor, metz, lille):
    picture = PictureFactory(collection=city_collection(lille))
    shown(lille, picture)
    page = journey_of(metz)

    answer = as_editor.post(edit(page), sent(form_of(page)) | {"picture": picture.pk})

    assert answer["Location"] == edit(page)
    assert page.revisions.get().as_object().picture == picture


def test_it_is_not_changed_or_deleted_by_others(as_editor, metz, lille, kind, theirs):
    shown(lille, theirs)
    app, name = SCREENS[kind], kind._meta.model_name
    fields = {"title": "Ours", "collection": city_collection(metz).pk, "tags": ""}
    file = SimpleUploadedFile("new.txt", b"Ours")
    before = kind.objects.filter(pk=theirs.pk).values().get()

    as_editor.post(reverse(f"{app}:edit", args=[theirs.pk]), {**fields, "file": file})
    as_editor.post(reverse(f"{app}:delete", args=[theirs.pk]))
    for action in ("delete", "add_to_collection"):
        place = reverse("wagtail_bulk_action", args=["media", name, action])
        as_editor.post(f"{place}?id={theirs.pk}", fields)

    assert kind.objects.filter(pk=theirs.pk).values().get() == before
    listing = text(as_editor.get(reverse(f"{app}:index")))
    assert "Of Lille" not in listing


def test_a_chooser_counts_no_draft_of_another_city(as_editor, metz, lille):
    seen = PictureFactory(collection=city_collection(lille))
    shown(lille, seen)
    for city in (lille, metz):
        draft = case_of(city, "Draft", live=False, picture=seen)
        ReferenceIndex.create_or_update_for_object(draft)

    answer = as_editor.get(
        reverse("wagtailimages_chooser:choose_results"), {"layout": "list"}
    )

    [picture] = answer.context["results"]
    # The case of Lille that all may read in two languages, and one's own draft.
    assert picture.usage_count == 3


@pytest.mark.parametrize("screen", ["usage", "edit", "delete"])
def test_its_city_does_not_learn_which_drafts_of_others_show_it(
    screen, as_editor, metz, lille, kind
):
    ours = KINDS[kind](collection=city_collection(metz))
    shown(metz, ours)
    case = case_of(lille, "Secret of Lille", live=False, **with_(ours))
    ReferenceIndex.create_or_update_for_object(case)
    name = USAGE[kind] if screen == "usage" else screen

    answer = as_editor.get(reverse(f"{SCREENS[kind]}:{name}", args=[ours.pk]))

    assert answer.status_code == 200
    assert "Secret" not in text(answer)


def test_its_tags_stay_with_its_city(editor, lille, kind, theirs):
    theirs.tags.add("secret")
    shown(lille, theirs)

    assert not known_tags(editor, kind).exists()


def test_the_api_of_the_admin_does_not_tell_them(as_editor, lille, kind, theirs):
    theirs.tags.add("secret")
    shown(lille, theirs)
    place = f"/admin/api/main/{'images' if kind is Picture else 'documents'}/"

    one = as_editor.get(f"{place}{theirs.pk}/?fields=*")
    listed = as_editor.get(f"{place}?fields=*")
    tagged = as_editor.get(f"{place}?tags=secret")

    assert [one.status_code, listed.status_code, tagged.status_code] == [200, 200, 400]
    assert "Of Lille" in text(one)
    assert "Of Lille" in text(listed)
    assert "secret" not in text(one) + text(listed)


def test_the_chooser_finds_nothing_by_them(as_editor, metz, lille):
    ours, theirs = (
        PictureFactory(title=f"Of {city.title}", collection=city_collection(city))
        for city in (metz, lille)
    )
    shown(lille, theirs)
    for picture in (ours, theirs):
        picture.tags.add("secret")

    place = reverse("wagtailimages_chooser:choose_results")
    answer = as_editor.get(place, {"tag": "secret"})

    assert [one.title for one in answer.context["results"]] == ["Of Metz"]


def test_nor_does_whoever_searches(as_editor, metz, lille, kind, theirs):
    theirs.tags.add("secret")
    shown(lille, theirs)
    with_words = KINDS[kind](title="Secret of ours", collection=city_collection(metz))
    index.insert_or_update_object(with_words)
    index.insert_or_update_object(theirs)

    place = reverse(f"{CHOOSERS[kind]}:choose_results")
    answers = [as_editor.get(place, {"q": q}) for q in ("secret", "Lille")]

    found = [[one.title for one in answer.context["results"]] for answer in answers]
    assert found == [["Secret of ours"], ["Of Lille"]]


def test_who_may_choose_nothing_may_not_choose_what_is_public(
    editor, metz, lille, kind, theirs
):
    shown(lille, theirs)
    close_city_roles(metz)

    for person in (UserFactory(), type(editor).objects.get(pk=editor.pk)):
        assert not known_media(person, kind).exists()
