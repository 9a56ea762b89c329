"""The index follows the site, whatever happens to either."""

import ast
import datetime as dt
from io import StringIO
from threading import Event, Thread
from time import sleep

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction
from wagtail.search.index import SearchField

from cities.models import CasePage, MethodUse
from network.core.models import Topic
from network.moderation.retraction import restore, retract
from network.translation.verbs import translate
from resources.models import ResourceCity
from search import indexing, rebuilding, writing
from search.facets import COLUMNS
from search.indexing import (
    PATIENCE,
    catch_up,
    note,
    write_next,
)
from search.models import Change, Entry, FacetSet, FileText
from search.models.entries import Kind
from search.rebuilding import SAID, all_keys, rebuild
from search.signals import hide, look_again
from search.texts import key_of_term, term_with
from search.writing import Meanwhile, entries_for, keep, known_of, terms_of, write
from tests.factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    CityPageFactory,
    DocumentFactory,
    FeedbackPageFactory,
    GlossaryPageFactory,
    JourneyPageFactory,
    MethodPageFactory,
    PrinciplePageFactory,
    ResourcePageFactory,
    StandardPageFactory,
    TermFactory,
    TopicFactory,
    locale,
)
from tests.networks import mirrored
from tests.submissions import fresh

from .indexed import agrees, found, index, index_all, publish, published, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def front_door(home, english):
    """There is always one, in both languages."""
    index_all()


@pytest.fixture
def case():
    """A case that is public, in the index, and written in French."""
    case = published(CasePageFactory, title="Quetzal", summary="…", question="?")
    index()
    return case


# --- Pages -------------------------------------------------------------------


def test_what_is_published_is_found_by_all_and_once(case):
    assert [told("quetzal"), agrees()] == [[["Quetzal"]] * 2, True]


def test_what_is_published_again_is_found_as_it_is_now(case):
    publish(case, title="Toucan")
    index()

    assert [told("quetzal"), told("toucan")] == [[[]] * 2, [["Toucan"]] * 2]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_chosen_is_found_in_the_words_of_the_page_whoever_publishes(language):
    about = {"title": "Sur place", "text": "", "url": "", "reconstructed": False}
    period = {"kind": "working", "start": "2017", "end": ""}

    with override(language):
        city = published(CityPageFactory, sessions=[("session", about | period)])
        index()

    assert "Session de travail" in Entry.objects.get(page=city).text


def test_a_draft_changes_nothing(case):
    case.title = "Toucan"
    case.save_revision()
    index()

    assert [told("quetzal"), told("toucan")] == [[["Quetzal"]] * 2, [[]] * 2]


def test_what_goes_offline_leaves_the_index(case):
    case.unpublish()
    index()

    assert [told("quetzal"), Entry.objects.filter(page=case).count()] == [[[]] * 2, 0]


def test_what_is_retracted_is_gone_until_it_is_restored(case, ada):
    retraction = retract(case, ada, "Because")
    index()
    gone = told("quetzal")
    restore(retraction, ada, "Because")
    index()

    assert [gone, told("quetzal"), agrees()] == [[[]] * 2, [["Quetzal"]] * 2, True]


def test_what_expires_is_gone(case):
    publish(case, expire_at=timezone.now() + dt.timedelta(hours=1))
    Page.objects.filter(pk=case.pk).update(
        expire_at=timezone.now() - dt.timedelta(hours=1)
    )

    call_command("publish_scheduled", stdout=StringIO())
    index()

    assert [told("quetzal"), agrees()] == [[[]] * 2, True]


def test_what_was_planned_is_found_when_its_day_has_come(case):
    now = timezone.now()
    publish(case, title="Toucan", go_live_at=now + dt.timedelta(days=1))
    index()
    before = found("toucan")
    planned = fresh(case).latest_revision
    planned.content["go_live_at"] = now.isoformat()
    planned.approved_go_live_at = now
    planned.save()

    call_command("publish_scheduled", stdout=StringIO())
    index()

    assert [before, found("toucan")] == [[], ["Toucan"]]


