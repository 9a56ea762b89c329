"""A whole tree at once: in the background, page by page, as often as one likes."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import override_settings
from django.urls import reverse
from django_tasks import default_task_backend
from wagtail_localize.models import StringSegment, Translation

from network.moderation import review
from network.translation import batches
from network.translation.batches import run_again, run_batch, start
from network.translation.models import Result
from network.translation.states import State, state_of
from network.translation.verbs import mirror, translate
from tests.factories import CasePageFactory, StandardPageFactory
from tests.networks import mirrored
from tests.screens import Screen
from tests.submissions import english as in_english
from tests.submissions import fresh
from tests.submissions import published as published_in

pytestmark = pytest.mark.django_db

IN_NO_TIME = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
LANGUAGE = {"headers": {"Accept-Language": "en"}}


@pytest.fixture
def later():
    """Jobs wait for a worker, which has not come yet."""
    with override_settings(TASKS=IN_NO_TIME):
        default_task_backend.clear()
        yield default_task_backend


@pytest.fixture
def case(metz, editor):
    """A case that is public in French, and stands in English as it is."""
    case = published_in(metz, editor, title="La salle", question="Comment ?")
    mirror(case)
    return case


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def cases(case):
    """The list of cases of Metz, which has one."""
    return case.get_parent().specific


def changed(page, **changes):
    page = fresh(page)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


@pytest.fixture
def batch_address(cases, english, editor):
    return reverse("translation_batch", args=[start(cases, english, editor).pk])


def results(batch):
    return {
        item.page.title: Result(item.result)
        for item in batch.items.select_related("page")
    }


def begun(page):
    links = Translation.objects.filter(source__object_id=page.translation_key)
    return links.exists()


def test_d23_a_tree_is_translated_by_a_job_and_not_while_somebody_waits(
    cases, case, as_editor, english, later
):
    address = reverse("translate_tree", args=[cases.pk])

    answer = as_editor.post(address, {"locale": english.pk})

    batch = batch_of(cases)
    assert answer.url == reverse("translation_batch", args=[batch.pk])
    assert [result.args for result in later.results] == [[batch.pk]]
    assert (begun(case), set(results(batch).values())) == (False, {Result.WAITING})


def batch_of(page):
    return batches.Batch.objects.get(page=page)


def test_d23_wagtail_localize_s_own_screen_leaves_a_tree_to_the_job_too(
    case, as_editor, editor, english, later
):
    right = Permission.objects.get(codename="submit_translation")
    editor.user_permissions.add(right)
    name = "wagtail_localize:submit_page_translation"

    answer = as_editor.post(
        reverse(name, args=[case.pk]),
        {"locales": [english.pk], "include_subtree": "on"},
    )

    batch = batch_of(case)
    assert answer.url == reverse("translation_batch", args=[batch.pk])
    assert (begun(case), len(later.results)) == (False, 1)


def test_every_page_of_a_tree_is_begun_and_none_becomes_public(
    cases, case, editor, english
):
    batch = start(cases, english, editor)

    version = in_english(case)
    assert begun(case)
    assert (version.alias_of_id, state_of(version)) == (case.pk, State.MISSING)
    assert results(batch)["La salle"] == Result.BEGUN


def test_a_batch_can_be_repeated(cases, case, editor, english):
    start(cases, english, editor)

    again = start(cases, english, editor)

    assert set(results(again).values()) == {Result.NOTHING}


def test_d23_one_page_that_fails_stops_no_other(
    cases, case, editor, english, monkeypatch
):
    mirrored(CasePageFactory, parent=cases, title="Une autre")
    begin = batches.begin

    def broken(page, *args):
        if page.pk == case.pk:
            raise ValueError("No")
        return begin(page, *args)

    monkeypatch.setattr(batches, "begin", broken)
    batch = start(cases, english, editor)
    first = results(batch)
    monkeypatch.undo()
    run_again(batch)

    assert (first["La salle"], first["Une autre"]) == (Result.FAILED, Result.BEGUN)
    assert results(batch)["La salle"] == Result.BEGUN


def test_d23_what_a_killed_worker_left_is_done_by_the_next(
    cases, case, editor, english, later
):
    mirrored(CasePageFactory, parent=cases, title="Une autre")
    batch = start(cases, english, editor)
    batches.run_item(batch.items.get(page=case.pk).pk)

    run_batch.call(batch.pk)

    assert Result.WAITING not in results(batch).values()
    assert results(batch)["Une autre"] == Result.BEGUN


def test_a_translation_whose_source_has_another_date_is_submitted_again(
    cases, case, editor, english
):
    translate(case, english, {})
    changed(case, start="2018-03")

    batch = start(cases, english, editor)

    version = in_english(case)
    assert results(batch)["La salle"] == Result.SUBMITTED
    assert (version.start, state_of(version)) == ("", State.WAITING)
    assert review.waiting_state(version).revision.as_object().start == "2018-03"


def test_a_translation_with_a_new_sentence_gets_a_draft_and_is_not_submitted(
    cases, case, editor, english
):
    translate(case, english, {})
    changed(case, title="Une autre")

    batch = start(cases, english, editor)
    drafts = fresh(in_english(case)).revisions.count()
    again = start(cases, english, editor)

    version = in_english(case)
    assert results(batch)["Une autre"] == results(again)["Une autre"] == Result.DRAFTED
    assert (version.title, state_of(version)) == ("La salle", State.OUTDATED)
    assert version.revisions.count() == drafts


def test_a_translation_of_which_something_was_emptied_is_not_submitted(
    cases, case, editor, english, client
):
    """What its source says there is no translation, though it had one once."""
    translate(case, english, {"La salle": "The hall"})
    Screen(client, editor, in_english(case)).fill({"La salle": ""}).press("save")
    changed(case, start="2018-03")

    batch = start(cases, english, editor)

    version = in_english(case)
    assert results(batch)["La salle"] == Result.DRAFTED
    assert review.waiting_state(version) is None


def test_a_translator_starts_from_the_pages_that_she_translates(
    cases, translator, english, client
):
    """What they are made from is not hers to open."""
    client.force_login(translator)
    version = in_english(cases)
    address = reverse("translate_tree", args=[version.pk])

    offered = client.get(reverse("wagtailadmin_explore", args=[version.pk]))
    answer = client.post(address, {"locale": english.pk})

    shown = BeautifulSoup(client.get(answer.url).content, "html.parser")
    assert address in offered.content.decode()
    assert batch_of(cases).items.get(page__title="La salle").result == Result.BEGUN
    assert "La salle" in [link.get_text() for link in shown.select("th.title a")]


def test_nobody_translates_a_tree_of_another_city(lille, as_editor, english, later):
    address = reverse("translate_tree", args=[lille.pk])

    asked = as_editor.get(address)
    posted = as_editor.post(address, {"locale": english.pk})

    assert [asked.url, posted.url] == [reverse("wagtailadmin_home")] * 2
    assert later.results == []


def test_a_job_does_what_its_person_may_do_and_no_more(
    metz, lille, case, editor, english
):
    index = metz.get_parent().specific
    batch = start(index, english, editor)

    refused = {
        item.page.slug
        for item in batch.items.filter(result=Result.REFUSED).select_related("page")
    }

    assert {"metz", "lille"} <= refused
    assert results(batch)["La salle"] == Result.BEGUN
    assert not begun(lille)


@pytest.mark.parametrize(
    ("person", "status"), [("editor", 200), ("manager", 302), ("moderator", 200)]
)
def test_a_batch_is_for_who_began_it_and_for_who_approves(
    batch_address, person, status, client, request
):
    client.force_login(request.getfixturevalue(person))

    assert client.get(batch_address).status_code == status


def test_only_who_began_a_batch_runs_it_again(
    cases, editor, moderator, english, client
):
    address = reverse("translation_batch", args=[start(cases, english, editor).pk])

    client.force_login(moderator)

    assert client.post(address).url == reverse("wagtailadmin_home")


def test_the_screen_of_a_batch_says_what_came_of_each_page(
    cases, case, editor, english, client
):
    batch = start(cases, english, editor)
    client.force_login(editor)

    answer = client.get(reverse("translation_batch", args=[batch.pk]), **LANGUAGE)

    soup = BeautifulSoup(answer.content, "html.parser")
    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in soup.select("table.listing tbody tr")
    ]
    assert soup.progress["value"] == soup.progress["max"] == "2"
    assert rows[1] == ["La salle", "Case", "Ready to be translated"]


@pytest.fixture
def broken(monkeypatch):
    """No translation can be begun."""

    def fails(page, *args):
        raise ValueError("The innards")

    monkeypatch.setattr(batches, "begin", fails)


@pytest.mark.usefixtures("broken")
def test_the_screen_of_a_batch_says_what_to_do_about_a_failure_and_the_log_why(
    case, as_editor, editor, english, caplog
):
    batch = start(case, english, editor)

    answer = as_editor.get(reverse("translation_batch", args=[batch.pk]), **LANGUAGE)

    page = answer.content.decode()
    assert results(batch) == {"La salle": Result.FAILED}
    assert "If it goes wrong again, tell the network team" in page
    assert "innards" not in page
    assert "ValueError: The innards" in caplog.text


@pytest.mark.usefixtures("later", "case")
def test_the_screen_of_a_batch_is_shown_anew_until_it_is_done(
    cases, editor, english, client
):
    """By the browser itself, in the same part of the list, without a script."""
    batch = start(cases, english, editor)
    client.force_login(editor)
    address = reverse("translation_batch", args=[batch.pk])

    running = client.get(address, {"p": 1}, **LANGUAGE)
    run_batch.call(batch.pk)
    done = client.get(address, **LANGUAGE)

    assert running.headers["Refresh"] == "10"
    assert "This is shown anew every 10 seconds." in running.content.decode()
    assert "Refresh" not in done.headers
    assert "shown anew" not in done.content.decode()


def test_what_is_made_from_a_page_is_not_what_that_page_is_made_from(
    case, english, french, moderator, later
):
    """English is made from French: French is then not made from English."""
    translate(case, english, {})
    version = in_english(case)

    batch = start(version, french, moderator)
    run_batch.call(batch.pk)

    assert results(batch)["La salle"] == Result.REFUSED


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("count", [1, 50])
def test_p10_a_tree_is_left_to_the_job_in_few_queries(
    cases, as_editor, english, count, django_assert_max_num_queries
):
    for number in range(count):
        CasePageFactory(parent=cases, title=f"Case {number}")
    address = reverse("translate_tree", args=[cases.pk])

    with django_assert_max_num_queries(30):
        as_editor.post(address, {"locale": english.pk})


def test_p10_a_page_of_fifty_blocks_is_submitted_in_few_queries(
    home, moderator, english, client, django_assert_max_num_queries
):
    blocks = [("text", f"<p>Partie {number}</p>") for number in range(50)]
    page = mirrored(StandardPageFactory, title="À propos", body=blocks)
    client.force_login(moderator)
    name = "wagtail_localize:submit_page_translation"

    with django_assert_max_num_queries(80):
        client.post(reverse(name, args=[page.pk]), {"locales": [english.pk]})

    assert StringSegment.objects.filter(source__object_id=page.translation_key)
