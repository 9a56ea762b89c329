"""The history of a page: who did what, in which language."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from cities.models import FeedbackIndexPage, FeedbackPage
from network.moderation import review
from network.moderation.retraction import restore, retract
from network.translation.drafts import begin
from tests.factories import FeedbackPageFactory
from tests.forms import edit, publish, sent
from tests.networks import mirrored
from tests.screens import Screen, translate_rest

pytestmark = pytest.mark.django_db


@pytest.fixture
def lessons(metz, network_roles):
    return FeedbackIndexPage.objects.child_of(metz).get()


@pytest.fixture
def lesson(lessons, moderator):
    page = mirrored(FeedbackPageFactory, parent=lessons, title="Ce que nous dirions")
    page.save_revision(user=moderator).publish(user=moderator)
    return page


@pytest.fixture
def people(editor, translator, moderator):
    return editor, translator, moderator


def rows(client, page):
    """What the history says, the latest first: what, language, who."""
    address = reverse("wagtailadmin_pages:history", args=[page.pk])
    html = BeautifulSoup(client.get(address).content, "html.parser")
    found = [line.find_all("td") for line in html.select("table.listing tbody tr")]
    return [tuple(words(cell) for cell in cells[:3]) for cells in found]


def words(cell):
    for menu in cell.select("[data-controller=w-dropdown], .w-avatar"):
        menu.decompose()
    return " ".join(cell.get_text(" ").split())


def approve(client, page):
    task = Page.objects.get(pk=page.pk).current_workflow_task_state
    address = "wagtailadmin_pages:workflow_action"
    client.post(reverse(address, args=[page.pk, "approve", task.pk]))


def test_a_page_tells_its_life_in_both_languages(lessons, people, client, english):
    """D1: what wagtail-localize publishes, nobody has published."""
    editor, translator, moderator = people
    client.force_login(editor)
    new = FeedbackPage(title="Neuf", slug="neuf", summary="Du neuf")
    form = new.get_edit_handler().get_form_class()(instance=new, parent_page=lessons)
    names = ("cities", "feedbackpage", lessons.pk)
    client.post(reverse("wagtailadmin_pages:add", args=names), sent(form))
    page = FeedbackPage.objects.get(slug="neuf", alias_of=None)
    edit(client, page, **{"action-submit": "yes"})
    client.force_login(moderator)
    approve(client, page)
    begin(page, english, moderator)
    version = page.get_translation(english)
    translate_rest(Screen(client, translator, version)).press("submit")
    client.force_login(moderator)
    approve(client, version)
    restore(retract(page, moderator, "A name"), moderator, "No name")

    entries = PageLogEntry.objects.filter(page__in=[page.pk, version.pk])
    deeds = {
        user: set(entries.filter(user=user).values_list("action", flat=True))
        for user in (editor, translator, moderator)
    }
    assert {language for _, language, _ in rows(client, page)} == {
        "Français",
        "Anglais",
    }
    assert {who for _, _, who in rows(client, page)} == set(map(str, people))
    assert deeds[editor] >= {
        "wagtail.create",
        "wagtail.edit",
        "wagtail.workflow.start",
    }
    assert deeds[translator] >= {"network.translate", "wagtail.workflow.start"}
    assert deeds[moderator] >= {
        *("wagtail.workflow.approve", "wagtail.publish"),
        *("network.retract", "network.restore"),
    }


def test_what_is_written_in_english_was_created_there_and_shown_in_french(
    lessons, editor, client, english
):
    index = lessons.get_translation(english)
    client.force_login(editor)
    form = FeedbackPage.get_edit_handler().get_form_class()(
        instance=FeedbackPage(title="New", slug="new", summary="News"),
        parent_page=index,
    )
    names = ("cities", "feedbackpage", index.pk)
    client.post(reverse("wagtailadmin_pages:add", args=names), sent(form))
    page = FeedbackPage.objects.get(slug="new", alias_of=None)

    done = {(what, language) for what, language, _who in rows(client, page)}

    assert {one for one in done if "Brouillon" not in one[0]} == {
        ("Créé(e)", "Anglais"),
        ("Affichée dans sa langue d’origine", "Français"),
    }


def test_the_way_to_approval_is_told_in_our_words(lessons, editor, moderator, client):
    page = FeedbackPageFactory(parent=lessons, title="Neuf", live=False)
    page.save_revision(user=editor)
    review.submit(page, editor)
    review.send_back(review.waiting_state(page), moderator, "Et ensuite ?", [])
    page.refresh_from_db()
    review.submit(page, editor)
    review.approve(review.waiting_state(page), moderator, "", [])
    client.force_login(moderator)

    told = [what for what, _language, who in rows(client, page)]

    ours = [what for what in told if "approbation" in what or "changements" in what]
    assert ours == [
        "Soumise à l’approbation de nouveau",
        "Renvoyée : des changements sont demandés Commenter: Et ensuite ?",
        "Soumise à l’approbation",
    ]
    assert not [what for what in told if "Relecture par" in what]


def test_both_languages_show_the_same_history(lesson, moderator, client, english):
    client.force_login(moderator)
    publish(client, lesson, summary="Plus court")

    french = rows(client, lesson)
    translated = rows(client, lesson.get_translation(english))

    # What is public or the latest is said of the version one looks at alone.
    assert french[0] == ("Publié(e) Version publiée", "Français", str(moderator))
    assert translated[0] == ("Publié(e)", "Français", str(moderator))
    assert [line[1:] for line in french] == [line[1:] for line in translated]


def test_what_nobody_did_was_done_by_the_system(lesson, moderator, client):
    client.force_login(moderator)
    lesson.unpublish()

    _what, language, who = rows(client, lesson)[0]

    assert (language, who) == ("Français", "système")


def test_a_retraction_says_why_and_in_which_languages(lesson, moderator, client):
    retract(lesson, moderator, "A name stood there.")
    client.force_login(moderator)

    assert rows(client, lesson)[:2] == [
        (
            "Retirée partout (Anglais, Français) Commenter: A name stood there.",
            language,
            str(moderator),
        )
        for language in ("Anglais", "Français")
    ]


def test_revisions_are_offered_of_the_version_one_looks_at_alone(
    lesson, moderator, client, english
):
    client.force_login(moderator)
    edit(client, lesson, summary="Encore plus court")
    revision = lesson.revisions.order_by("pk").last()
    address = reverse(
        "wagtailadmin_pages:revisions_view", args=[lesson.pk, revision.pk]
    )
    history = "wagtailadmin_pages:history"

    own = client.get(reverse(history, args=[lesson.pk])).content.decode()
    version = lesson.get_translation(english)
    other = client.get(reverse(history, args=[version.pk])).content.decode()

    assert address in own
    assert f"/revisions/{revision.pk}/" not in other