def test_what_moves_is_found_in_its_new_city(case):
    brest = published(CityPageFactory, title="Brest", slug="brest")
    cases = published(CaseIndexPageFactory, parent=brest)
    case.move(cases, pos="last-child")
    index()

    [entry] = Entry.objects.filter(page=case)

    assert f"city:{brest.translation_key}" in entry.facets
    assert [found("quetzal brest"), agrees()] == [["Quetzal"], True]


def test_facets_have_numbers_that_tell_them(case):
    another = published(CasePageFactory, title="Toucan", slug="toucan")
    index()
    words = dict(FacetSet.objects.values_list("pk", "words"))

    entries = Entry.objects.filter(page__in=[case.pk, another.pk])

    assert len(entries) == 2
    for entry in entries:
        sets = [words[getattr(entry, column)] for column in COLUMNS]
        assert sorted(word for one in sets for word in one) == entry.facets


def test_what_a_search_looks_at_of_an_entry_lies_beside_none_of_its_texts(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reloptions FROM pg_class WHERE relname = 'search_entry'",
        )
        [[options]] = cursor.fetchall()
        cursor.execute(
            "SELECT attname, attstorage FROM pg_attribute"
            " WHERE attrelid = 'search_entry'::regclass AND attstorage IN ('m', 'p')"
            " AND attlen = -1 ORDER BY attname"
        )
        kept = cursor.fetchall()

    assert options == ["toast_tuple_target=128"]
    assert kept == [("readers", "p"), ("slug", "m"), ("title", "m")]


@pytest.mark.parametrize("above", [0, 1, 2])
def test_what_is_private_is_gone_until_all_may_read_it(case, above):
    page = [case, *case.get_ancestors().order_by("-path")][above]
    closed = PageViewRestriction.objects.create(page=page, restriction_type="login")
    index()
    gone = [told("quetzal"), Entry.objects.filter(page=case).count()]
    closed.delete()
    index()

    assert gone == [[[]] * 2, 0]
    assert [told("quetzal"), agrees()] == [[["Quetzal"]] * 2, True]


def test_what_is_translated_is_found_in_each_reader_s_language(case, english):
    before = Entry.objects.get(page=case).readers
    translate(case, english, {"Quetzal": "Hoopoe"})
    index()

    assert before == ["fr", "en"]
    assert [told("quetzal"), told("hoopoe")] == [
        [["Quetzal"], ["Hoopoe"]],
        [["Quetzal"], ["Hoopoe"]],
    ]
    assert [entry.readers for entry in Entry.objects.filter(key=case.translation_key)]
    assert agrees()


def test_what_is_deleted_is_gone_with_all_below_it(case):
    case.get_parent().specific.delete()
    index()

    assert [told("quetzal"), agrees()] == [[[]] * 2, True]


def test_what_has_a_new_address_has_it_in_the_index(case):
    publish(case, slug="toucan")
    index()

    assert Entry.objects.get(page=case).slug == "toucan"


# --- What a page names -------------------------------------------------------


@pytest.fixture
def method(case):
    """A method that the case used."""
    method = published(MethodPageFactory, title="Toucan", summary="…")
    publish(case, method_uses=[MethodUse(locale=locale("fr"), method=method)])
    index()
    return method


def test_a_case_is_found_by_its_method_under_whatever_name(method):
    before = found("toucan")
    publish(method, title="Heron")
    index()

    assert before == ["Quetzal", "Toucan"]
    assert [found("toucan"), found("heron")] == [[], ["Heron", "Quetzal"]]
    assert agrees()


def test_a_case_is_found_by_its_city_under_whatever_name(case):
    city = case.get_parent().get_parent().specific
    publish(city, title="Brest")
    index()

    assert found("quetzal brest") == ["Quetzal"]
    assert agrees()


