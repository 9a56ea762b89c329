"""Files in an S3 store: a real server, with real signatures and real refusals."""

import re
import socket
import subprocess
import sys
import time
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from environ import Env
from PIL import Image
from wagtail.models import Page, Site

from home.models import HomePage
from network.media.models import Document, Picture
from network.settings.storages import storages

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """The folder of an S3 server, in which each folder is a bucket, and its address."""
    folder = tmp_path_factory.mktemp("s3")
    (folder / "media").mkdir()
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        address = "{}:{}".format(*door.getsockname())
    rclone = Path(sys.executable).with_name("rclone")
    options = ["--addr", address, "--auth-key", "key,secret", "--config", "/dev/null"]
    server = subprocess.Popen([rclone, "serve", "s3", folder, "--quiet", *options])
    wait_for(address)
    yield folder, f"http://{address}"
    server.terminate()
    server.wait()


def wait_for(address):
    host, port = address.split(":")
    for _ in range(100):
        try:
            return socket.create_connection((host, int(port))).close()
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


@pytest.fixture
def bucket(store, settings):
    """The bucket that `S3_BUCKET` names, with the whole site using it."""
    folder, address = store
    env = Env()
    env.ENVIRON = {
        "S3_BUCKET": "media",
        "S3_ENDPOINT_URL": address,
        "S3_REGION": "us-east-1",
        "S3_ACCESS_KEY_ID": "key",
        "S3_SECRET_ACCESS_KEY": "secret",
    }
    settings.STORAGES = storages(env)
    return folder / "media"


@pytest.fixture
def drawing():
    content = BytesIO()
    Image.new("RGB", (400, 300), "teal").save(content, "PNG")
    return SimpleUploadedFile("drawing.png", content.getvalue(), "image/png")


@pytest.fixture
def picture(bucket, admin_client, drawing):
    """A picture that somebody uploaded in the admin."""
    form = {"title": "Drawing", "file": drawing, "licence": "cc0-1.0", "collection": 1}
    admin_client.post(reverse("wagtailimages:add"), form)
    return Picture.objects.get()


def fetch(address):
    with urlopen(address) as answer:  # noqa: S310 (the server above)
        return answer.read()


def test_a_picture_uploaded_in_the_admin_is_in_the_bucket(picture, bucket, drawing):
    drawing.seek(0)

    assert (bucket / picture.file.name).read_bytes() == drawing.read()
    assert picture.width, picture.height == (400, 300)


def test_a_rendition_is_for_those_with_a_signed_address(picture, bucket):
    rendition = picture.get_rendition("fill-40x30|format-webp")

    assert fetch(rendition.url) == (bucket / rendition.file.name).read_bytes()
    with pytest.raises(HTTPError, match=r"400|403"):
        fetch(rendition.url.split("?")[0])


def test_a_public_page_shows_pictures_from_the_bucket(picture, client):
    home = HomePage(title="Accueil", slug="accueil", summary="…", picture=picture)
    Page.get_first_root_node().add_child(instance=home)
    Site.objects.update(root_page=home)

    page = client.get("/fr/").content.decode()

    addresses = set(re.findall(r'https?://[^" ]+/media/images/[^" ]+', page))
    assert addresses
    for address in addresses:
        Image.open(BytesIO(fetch(unescape(address)))).verify()


def test_a_document_comes_from_the_bucket_to_the_reader(bucket, admin_client, client):
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.4 a plan", "application/pdf")
    form = {"title": "Plan", "file": file, "licence": "cc0-1.0", "collection": 1}
    admin_client.post(reverse("wagtaildocs:add"), form)

    document = Document.objects.get()
    answer = client.get(document.url)

    assert (bucket / document.file.name).read_bytes() == b"%PDF-1.4 a plan"
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 a plan"


def test_two_files_of_one_name_are_two_files(bucket, admin_client):
    for content in (b"%PDF-1.4 Lyon's", b"%PDF-1.4 Metz's"):
        file = SimpleUploadedFile("budget.pdf", content, "application/pdf")
        form = {"title": "Budget", "file": file, "licence": "cc0-1.0", "collection": 1}
        admin_client.post(reverse("wagtaildocs:add"), form)

    kept = {(bucket / each.file.name).read_bytes() for each in Document.objects.all()}
    assert kept == {b"%PDF-1.4 Lyon's", b"%PDF-1.4 Metz's"}


def test_without_a_bucket_files_are_on_this_machine(settings):
    env = Env()
    env.ENVIRON = {}

    assert storages(env)["default"] == {
        "BACKEND": "django.core.files.storage.FileSystemStorage"
    }
