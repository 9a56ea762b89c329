"""The editors' desk: what waits for those who write, and nothing of another city."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cities.models import CaseIndexPage
from network.access.models import Role
from network.moderation import review
from network.moderation.desk import Desk
from tests.factories import CasePageFactory, PictureFactory
from tests.networks import translated
from tests.submissions import crowd, draft_in, english, published, rewritten, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


def home_screen(client, language="en"):
    answer = client.get(
        reverse("wagtailadmin_home"), headers={"Accept-Language": language}
    )
    return answer.content.decode()


def titles(some):
    return [getattr(thing, "draft_title", None) or thing.title for thing in some.things]


def collection_of(city):
    return Role.objects.filter(branch=city.translation_key).first().collection


# --- What stands on it -----------------------------------------------------


def test_what_somebody_began_is_there_until_it_is_submitted(metz, editor, moderator):
    draft_in(metz, editor, title="Begun")
    draft_in(metz, moderator, title="Somebody else’s")
    changed = published(metz, editor, title="Public")
    rewritten(changed, editor, title="Public, changed")
    submitted(draft_in(metz, editor, title="Submitted"), editor)

    desk = Desk(editor)

    assert titles(desk.drafts) == ["Public, changed", "Begun"]
    assert titles(desk.waiting) == ["Submitted"]


def test_what_was_sent_back_is_there_with_its_comment_until_it_is_submitted_again(
    as_editor, metz, editor, moderator
):
    draft = draft_in(metz, editor)
    review.send_back(submitted(draft, editor), moderator, "And then?", [])

    desk, screen = Desk(editor), home_screen(as_editor)

    assert titles(desk.sent_back) == ["The reading room"]
    assert (titles(desk.drafts), titles(desk.waiting)) == ([], [])
    assert "And then?" in screen
    submitted(draft, editor)
    assert titles(Desk(editor).sent_back) == []


def test_what_readers_would_miss_is_named(metz, editor, network_roles):
    draft_in(metz, editor, limits="<p></p>", results="<p>A new desk.</p>")

    [found] = Desk(editor).incomplete.things

    with override("en"):
        assert "Limits" in found.missing
        assert "Methods used" in found.missing
        assert "Results" not in found.missing
    assert found.present == found.expected - len(found.missing) == 1


def test_what_a_translation_lacks_is_written_in_its_original(metz, editor):
    section = CaseIndexPage.objects.child_of(metz).get()
    case = translated(CasePageFactory, "The hall", parent=section, title="La salle")
    for version in (case, english(case)):
        version.save_revision(user=editor)
    draft_in(english(metz), editor, title="Begun in English")

    found = Desk(editor).incomplete.things

    names = [one.page.draft_title for one in found]
    assert names == ["Begun in English", "La salle"]


def finished(page):
    """The page, with something in its draft wherever something is expected."""
    revision = page.latest_revision
    revision.content |= dict.fromkeys(page.expected_fields, "Something.")
    revision.save()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.usefixtures("network_roles")
def test_what_lacks_something_is_found_behind_newer_pages_that_lack_nothing(
    metz, editor, count, django_assert_max_num_queries
):
    for number in range(count):
        draft_in(metz, editor, title=f"Incomplete {number}")
    for number in range(10):
        finished(draft_in(metz, editor, title=f"Complete {number}"))
    desk = Desk(editor)
    assert desk.written_types

    with django_assert_max_num_queries(1):
        found = desk.incomplete

    names = [one.page.draft_title for one in found.things]
    assert names == [f"Incomplete {number}" for number in reversed(range(count))]
    assert (found.total, found.others) == (count, 0)


@pytest.mark.usefixtures("network_roles")
@pytest.mark.parametrize(
    "nothing", [None, "", [], "[]", "<p></p>", "<p>&nbsp;</p>", " \u00a0\n"]
)
def test_a_page_lacks_what_says_nothing_whoever_looks(metz, editor, nothing):
    """The database finds the pages, and Python says what each of them lacks."""
    draft = draft_in(metz, editor)
    finished(draft)
    assert Desk(editor).incomplete.things == []
    draft.latest_revision.content["limits"] = nothing
    draft.latest_revision.save()

    [found] = Desk(editor).incomplete.things

    with override("en"):
        assert [str(name) for name in found.missing] == ["Limits"]


def test_it_is_the_latest_draft_that_is_looked_through(metz, editor, network_roles):
    case = published(metz, editor, limits="<p>Two weeks.</p>")
    with override("en"):
        rewritten(case, editor, limits="")

        assert "Limits" in Desk(editor).incomplete.things[0].missing


def test_pictures_whose_consent_ends_or_was_never_given_are_there(metz, lille, editor):
    today = timezone.localdate()
    own, other = collection_of(metz), collection_of(lille)
    agreed = {"shows_people": True, "consent_given": True}
    for title, days in [("ended", -1), ("ends", 60), ("lasts", 61)]:
        until = today + timedelta(days=days)
        PictureFactory(title=title, collection=own, consent_until=until, **agreed)
    PictureFactory(title="for ever", collection=own, **agreed)
    PictureFactory(title="a street", collection=own)
    PictureFactory(title="never asked", collection=own, shows_people=True)
    PictureFactory(title="of Lille", collection=other, shows_people=True)

    assert titles(Desk(editor).pictures) == ["ended", "ends", "never asked"]


def test_what_became_public_is_there_the_latest_first(metz, editor, network_roles):
    for title in ("First", "Second"):
        published(metz, editor, title=title)

    assert titles(Desk(editor).published) == ["Second", "First"]


@pytest.mark.parametrize(("own", "other"), [("fr", "en"), ("en", "fr")])
def test_there_is_one_button_for_each_thing_that_they_may_begin(
    as_editor, metz, editor, own, other
):
    sections = {
        "fr": {section.slug: section.pk for section in metz.get_children()},
        "en": {section.slug: section.pk for section in english(metz).get_children()},
    }
    with override(own):
        creations = Desk(editor).creations

    assert len(creations) == 3
    for creation in creations:
        [(_language, elsewhere)] = creation.elsewhere
        assert parent_of(creation.address) in sections[own].values()
        assert parent_of(elsewhere) in sections[other].values()
        assert as_editor.get(creation.address).status_code == 200


def parent_of(address):
    return int(address.strip("/").rpartition("/")[2])


def test_who_only_translates_begins_nothing_and_sees_their_language_alone(
    metz, editor, translator
):
    for city in (metz, english(metz)):
        submitted(draft_in(city, editor, title=f"In {city.locale}"), editor)

    desk = Desk(translator)

    assert desk.creations == []
    assert [row.page.locale.language_code for row in desk.waiting.things] == ["en"]


# --- Nothing of another city -----------------------------------------------


def test_nothing_of_another_city_is_on_it(as_editor, metz, lille, moderator, ada):
    theirs = [draft_in(lille, ada, title=f"Canary {number}") for number in range(4)]
    submitted(theirs[0], ada)
    review.send_back(submitted(theirs[1], ada), moderator, "Canary comment", [])
    published(lille, ada, title="Canary public")
    PictureFactory(
        title="Canary picture", collection=collection_of(lille), shows_people=True
    )

    assert "Canary" not in home_screen(as_editor)


def test_what_an_editor_wrote_before_moving_to_another_city_is_there_no_more(
    metz, lille, editor, network_roles
):
    draft_in(lille, editor, title="Of another life")

    assert titles(Desk(editor).drafts) == []


# --- How it is shown -------------------------------------------------------


def test_it_is_in_french_and_wagtails_own_is_not_beside_it(
    as_editor, metz, editor, moderator
):
    draft_in(metz, editor)

    screen = home_screen(as_editor, "fr")

    assert "Vos brouillons" in screen
    assert "En attente de relecture" in screen
    assert "Your most recent edits" not in screen
    assert "Vos dernières modifications" not in screen


def test_an_empty_desk_says_what_to_do(as_editor):
    assert "Begin with one of the buttons above" in home_screen(as_editor)


@pytest.mark.usefixtures("network_roles")
@pytest.mark.parametrize("count", [1, 3, 60])
def test_it_costs_the_same_however_much_there_is(
    as_editor, metz, editor, count, django_assert_max_num_queries
):
    crowd(metz, editor, count)
    home_screen(as_editor)  # what is kept for the next time

    with django_assert_max_num_queries(30):
        screen = home_screen(as_editor)

    assert "And then?" in screen