def test_a_case_is_found_by_its_topic_as_long_as_that_is_public(case):
    topic = TopicFactory(name="Toucans")
    publish(case, topics=[topic])
    index()
    before = found("toucan")
    topic.name = "Herons"
    topic.save()
    index()
    renamed = found("toucan"), found("heron")

    topic.unpublish()
    index()

    assert [before, renamed] == [["Quetzal"], ([], ["Quetzal"])]
    assert [found("heron"), agrees()] == [[], True]
    assert Topic.objects.count() == 1


def test_a_term_is_found_as_long_as_it_is_public():
    mirrored(GlossaryPageFactory)
    index_all()
    term = TermFactory(word_fr="médiation", word_en="mediation")
    index()
    before = told("mediation")
    term.unpublish()
    index()
    gone = told("mediation")
    term.word_fr, term.word_en = "aidance", "caring"
    term.save_revision().publish()
    index()

    assert [before, gone] == [[["médiation"], ["mediation"]], [[], []]]
    assert [told("aidance"), told("caring")] == [[["aidance"], []], [[], ["caring"]]]
    assert [told("mediation"), agrees()] == [[[], []], True]


def test_a_term_that_is_deleted_is_gone():
    term = TermFactory(word_fr="médiation", word_en="mediation")
    index()
    key = key_of_term(term.pk)
    term.delete()
    index()

    assert [told("mediation"), Entry.objects.filter(key=key).count()] == [[[], []], 0]


# --- When it fails -----------------------------------------------------------


def fail(case):
    raise ValueError(case.title)


@pytest.fixture
def spoilt(monkeypatch):
    """Cases cannot be read: one of their search fields fails."""
    monkeypatch.setattr(CasePage, "spoilt", property(fail), raising=False)
    fields = [*CasePage.search_fields, SearchField("spoilt")]
    monkeypatch.setattr(CasePage, "search_fields", fields)
    return monkeypatch.undo


def test_what_cannot_be_read_is_published_and_keeps_no_other_from_the_index(
    spoilt, django_capture_on_commit_callbacks, caplog
):
    with django_capture_on_commit_callbacks(execute=True):
        case = published(CasePageFactory, title="Quetzal")
        published(MethodPageFactory, title="Toucan")

    assert [case.live, found("quetzal"), found("toucan")] == [True, [], ["Toucan"]]
    assert f"Not indexed: {case.translation_key}" in caplog.messages
    assert set(Change.objects.values_list("key", flat=True)) == {case.translation_key}


def test_what_cannot_be_read_is_tried_again_and_given_up(spoilt, caplog):
    case = published(CasePageFactory, title="Quetzal")
    Change.objects.exclude(key=case.translation_key).delete()
    caplog.clear()

    tries = []
    for _job in range(PATIENCE + 2):
        index()
        tries.append({change.tries for change in Change.objects.all()})

    assert tries == [{1}, {2}, {3}, {4}, {5}, {5}, {5}]
    assert caplog.messages == [f"Not indexed: {case.translation_key}"] * PATIENCE
    assert f"Given up: {case.translation_key}" in list(differences())


def test_what_was_given_up_is_forgotten_once_it_is_right_again(spoilt, caplog):
    case = published(CasePageFactory, title="Quetzal")
    for _job in range(PATIENCE):
        index()

    spoilt()
    publish(case, title="Toucan")
    index()
    index_all()

    assert [found("toucan"), Change.objects.count(), agrees()] == [["Toucan"], 0, True]


def test_a_change_that_is_undone_is_not_noted(case):
    with transaction.atomic():
        publish(case, title="Toucan")
        transaction.set_rollback(True)

    assert [Change.objects.count(), found("quetzal")] == [0, ["Quetzal"]]


