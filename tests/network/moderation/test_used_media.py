"""What readers see of pictures and documents is approved, as the rest of a page is."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import ReferenceIndex
from wagtail.users.models import UserProfile

from network.access.roles import city_collection
from network.media.models import Document, Picture
from network.moderation.retraction import retract
from network.moderation.used_media import pages_with
from tests.factories import DocumentFactory, PictureFactory
from tests.submissions import draft_in, published, rewritten, submitted

pytestmark = pytest.mark.django_db

WHY = "ask La 27e Région"
CHANGES = {
    "description": "Never approved",
    "description_en": "Never approved",
    "credit": "Somebody else",
    "licence": "cc0-1.0",
    "focal_point_x": "5",
}


def drawing(colour="red"):
    file = BytesIO()
    Image.new("RGB", (60, 60), colour).save(file, "PNG")
    return SimpleUploadedFile("new.png", file.getvalue(), "image/png")


def kept_by(city, factory=PictureFactory, **fields):
    return factory(collection=city_collection(city), **fields)


@pytest.fixture
def writer(client, editor):
    client.force_login(editor)
    UserProfile.objects.create(user=editor, preferred_language="en")
    return client


def form_of(thing) -> dict:
    names = [name for name in thing.admin_form_fields if name not in ("file", "tags")]
    values = {name: getattr(thing, name) for name in names if name != "collection"}
    sent = {name: value for name, value in values.items() if value not in (None, False)}
    return {**sent, "collection": thing.collection_id, "tags": ""}


def change(client, thing, **changes):
    app = "wagtailimages" if isinstance(thing, Picture) else "wagtaildocs"
    data = {**form_of(thing), **changes}
    data = {name: value for name, value in data.items() if value is not None}
    return client.post(reverse(f"{app}:edit", args=[thing.pk]), data)


def content(thing):
    row = type(thing).objects.filter(pk=thing.pk).values().get()
    # Noted when somebody looks at it.
    for name in ("created_at", "file_size", "file_hash"):
        del row[name]
    with type(thing).objects.get(pk=thing.pk).file.open() as file:
        return row, file.read()


@pytest.fixture(params=["public", "awaited", "public a moment ago", "retracted"])
def used(request, metz, editor, moderator):
    picture = kept_by(metz, uploaded_by_user=editor)
    if request.param == "awaited":
        submitted(draft_in(metz, editor, picture=picture, summary="s"), editor)
        return picture
    page = published(metz, editor, picture=picture)
    if request.param == "retracted":
        retract(page, moderator, "For a day.")
        # What was public counts, whatever is in the draft.
        rewritten(page, editor, picture=None)
    if request.param == "public a moment ago":
        # The job that notes what a page shows has not run.
        ReferenceIndex.objects.all().delete()
    return picture


@pytest.mark.parametrize("name", [*CHANGES, "file"])
def test_a_picture_that_readers_see_is_not_changed_without_approval(name, used, writer):
    before = content(used)
    changes = {name: drawing() if name == "file" else CHANGES[name]}

    answer = change(writer, used, **changes, title="Typed meanwhile")

    assert answer.status_code == 200
    assert WHY in answer.content.decode()
    assert "Typed meanwhile" in answer.content.decode()
    assert content(used) == before


def test_a_picture_that_readers_see_is_not_deleted_without_approval(used, writer):
    bulk = reverse("wagtail_bulk_action", args=["media", "picture", "delete"])

    writer.post(reverse("wagtailimages:delete", args=[used.pk]))
    writer.post(f"{bulk}?id={used.pk}")

    assert Picture.objects.filter(pk=used.pk).exists()


def test_what_readers_do_not_see_of_it_may_be_changed(used, writer):
    change(writer, used, title="For colleagues", tags="street")

    used.refresh_from_db()
    assert (used.title, [tag.name for tag in used.tags.all()]) == (
        "For colleagues",
        ["street"],
    )


def test_who_may_publish_the_pages_changes_and_deletes_it(used, client, moderator):
    client.force_login(moderator)

    change(client, used, description="Approved", file=drawing())
    used.refresh_from_db()
    changed = used.description, used.file.name.endswith(".png")
    used.uploaded_by_user = moderator
    used.save()
    client.post(reverse("wagtailimages:delete", args=[used.pk]))

    assert changed == ("Approved", True)
    assert not Picture.objects.filter(pk=used.pk).exists()


def test_a_picture_that_is_on_drafts_alone_is_its_city_s(metz, editor, writer):
    picture = kept_by(metz, uploaded_by_user=editor)
    draft_in(metz, editor, picture=picture)

    change(writer, picture, description="Another", file=drawing())
    picture.refresh_from_db()
    writer.post(reverse("wagtailimages:delete", args=[picture.pk]))

    assert picture.description == "Another"
    assert not Picture.objects.filter(pk=picture.pk).exists()


# --- Consent ---------------------------------------------------------------

TODAY = timezone.localdate()
SOON, LATER = (str(TODAY + dt.timedelta(days)) for days in (10, 20))
AGREED = {"shows_people": "on", "consent_given": "on"}


@pytest.fixture
def kept_picture(metz, editor):
    def make(before):
        facts = {name: value == "on" or value for name, value in before.items()}
        if until := facts.get("consent_until"):
            facts["consent_until"] = dt.date.fromisoformat(until)
        picture = kept_by(metz, uploaded_by_user=editor, **facts)
        published(metz, editor, picture=picture)
        return picture

    return make


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ({}, {"shows_people": "on"}, True),
        (AGREED, {"consent_given": None}, True),
        (AGREED, {"consent_until": SOON}, True),
        ({**AGREED, "consent_until": LATER}, {"consent_until": SOON}, True),
        ({**AGREED, "consent_until": SOON}, {"consent_until": LATER}, False),
        ({**AGREED, "consent_until": SOON}, {"consent_until": None}, False),
        ({"shows_people": "on"}, {"consent_given": "on"}, False),
        ({"shows_people": "on"}, {"shows_people": None}, False),
        (AGREED, {"consent_given": None, "description": "Not approved"}, False),
    ],
)
def test_a_consent_may_be_taken_away_and_not_given(
    before, after, allowed, kept_picture, writer
):
    answer = change(writer, kept_picture(before), **after)

    assert (answer.status_code == 302) is allowed


# --- Documents -------------------------------------------------------------


@pytest.fixture
def document(metz, editor):
    document = kept_by(metz, DocumentFactory, uploaded_by_user=editor)
    link = f'<p><a linktype="document" id="{document.pk}">The template</a></p>'
    published(metz, editor, brief=link)
    assert [*pages_with(document)]
    return document


@pytest.mark.parametrize("name", ["title", "credit", "licence", "file"])
def test_a_document_that_readers_find_is_not_changed_without_approval(
    name, document, writer
):
    before = content(document)
    file = SimpleUploadedFile("new.txt", b"Never approved")

    answer = change(
        writer, document, **{name: file if name == "file" else CHANGES.get(name, "New")}
    )

    assert WHY in answer.content.decode()
    assert content(document) == before


def test_a_document_that_readers_find_is_not_deleted_without_approval(document, writer):
    bulk = reverse("wagtail_bulk_action", args=["media", "document", "delete"])

    writer.post(reverse("wagtaildocs:delete", args=[document.pk]))
    writer.post(f"{bulk}?id={document.pk}")

    assert Document.objects.filter(pk=document.pk).exists()


@pytest.mark.parametrize("door", ["form", "bulk"])
def test_a_document_that_readers_find_stays_in_its_collection(document, writer, door):
    """It says who may download it."""
    below = document.collection.add_child(name="For some")
    bulk = reverse(
        "wagtail_bulk_action", args=["media", "document", "add_to_collection"]
    )

    if door == "form":
        change(writer, document, collection=below.pk)
    else:
        writer.post(f"{bulk}?id={document.pk}", {"collection": below.pk})

    assert Document.objects.get(pk=document.pk).collection != below


def test_who_may_publish_the_pages_moves_it(document, client, moderator):
    client.force_login(moderator)
    below = document.collection.add_child(name="For some")
    bulk = reverse(
        "wagtail_bulk_action", args=["media", "document", "add_to_collection"]
    )

    client.post(f"{bulk}?id={document.pk}", {"collection": below.pk})

    assert Document.objects.get(pk=document.pk).collection == below
