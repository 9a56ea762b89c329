"""What files say is found, with the pages that offer them, and by nobody else."""

import subprocess
import sys
from io import StringIO
from threading import Thread

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, Page

from home.models import StandardPage
from network.media.models import Document
from search import files as search_files
from search import reading
from search.files import files_of, hold, texts_of
from search.indexing import catch_up, note
from search.models import Change, Entry, FileText
from search.reading import read, read_later
from search.rebuilding import rebuild
from tests import files
from tests.factories import ResourcePageFactory, StandardPageFactory

pytestmark = pytest.mark.django_db

State = FileText.State
BEES = "Douze apiculteurs ont été rencontrés sur le marché."


@pytest.fixture(autouse=True)
def front_door(home):
    """There is always one."""


@pytest.fixture
def search(client):
    """Search, and read what is found: the titles."""

    def search(query, language="fr"):
        answer = client.get(f"/{language}/search/", {"q": query})
        return [result.title for result in answer.context["results"]]

    return search


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do something, and what is to be done once it is saved."""

    def commit(act):
        with django_capture_on_commit_callbacks(execute=True):
            return act()

    return commit


@pytest.fixture
def readings(monkeypatch):
    """How often a file is really read."""
    times = []
    run_reader = reading.run_reader

    def counted(file):
        times.append(file)
        return run_reader(file)

    monkeypatch.setattr(reading, "run_reader", counted)
    return times


def document(data=None, title="A guide", name="guide.pdf", **fields):
    file = ContentFile(files.pdf(BEES) if data is None else data, name)
    return Document.objects.create(title=title, file=file, **fields)


def page_with(*documents, title="Tools", **fields):
    body = [("download", {"document": one, "label": ""}) for one in documents]
    return StandardPageFactory(title=title, body=body, **fields)


def collection_named(name, parent=None):
    return (parent or Collection.get_first_root_node()).add_child(name=name)


def close(collection, kind=CollectionViewRestriction.LOGIN):
    return CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=kind
    )


def indexed(*pages):
    """All that was noted, and these, are in the index."""
    note([page.translation_key for page in pages])
    catch_up.enqueue()


def said_by(data, name="file.pdf"):
    text = read(document(data, name=name))
    return text.state, text.text


# --- To be found -------------------------------------------------------------


def test_a_page_is_found_by_what_its_file_says(search):
    guide = document()
    read(guide)
    indexed(page_with(guide), page_with(title="Another"))

    assert search("apiculteur") == ["Tools"]


def test_a_resource_is_found_by_what_its_file_says(search):
    guide = document()
    read(guide)
    indexed(ResourcePageFactory(title="The guide", file=guide, web_address=""))

    assert search("apiculteur") == ["The guide"]


def test_what_a_file_says_is_shown_where_it_says_it(client):
    guide = document()
    read(guide)
    indexed(page_with(guide))

    page = client.get("/fr/search/", {"q": "apiculteur"}).content.decode()

    assert "<mark>apiculteurs</mark> ont été rencontrés" in page


@pytest.mark.parametrize("order", [["read", "index"], ["index", "read"]])
def test_it_is_found_whatever_job_comes_first(search, order):
    guide = document()
    page = page_with(guide)
    jobs = {
        "read": lambda: read_later.enqueue(guide.pk),
        "index": lambda: indexed(page),
    }

    for name in order:
        jobs[name]()
    catch_up.enqueue()

    assert search("apiculteur") == ["Tools"]


@pytest.mark.django_db(transaction=True)
def test_it_is_found_when_both_jobs_run_at_once(search):
    guide = document()
    page = page_with(guide)
    FileText.objects.all().delete()
    thread = Thread(target=read_elsewhere, args=[guide])

    with transaction.atomic():
        indexed(page)
        thread.start()
        thread.join(2)
        waited = thread.is_alive()
    thread.join()
    catch_up.enqueue()

    assert waited
    assert search("apiculteur") == ["Tools"]


def read_elsewhere(guide):
    try:
        read(guide)
    finally:
        connection.close()


def test_a_file_is_read_once_it_is_uploaded(committed, search):
    guide = committed(document)

    assert guide.file_text.state == State.READ


def test_nothing_is_read_before_the_upload_is_saved(readings):
    document()

    assert (readings, FileText.objects.count()) == ([], 0)


def test_a_file_that_was_replaced_is_found_by_what_it_says_now(
    committed, search, as_ada
):
    guide = committed(document)
    indexed(page_with(guide))
    data = {
        "title": "A guide",
        "licence": "cc0-1.0",
        "collection": guide.collection_id,
        "file": ContentFile(files.pdf("Vingt bibliothécaires."), "guide.pdf"),
    }

    committed(lambda: as_ada.post(reverse("wagtaildocs:edit", args=[guide.pk]), data))
    catch_up.enqueue()

    assert search("apiculteur") == []
    assert search("bibliothécaire") == ["Tools"]


def test_what_a_replaced_file_said_is_not_said_while_nobody_read_the_new_one(search):
    guide = document()
    read(guide)
    page = page_with(guide)

    Document.objects.filter(pk=guide.pk).update(file_hash="another")
    indexed(page)

    assert search("apiculteur") == []


def test_a_file_that_code_replaced_is_read_again(committed):
    guide = committed(document)

    guide.file = ContentFile(files.pdf("Vingt bibliothécaires."), "guide.pdf")
    committed(guide.save)

    text = FileText.objects.get(document=guide)
    assert text.text == "Vingt bibliothécaires."


def test_what_a_deleted_document_said_is_not_found(search):
    guide = document()
    read(guide)
    indexed(page_with(guide))
    assert search("apiculteur") == ["Tools"]

    guide.delete()
    indexed()

    assert search("apiculteur") == []
    assert FileText.objects.count() == 0


# --- Each once ---------------------------------------------------------------


def test_a_file_is_read_once(readings, committed):
    guide = committed(document)

    committed(guide.save)
    read_later.enqueue(guide.pk)
    call_command("read_files", stdout=StringIO())

    assert len(readings) == 1


def test_a_file_in_two_documents_is_read_once(readings):
    data = files.pdf(BEES)
    both = [read(document(data)), read(document(data))]

    assert [text.text for text in both] == [BEES, BEES]
    assert len(readings) == 1


def test_to_read_a_file_that_was_read_writes_no_page_again(committed):
    guide = committed(document)
    indexed(page_with(guide))

    read_later.enqueue(guide.pk)

    assert Change.objects.count() == 0


def test_a_document_that_is_gone_needs_no_reading():
    read_later.enqueue(0)

    assert FileText.objects.count() == 0


def test_a_file_that_was_replaced_while_it_was_read_is_left_to_the_next_job():
    guide = document()
    stale = Document.objects.get(pk=guide.pk)
    guide.file = ContentFile(files.pdf("Vingt"), "other.pdf")
    guide.save()

    assert (read(stale), FileText.objects.count()) == (None, 0)


def test_read_files_reads_what_was_not_read_yet(readings):
    document()
    read(document(files.pdf("Another")))
    document(files.scanned(), name="scan.pdf")
    said = StringIO()

    call_command("read_files", stdout=said)

    assert len(readings) == 3
    lines = said.getvalue().splitlines()
    assert lines[0].endswith(": empty")
    assert lines[1:] == [
        "Files: 2 (1 read, 0 cut, 1 empty, 0 locked, 0 broken, 0 big)."
    ]


def test_read_files_reads_all_again(readings):
    read(document())

    call_command("read_files", again=True, stdout=StringIO())

    assert len(readings) == 2


# --- What cannot be read -----------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (files.pdf("Un", "Deux"), (State.READ, "Un\nDeux")),
        (files.locked(files.pdf(BEES), ""), (State.READ, BEES)),
        (files.locked(files.pdf(BEES), "secret"), (State.LOCKED, "")),
        (files.scanned(), (State.EMPTY, "")),
        (files.pdf(*[BEES] * 20)[:4000], (State.BROKEN, "")),
        (b"%PDF-1.7\n" + bytes(range(256)) * 100, (State.BROKEN, "")),
        (files.endless_pages(), (State.BROKEN, "")),
        (files.squeezed_pdf(), (State.BROKEN, "")),
        (b"\x89PNG\r\n\x1a\n\x00\x00", (State.BROKEN, "")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 100, (State.LOCKED, "")),
        (b"", (State.EMPTY, "")),
    ],
    ids=[
        *("pages", "not_to_print", "locked", "scanned", "truncated", "garbage"),
        *("endless", "squeezed", "picture", "locked_docx", "nothing"),
    ],
)
def test_whatever_a_file_is_it_is_said_how_far_it_could_be_read(data, said):
    assert said_by(data) == said


def test_of_a_huge_file_the_beginning_is_read():
    state, text = said_by(files.pdf(*(f"Page {number}" for number in range(502))))

    assert (state, text.splitlines()[-1]) == (State.CUT, "Page 499")


def test_of_a_long_text_the_beginning_is_read():
    state, text = said_by(b"abeilles " * 30_000, "long.txt")

    assert (state, len(text)) == (State.CUT, 200_000)


def test_what_was_read_before_the_time_was_over_is_kept(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 3)

    said = said_by(files.with_page(files.pdf("Un"), files.TEDIOUS))

    assert said == (State.CUT, "Un")


def test_a_file_that_takes_too_long_is_broken(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.01)

    assert said_by(files.pdf(BEES)) == (State.BROKEN, "")


def test_a_file_that_is_too_big_is_not_even_opened(monkeypatch, readings):
    monkeypatch.setattr(reading, "MOST_BYTES", 100)

    assert said_by(files.pdf(BEES)) == (State.BIG, "")
    assert readings == []


def test_a_file_that_is_not_there_is_broken():
    guide = document()
    guide.file.storage.delete(guide.file.name)

    assert read(guide).state == State.BROKEN


@pytest.mark.parametrize(
    "deed",
    [
        "bytearray(2**30)",
        "Path('{folder}/written').write_text('something')",
        "while True: pass",
    ],
)
def test_the_reader_may_take_little_and_leave_nothing(deed, tmp_path):
    program = [
        "from pathlib import Path",
        "from search.readers import limits",
        "limits.SECONDS_OF_WORK = 1",
        "limits.limit_this_process()",
        deed.format(folder=tmp_path),
    ]

    done = subprocess.run(
        [sys.executable, "-c", "\n".join(program)],
        env=reading.ENVIRONMENT,
        capture_output=True,
        timeout=20,
        check=False,
    )

    assert done.returncode != 0
    assert "".join(path.read_text() for path in tmp_path.iterdir()) == ""


def test_the_reader_knows_no_secret_of_the_site():
    assert {*reading.ENVIRONMENT} == {"PYTHONPATH", "PYTHONUTF8"}


def test_a_worker_goes_on_after_all_of_these(committed):
    for data in (files.squeezed_pdf(), files.endless_pages(), files.odt("<x")):
        guide = document(data)
        assert read_later.enqueue(guide.pk).status == "SUCCESSFUL"

    assert said_by(files.pdf(BEES)) == (State.READ, BEES)


# --- Office documents, and plain text ----------------------------------------


def test_an_odt_says_its_headings_and_paragraphs_and_not_what_was_deleted():
    data = files.odt(
        """<text:tracked-changes><text:p>Deleted</text:p></text:tracked-changes
        ><text:h>Titre</text:h><text:p>Douze<text:s/><text:span>apiculteurs</text:span
        ><office:annotation><text:p>A remark</text:p></office:annotation></text:p>"""
    )

    assert said_by(data, "file.odt") == (State.READ, "Titre\nDouze apiculteurs")


def test_a_docx_says_its_paragraphs_and_not_what_was_deleted():
    data = files.docx(
        """<w:p><w:r><w:t>Douze </w:t></w:r><w:del><w:r><w:delText>Gone</w:delText
        ></w:r></w:del><w:r><w:t>api</w:t><w:t>culteurs</w:t></w:r></w:p
        ><w:p><w:r><w:t>Deux</w:t><w:tab/><w:t>lieux</w:t></w:r></w:p>"""
    )

    assert said_by(data, "file.docx") == (
        State.READ,
        "Douze apiculteurs\nDeux lieux",
    )


def test_slides_are_read_in_their_order():
    slides = {
        f"ppt__slides__slide{number}": f'<p xmlns="a"><t>Slide {number}</t></p>'
        for number in (10, 9, 1)
    }

    said = said_by(files.archive(**slides), "file.pptx")

    assert said == (State.READ, "Slide 1\nSlide 9\nSlide 10")


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (files.archive(content=files.BILLION_LAUGHS), State.BROKEN),
        (files.archive(word__document=files.BILLION_LAUGHS), State.BROKEN),
        (files.archive(content="<x>" + " " * 2**25), State.EMPTY),
        (files.archive(content="<x>" + "<p>a</p>" * 10**6), State.CUT),
        (files.archive(other="<x/>"), State.BROKEN),
        (files.odt(BEES)[:-40], State.BROKEN),
        (files.odt("</unopened>"), State.BROKEN),
        (
            files.archive(content="?", **{"META-INF__manifest": "<encryption-data/>"}),
            State.LOCKED,
        ),
    ],
    ids=[
        *("laughs", "laughs_docx", "spaces", "paragraphs", "other", "truncated"),
        *("unopened", "locked"),
    ],
)
def test_an_office_document_may_lie_about_what_it_is(data, state):
    assert said_by(data, "file.odt")[0] == state


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_plain_text_is_read_in_any_usual_encoding(encoding):
    said = said_by("L’été à Metz ; œuvre".encode(encoding), "file.csv")

    assert said == (State.READ, "L’été à Metz ; œuvre")


def test_a_word_that_the_end_of_a_line_cuts_is_one_word():
    data = files.pdf("une média-\nthèque,\nun arc-en-\nciel")

    assert said_by(data)[1] == "une médiathèque,\nun arc-en-ciel"


def test_what_a_file_says_has_room_in_the_index(search):
    words = (f"{number:x}ж{number:o}" for number in range(200_000))
    guide = document(" ".join(words).encode(), name="words.txt")
    read(guide)

    indexed(page_with(guide))

    assert search("0ж0") == ["Tools"]


def test_a_long_file_leaves_room_for_the_others(search):
    long, short = document(b"abeilles " * 30_000, name="long.txt"), document()
    for one in (long, short):
        read(one)

    indexed(page_with(long, short))

    assert search("abeille apiculteur") == ["Tools"]


# --- Not for everybody -------------------------------------------------------


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
@pytest.mark.parametrize("below", [False, True])
def test_what_a_private_file_says_is_found_by_nobody(search, as_ada, kind, below):
    closed = collection_named("Closed")
    close(closed, kind).groups.set(Group.objects.all())
    place = collection_named("Below", closed) if below else closed
    guide = document(collection=place)
    read(guide)

    indexed(page_with(guide))

    assert search("apiculteur") == []
    assert not Entry.objects.filter(file_text__contains="apiculteurs").exists()


def again(collection):
    """A collection as it is now: others that come before it change its place."""
    return Collection.objects.get(pk=collection.pk)


def ways_to_close(guide):
    closed = collection_named("Closed")
    close(closed)
    return {
        "restricted": lambda: close(guide.collection),
        "saved": lambda: (setattr(guide, "collection", closed), guide.save()),
        "in_bulk": lambda: Document.objects.filter(pk=guide.pk).update(
            collection=closed
        ),
        "moved": lambda: again(guide.collection).move(again(closed), "sorted-child"),
    }


@pytest.mark.parametrize("way", ["restricted", "saved", "in_bulk", "moved"])
def test_a_file_that_was_closed_is_found_by_nobody_from_that_moment(client, way):
    other = document(files.pdf("Vingt bibliothécaires."))
    guide = document(collection=collection_named("Open"))
    for one in (guide, other):
        read(one)
    indexed(page_with(guide, title="Tools and guides"))
    indexed(page_with(other, title="Other"))
    asked = ["apiculteur", "tools -apiculteur", "tools", "bibliothécaire", "-marché"]

    def found():
        return {query: sorted(answers(client, query)) for query in asked}

    before = found()
    # Nothing was written again yet: no job has run.
    ways_to_close(guide)[way]()
    at_once = found()
    indexed(*Page.objects.filter(title="Tools and guides"))
    later = found()

    assert [title for title, _passage in before["apiculteur"]] == ["Tools and guides"]
    assert [title for title, _passage in at_once["tools -apiculteur"]] == [
        "Tools and guides"
    ]
    assert at_once["apiculteur"] == later["apiculteur"] == []
    assert [title for title, _passage in at_once["bibliothécaire"]] == ["Other"]
    assert "apiculteurs" not in str(at_once) + str(later)
    assert at_once == later


def answers(client, query):
    results = client.get("/fr/search/", {"q": query}).context["results"]
    return [
        (result.title, "".join(part.text for part in result.passage))
        for result in results
    ]


def test_a_file_that_is_opened_again_is_found_again(search):
    guide = document(collection=collection_named("Closed"))
    restriction = close(guide.collection)
    read(guide)
    indexed(page_with(guide))

    restriction.delete()
    indexed()

    assert search("apiculteur") == ["Tools"]


def test_documents_moved_in_bulk_are_found_where_they_are_now(
    search, as_ada, committed
):
    closed, opened = collection_named("Closed"), collection_named("Open")
    close(closed)
    guide = document(collection=closed)
    read(guide)
    indexed(page_with(guide))

    where = reverse(
        "wagtail_bulk_action", args=["media", "document", "add_to_collection"]
    )
    as_ada.post(f"{where}?id={guide.pk}", {"collection": opened.pk})
    catch_up.enqueue()

    assert search("apiculteur") == ["Tools"]


def test_an_open_file_is_found_beside_a_private_one(search):
    closed = collection_named("Closed")
    close(closed)
    private, public = document(collection=closed), document(files.pdf("Vingt."))
    for one in (private, public):
        read(one)

    indexed(page_with(private, public))

    assert (search("vingt"), search("apiculteur")) == (["Tools"], [])


def test_what_only_a_draft_offers_is_found_by_nobody(search):
    guide = document()
    read(guide)
    page_with(guide, title="Draft", live=False)
    public = page_with(title="Public")
    public.body = page_with(guide, title="Also", live=False).body
    public.save_revision()

    list(rebuild())

    assert search("apiculteur") == []
    assert search("public") == ["Public"]


def test_a_file_of_no_page_is_found_by_nobody(search):
    read(document())

    list(rebuild())

    assert search("apiculteur") == []


# --- What it costs -----------------------------------------------------------


def costs_of(count):
    # Wagtail and Django remember what is of which type.
    ContentType.objects.get_for_models(Document, StandardPage)
    documents = [document(f"Wax {n}".encode(), name="a.txt") for n in range(count)]
    for one in documents:
        read(one)
    page = page_with(*documents, title=f"With {count}")
    with CaptureQueriesContext(connection) as queries:
        told = texts_of(files_of([page]))
    assert [*told[page.pk].values()] == [f"Wax {n}" for n in range(count)]
    return len(queries)


def test_the_texts_of_three_files_cost_no_more_than_that_of_one():
    one, three = costs_of(1), costs_of(3)

    assert one == three <= 3


def test_each_page_tells_of_a_file_as_much_as_it_has_room_for(monkeypatch):
    monkeypatch.setattr(search_files, "MOST_TEXT", 12)
    wax, bee = (document(word.encode() * 9, name="a.txt") for word in ("wax", "bee"))
    for one in (wax, bee):
        read(one)

    told = texts_of({1: [wax.pk], 2: [wax.pk, bee.pk], 3: [], 4: [bee.pk] * 3})

    assert told == {
        1: {wax.pk: "waxwaxwaxwax"},
        2: {wax.pk: "waxwax", bee.pk: "beebee"},
        3: {},
        4: {bee.pk: "beeb"},
    }


def test_who_writes_of_a_file_does_not_wait_for_others_who_do():
    hold([1, 2])
    hold([2, 1])


# --- What editors are told ---------------------------------------------------


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (files.scanned(), "it was probably scanned"),
        (files.locked(files.pdf(BEES), "secret"), "locked with a password"),
        (files.endless_pages(), "it is damaged"),
    ],
)
def test_an_editor_is_told_why_a_file_is_not_found_and_what_to_do(as_ada, data, advice):
    guide = document(data)
    read(guide)

    screens = [
        as_ada.get(where, headers={"Accept-Language": "en"}).content.decode()
        for where in (
            reverse("wagtaildocs:edit", args=[guide.pk]),
            reverse("wagtailadmin_home"),
        )
    ]

    assert [advice in screen for screen in screens] == [True, True]


def test_an_editor_is_told_nothing_of_a_file_that_was_read(as_ada):
    guide = document()
    read(guide)

    edit = as_ada.get(reverse("wagtaildocs:edit", args=[guide.pk]))
    first = as_ada.get(reverse("wagtailadmin_home"))

    assert not edit.context["text"].advice
    assert "unread-files" not in first.content.decode()