@pytest.mark.parametrize(("things", "jobs_wanted"), [(indexing.AT_ONCE, 0), (9, 1)])
def test_little_is_written_at_once_and_much_by_one_job(
    django_capture_on_commit_callbacks, monkeypatch, things, jobs_wanted
):
    jobs = []
    monkeypatch.setattr(type(catch_up), "enqueue", lambda task: jobs.append(task.name))
    keys = [key_of_term(number) for number in range(things)]

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        note(keys)
        note(keys)

    assert [len(callbacks), len(jobs)] == [1, jobs_wanted]
    assert Change.objects.count() == 2 * things * jobs_wanted


@pytest.mark.django_db(transaction=True)
def test_publishing_waits_for_nobody_who_writes_of_the_same_page(
    home, monkeypatch, caplog
):
    jobs = []
    monkeypatch.setattr(
        type(catch_up), "enqueue", lambda task, *_args: jobs.append(task)
    )
    case = published(CasePageFactory, title="Quetzal")
    done = Event()

    with transaction.atomic():
        write([case.translation_key])
        publishing = in_another_thread(
            lambda: (publish(case, title="Toucan"), done.set())
        )
        was_done = done.wait(timeout=20)
    publishing.join(timeout=20)

    assert [was_done, catch_up in jobs, caplog.messages] == [True, True, []]
    index()
    assert [found("toucan"), agrees()] == [["Toucan"], True]


# --- All of it ---------------------------------------------------------------


@pytest.fixture
def one_by_one(monkeypatch):
    """Nothing is read together with anything else."""
    monkeypatch.setattr(rebuilding, "MANY", 1)


def test_to_index_all_again_leaves_no_gap(case, one_by_one):
    TermFactory(word_fr="médiation", word_en="mediation")
    Page.objects.filter(pk=case.pk).update(title="Toucan")

    seen = [(found("quetzal toucan", "fr"), told("toucan")) for _done in rebuild()]
    titles = [found("quetzal OR toucan") for _done in rebuild()]

    assert all(len(told) == 2 for _none, told in seen)
    assert titles == [["Toucan"]] * len(titles)
    assert [found("quetzal"), Change.objects.count(), agrees()] == [[], 0, True]


def test_an_entry_is_there_at_each_moment_while_all_is_indexed_again(case, one_by_one):
    found_each_time = {tuple(found("quetzal")) for _done in rebuild()}

    assert found_each_time == {("Quetzal",)}


def run(command):
    said = StringIO()
    call_command(command, stdout=said)
    return said.getvalue().splitlines()


def test_the_command_tells_how_far_it_is(case, one_by_one):
    Entry.objects.all().delete()

    *progress, last = run("rebuild_search")

    count = len(all_keys())
    assert last == f"Indexed: {count}."
    assert progress == [f"{done} of {count}" for done in range(1, count)]
    assert found("quetzal") == ["Quetzal"]


@pytest.mark.parametrize(("many", "lines"), [(1, 19), (7, 9), (50, 1)])
def test_the_command_tells_of_much_in_a_few_lines(case, monkeypatch, many, lines):
    monkeypatch.setattr(rebuilding, "MANY", many)
    for number in range(60):
        TermFactory(word_fr=f"mot {number}")

    progress = run("rebuild_search")[:-1]

    assert len(set(progress)) == lines


def all_rows():
    """What stands in the index, wherever it stands there."""
    return sorted(Entry.objects.values_list(*SAID), key=str)


def test_what_is_written_together_is_written_as_if_each_were_alone(
    one_by_one, english, monkeypatch
):
    everything()
    Entry.objects.all().delete()
    index_all()
    alone = all_rows()
    Entry.objects.all().delete()
    monkeypatch.setattr(rebuilding, "MANY", 50)
    index_all()

    assert len({row[SAID.index("kind")] for row in alone}) == len(Kind)
    assert all_rows() == alone


def everything():
    """A public page of each kind, which name each other, and a word of the glossary."""
    topic, principle = TopicFactory(name="Libraries"), PrinciplePageFactory()
    method, city = MethodPageFactory(title="Probes"), CityPageFactory(title="Brest")
    about = {"topics": [topic], "principles": [principle]}
    use = MethodUse(locale=locale("fr"), method=method)
    case = publish(CasePageFactory(title="Quetzal"), **about, method_uses=[use])
    publish(JourneyPageFactory(), **about)
    publish(FeedbackPageFactory(), **about)
    publish(
        ResourcePageFactory(file=DocumentFactory(), web_address=""),
        city_links=[ResourceCity(city=city)],
    )
    publish(StandardPageFactory(title="About"))
    translate(case, locale("en"), {"Quetzal": "Hoopoe"})
    TermFactory()


def cost_of(*keys):
    with CaptureQueriesContext(connection) as queries:
        assert len(entries_for(keys)) == len(keys)
    return len(queries)


def test_three_resources_are_read_by_as_many_queries_as_one(home):
    topic, city = TopicFactory(), CityPageFactory()
    keys = []
    for number in range(3):
        file = DocumentFactory()
        said = {"file_hash": file.file_hash, "state": FileText.State.READ}
        FileText.objects.create(document=file, text="Wax", **said)
        page = ResourcePageFactory(slug=f"wax-{number}", file=file, web_address="")
        page = publish(page, topics=[topic], city_links=[ResourceCity(city=city)])
        keys.append(page.translation_key)
    entries_for(keys)

    assert cost_of(*keys) == cost_of(keys[0]) <= 11


def test_a_failure_does_not_stop_the_command(spoilt, caplog):
    case = published(CasePageFactory, title="Quetzal")
    published(MethodPageFactory, title="Toucan")

    run("rebuild_search")

    assert [found("quetzal"), found("toucan")] == [[], ["Toucan"]]
    assert Change.objects.filter(key=case.translation_key).exists()


def differences():
    said = StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("check_search", stdout=said)
    assert refusal.value.returncode == 1
    return sorted(said.getvalue().splitlines())


def test_the_check_finds_nothing_where_all_is_right(case):
    assert run("check_search") == ["The search says what the site says."]


def test_the_check_names_each_difference(case):
    missing = published(CasePageFactory, title="Heron", slug="heron")
    index()
    gone = published(CasePageFactory, title="Hoopoe", slug="hoopoe")
    index()
    Entry.objects.filter(page=missing).delete()
    Page.objects.filter(pk=gone.pk).update(live=False)
    Page.objects.filter(pk=case.pk).update(title="Toucan")

    assert differences() == [
        f"Missing: Heron (fr, page {missing.pk})",
        f"Not public: Hoopoe (fr, page {gone.pk})",
        f"Out of date: Toucan (fr, page {case.pk})",
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Toucan"},
        {"title": "Toucan"},
        {"vector": ""},
        {"head": F("names")},
        {"names": F("vector")},
        {"facets": ["kind:method"]},
        {"traits": 0},
        {"last_year": 1999},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_the_check_believes_no_digest(case, changed):
    """Somebody may have written there by hand, or put back an old copy in part."""
    entries = Entry.objects.filter(key=case.translation_key)
    entries.update(**changed)

    assert list(differences()) == [f"Out of date: Quetzal (fr, page {case.pk})"]


def test_what_the_numbers_of_facets_stand_for_is_checked_and_written_again(case):
    FacetSet.objects.all().delete()

    missed = list(differences())
    index_all()

    assert [bool(missed), agrees()] == [True, True]


def test_the_check_names_what_cannot_be_read_and_goes_on(spoilt, caplog):
    case = published(CasePageFactory, title="Quetzal")
    gone = published(MethodPageFactory, title="Toucan")
    index_all()
    Page.objects.filter(pk=gone.pk).update(live=False)

    assert f"Cannot be read: {case.translation_key}" in differences()
    assert f"Not public: Toucan (fr, page {gone.pk})" in differences()


# --- Two at once -------------------------------------------------------------


def in_another_thread(verb):
    """Do something with a connection of its own, as another process would."""

    def work():
        try:
            verb()
        finally:
            connection.close()

    thread = Thread(target=work)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_what_is_to_be_done_and_wait_for_nothing():
    Change.objects.bulk_create(Change(key=key_of_term(n)) for n in range(4))
    seen = set()

    with transaction.atomic():
        # The first worker is in the middle of one.
        first = Change.objects.select_for_update(skip_locked=True).order_by("pk")[:1]
        [held] = first
        in_another_thread(lambda: while_there_is(seen)).join(timeout=20)

    assert seen == {key_of_term(n) for n in range(4)} - {held.key}
    assert list(Change.objects.all()) == [held]


def while_there_is(seen):
    while write_next(seen):
        pass


@pytest.mark.django_db(transaction=True)
def test_what_was_read_last_stays_when_two_write_of_the_same_thing(home):
    """The slower one began before the change, and ends after it."""
    begun, key = Event(), home.translation_key

    with transaction.atomic():
        write([key])
        Page.objects.filter(pk=home.pk).update(title="Toucan")
        write([key])
        other = in_another_thread(lambda: (begun.set(), write([key])))
        begun.wait(timeout=20)
        # It waits until this one is done: then it reads what is there now.
        other.join(timeout=0.3)
        waiting = other.is_alive()
    other.join(timeout=20)

    assert waiting
    assert [Entry.objects.get(key=key).title, agrees()] == ["Toucan", True]


def test_what_was_hidden_since_its_page_was_read_stays_hidden(case):
    topic = TopicFactory(name="Libraries")
    case = publish(case, topics=[topic])
    index()
    key = case.translation_key
    before = known_of([key])
    Page.objects.filter(pk=case.pk).update(title="Toucan")

    read = entries_for([key])
    topic.unpublish()

    with pytest.raises(Meanwhile):
        keep(before, read)
    assert found("libraries") == []


@pytest.fixture
def named():
    """A topic, and a case about it of which nobody has written that yet."""
    topic = TopicFactory(name="Libraries")
    case = published(CasePageFactory, title="Quetzal")
    case.topics = [topic]
    case.save()
    return topic, [case.translation_key]


def test_what_was_named_by_what_is_written_is_told_no_more_if_it_went_offline(
    named, monkeypatch
):
    topic, keys = named

    def after_all_was_read(*arguments, **options):
        topic.unpublish()
        keep(*arguments, **options)

    monkeypatch.setattr(writing, "keep", after_all_was_read)

    assert [write(keys), found("libraries")] == [keys, []]


@pytest.mark.django_db(transaction=True)
def test_what_is_about_to_go_offline_is_told_no_more_once_it_is(home, named):
    topic, keys = named

    with transaction.atomic():
        topic.unpublish()
        # Nobody else knows of it yet.
        in_another_thread(lambda: write(keys)).join(timeout=20)
        before = found("libraries")

    assert [before, found("libraries"), agrees()] == [["Quetzal"], [], True]


@pytest.mark.django_db(transaction=True)
def test_what_goes_offline_is_told_no_more_by_what_is_about_to_be_written(home, named):
    topic, keys = named

    with transaction.atomic():
        write(keys)
        other = in_another_thread(topic.unpublish)
        other.join(timeout=1)
        waiting = other.is_alive()
    other.join(timeout=20)

    assert [waiting, found("libraries"), agrees()] == [True, [], True]


@pytest.mark.django_db(transaction=True)
def test_who_takes_something_offline_waits_for_nobody_who_writes_its_name(
    home, named, monkeypatch
):
    topic, keys = named
    jobs = []
    monkeypatch.setattr(
        type(look_again), "enqueue", lambda task, *args: jobs.append((task, args))
    )
    done = Event()

    with transaction.atomic():
        write(keys)
        other = in_another_thread(lambda: (topic.unpublish(), done.set()))
        was_done = done.wait(timeout=20)
    other.join(timeout=20)
    [arguments] = [args for task, args in jobs if task == look_again]
    look_again.call(*arguments)

    assert [was_done, found("libraries"), agrees()] == [True, [], True]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("indexed", [True, False])
def test_what_is_deleted_while_it_is_written_stops_no_worker(home, indexed):
    case = published(CasePageFactory, title="Quetzal")
    if not indexed:
        Entry.objects.filter(page=case).delete()
    Page.objects.filter(pk=case.pk).update(title="Toucan")
    Change.objects.create(key=case.translation_key)
    Change.objects.create(key=home.translation_key, tries=1)

    with transaction.atomic():
        case.delete()
        worker = in_another_thread(catch_up.call)
        worker.join(timeout=1)
    worker.join(timeout=20)

    assert not Change.objects.filter(key=home.translation_key).exists()
    assert agrees()


def place_of(entry):
    """Where an entry stands in the file of its table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid FROM search_entry WHERE id = %s", [entry.pk])
        [(place,)] = cursor.fetchall()
    return ast.literal_eval(place)


@pytest.mark.django_db(transaction=True)
def test_what_is_hidden_is_held_in_the_order_in_which_others_hold_it(home):
    """Each would wait for the other, and one of them be refused."""
    case = published(CasePageFactory, title="Quetzal")
    translate(case, locale("en"), {"Quetzal": "Hoopoe"})
    index_all()
    entries = Entry.objects.filter(key=case.translation_key)
    first, last = entries.order_by("pk")
    while place_of(first) < place_of(last):
        first.published_at += dt.timedelta(days=1)
        first.save()

    with transaction.atomic():
        entries.select_for_update().get(pk=first.pk)
        other = in_another_thread(lambda: hide(entries.all()))
        other.join(timeout=1)
        assert entries.select_for_update(nowait=True).get(pk=last.pk) == last
    other.join(timeout=20)

    assert not entries.filter(digest__in=[first.digest, last.digest]).exists()


@pytest.mark.django_db(transaction=True)
def test_who_writes_of_many_keeps_nobody_who_hides_one_from_going_on(home):
    """Each would wait for the other, and one of them be refused."""
    cases = [published(CasePageFactory, title=f"Quetzal {n}") for n in range(3)]
    keys = [case.translation_key for case in cases]
    for case in cases:
        Page.objects.filter(pk=case.pk).update(title=f"Toucan {case.pk}")
    failed = []

    with transaction.atomic():
        hide(Entry.objects.filter(key=keys[2]))
        other = in_another_thread(lambda: failed.extend(write(keys)))
        while other.is_alive() and len(found("toucan")) < 2:
            sleep(0.01)
        hide(Entry.objects.filter(key=keys[0]))
    other.join(timeout=20)

    # Who hid it has it written again.
    assert failed == [keys[2]]


@pytest.mark.django_db(transaction=True)
def test_a_topic_taken_offline_leaves_its_cases_all_that_they_say(home):
    topic = TopicFactory(name="Libraries")
    case = published(CasePageFactory, title="Quetzal", fieldwork="<p>Beekeepers</p>")
    case.topics = [topic]
    publish(case)

    topic.unpublish()

    assert [found("beekeepers"), agrees()] == [["Quetzal"], True]


# --- Terms -------------------------------------------------------------------


@given(st.integers(1, 2**62 - 1), st.uuids())
def test_the_key_of_a_term_tells_which_one_it_is_and_no_other_key_does(pk, other):
    assert term_with(key_of_term(pk)) == pk
    assert term_with(other) is None


@pytest.mark.parametrize("count", [1, 3])
def test_a_term_is_read_alone_however_many_there_are(home, count):
    terms = [TermFactory(word_fr=f"mot {number}") for number in range(count)]

    with CaptureQueriesContext(connection) as queries:
        keys = [key_of_term(terms[-1].pk), home.translation_key]
        found = list(terms_of(keys))

    assert [found, len(queries)] == [[terms[-1]], 1]
