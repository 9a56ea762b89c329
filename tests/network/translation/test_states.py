"""How far a translation is: each state, and what leads from one to the next."""

import pytest
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation

from cities.models import CasePage
from network.core.remembered import mark_minor
from network.moderation import review
from network.moderation.retraction import restore, retract
from network.translation.drafts import begin, keep_draft, publish, submit
from network.translation.models import PublicText
from network.translation.states import State, outdated_paths, state_of, with_states
from network.translation.verbs import mirror, translate
from tests import databases
from tests.factories import CasePageFactory, PictureFactory
from tests.submissions import english as in_english
from tests.submissions import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def made(opened_for_module, django_db_blocker):
    """A public case, made once for all tests."""
    with django_db_blocker.unblock(), databases.kept():
        case = CasePageFactory(
            parent=Page.objects.get(slug="cas", url_path__contains="/metz/"),
            title="La salle",
            summary="Deux phrases.",
            question="Comment ?",
            contact="Le labo",
            brief="<p>Un</p><p>Deux mots</p>",
            key_figures=[("key_figure", {"value": "153", "label": "agents"})],
        )
        mirror(case)
        return published(case).pk


@pytest.fixture
def case(made, opened):
    """A case that is public in French, and stands in English as it is."""
    return CasePage.objects.get(pk=made)


@pytest.fixture
def both(case, english):
    """A case that is public in both languages."""
    translate(case, english, {})
    return case


def published(page, **changes):
    page = fresh(page)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return fresh(page)


def published_as_minor(page, **changes):
    page = fresh(page)
    for name, value in changes.items():
        setattr(page, name, value)
    mark_minor(page)
    page.save_revision().publish()
    return fresh(page)


def type_in(link, user, **words):
    """Translate the string at each path, as the screen of a translation does."""
    segments = StringSegment.objects.filter(source=link.source)
    for path, data in words.items():
        segment = segments.get(context__path=path)
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=link.target_locale,
            context=segment.context,
            defaults={"data": data, "last_translated_by": user},
        )


def type_all(link, kind=StringTranslation.TRANSLATION_TYPE_MANUAL):
    for segment in StringSegment.objects.filter(source=link.source):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=link.target_locale,
            context=segment.context,
            defaults={"data": segment.string.data, "translation_type": kind},
        )


# --- Each state ------------------------------------------------------------


def test_a_source_has_no_state(case, both):
    assert state_of(case) is None


def test_a_page_that_an_alias_stands_for_is_missing(case):
    assert state_of(in_english(case)) == State.MISSING


def test_a_translation_nobody_has_written_a_word_of_is_missing(case, english, editor):
    begin(case, english, editor)

    assert state_of(in_english(case)) == State.MISSING


def test_a_translation_with_one_sentence_is_in_progress(case, english, editor):
    type_in(begin(case, english, editor), editor, title="The room")

    assert state_of(in_english(case)) == State.IN_PROGRESS


def test_a_translation_that_was_given_up_is_missing(case, english, editor):
    link = begin(case, english, editor)
    type_in(link, editor, title="The room")
    link.enabled = False
    link.save()

    assert state_of(in_english(case)) == State.MISSING


def test_a_translation_that_was_submitted_is_waiting(case, english, translator):
    link = begin(case, english, translator)
    type_all(link)
    submit(link, translator)

    assert state_of(in_english(case)) == State.WAITING


def test_a_translation_that_was_sent_back_is_in_progress(
    case, english, translator, moderator
):
    link = begin(case, english, translator)
    type_all(link)
    submit(link, translator)
    page = in_english(case)

    review.send_back(review.waiting_state(page), moderator, "No", [])

    assert state_of(page) == State.IN_PROGRESS


def test_a_translation_that_was_approved_is_up_to_date(
    case, english, translator, moderator
):
    link = begin(case, english, translator)
    type_all(link)
    submit(link, translator)
    page = in_english(case)

    review.approve(review.waiting_state(page), moderator, "", [])

    assert state_of(page) == State.UP_TO_DATE
    assert outdated_paths(page) == {}


def test_a_translation_by_code_is_up_to_date(both):
    assert state_of(in_english(both)) == State.UP_TO_DATE


def test_what_a_machine_wrote_says_so_until_it_is_read(
    case, english, translator, moderator
):
    link = begin(case, english, translator)
    type_all(link, StringTranslation.TRANSLATION_TYPE_MACHINE)
    publish(link, moderator)
    unread = state_of(in_english(case))

    type_all(link)
    publish(link, moderator)

    assert (unread, state_of(in_english(case))) == (State.MACHINE, State.UP_TO_DATE)


def test_what_was_left_untranslated_is_outdated(case, english, editor, moderator):
    link = begin(case, english, editor)
    type_in(link, editor, title="The room", contact="Us")
    publish(link, moderator)

    page = in_english(case)

    assert state_of(page) == State.OUTDATED
    assert outdated_paths(page)["brief"] == [("", "Un"), ("", "Deux mots")]


# --- When the source changes -----------------------------------------------


def test_d10_one_sentence_of_the_source_makes_its_translation_outdated(both):
    source = published(both, brief="<p>Un</p><p>Trois mots ici</p>")

    page = in_english(both)
    assert state_of(page) == State.OUTDATED
    assert outdated_paths(page) == {"brief": [("Deux mots", "Trois mots ici")]}
    assert page.public_text.outdated_since == source.public_text.changed_at
    assert page.public_text.words_outdated == 3


def test_a_sentence_that_is_new_or_gone_makes_a_translation_outdated(both):
    published(both, brief="<p>Un</p><p>Deux mots</p><p>Trois</p>", contact="")

    found = outdated_paths(in_english(both))

    assert found == {"brief": [("", "Trois")], "contact": [("Le labo", "")]}


@pytest.mark.parametrize(
    "changes",
    [
        {"people_met": 12},
        {"start": "2018-03"},
        {"status": "tested"},
        {"key_figures": [("key_figure", {"value": "153", "label": "agents"})] * 2},
        {"brief": "<h2>Un</h2><p>Deux mots</p>"},
    ],
    ids=str,
)
def test_a_number_a_date_a_choice_or_a_block_makes_a_translation_outdated(
    both, changes
):
    published(both, **changes)

    assert state_of(in_english(both)) == State.OUTDATED


def test_a_picture_makes_a_translation_outdated(both):
    published(both, picture=PictureFactory())

    assert state_of(in_english(both)) == State.OUTDATED


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"slug": "une-autre"},
        {"show_in_menus": True},
        {"brief": '<p data-block-key="a1b2c">Un</p><p>Deux mots</p>'},
    ],
    ids=str,
)
def test_what_says_nothing_else_leaves_a_translation_up_to_date(both, changes):
    published(both, **changes)

    assert state_of(in_english(both)) == State.UP_TO_DATE


def test_a_draft_of_the_source_leaves_a_translation_up_to_date(both):
    draft = fresh(both)
    draft.title = "Une autre"
    draft.save_revision()

    assert state_of(in_english(both)) == State.UP_TO_DATE


def test_what_is_put_back_makes_a_translation_right_again(both):
    published(both, title="Une autre")

    published(both, title="La salle")

    page = in_english(both)
    assert state_of(page) == State.UP_TO_DATE
    assert page.public_text.outdated_since is None


def test_the_first_change_that_was_not_followed_gives_the_date(both):
    first = published(both, title="Une autre").public_text.changed_at

    second = published(both, title="Encore une autre").public_text.changed_at

    assert first < second
    assert in_english(both).public_text.outdated_since == first


def test_a_draft_of_the_translation_leaves_it_outdated(both, english, translator):
    source = published(both, title="Une autre")
    link = begin(source, english, translator)
    type_all(link)

    keep_draft(link, translator)

    assert state_of(in_english(both)) == State.OUTDATED


def test_to_publish_the_translation_again_makes_it_right(both, english, moderator):
    source = published(both, title="Une autre")
    link = begin(source, english, moderator)
    type_all(link)

    publish(link, moderator)

    assert state_of(in_english(both)) == State.UP_TO_DATE


def test_what_is_approved_after_its_source_changed_is_outdated_at_once(
    both, english, translator, moderator
):
    link = begin(both, english, translator)
    type_all(link)
    submit(link, translator)
    published(both, title="Une autre")
    page = in_english(both)
    before = state_of(page)

    review.approve(review.waiting_state(page), moderator, "", [])

    assert (before, state_of(page)) == (State.WAITING, State.OUTDATED)
    assert outdated_paths(page) == {"title": [("La salle", "Une autre")]}


def test_a_translation_that_waits_says_that_its_public_text_is_outdated(
    both, english, translator
):
    source = published(both, title="Une autre")
    link = begin(source, english, translator)
    type_all(link)
    submit(link, translator)

    page = in_english(both)

    assert state_of(page) == State.WAITING
    assert page.public_text.outdated_since is not None


# --- Minor edits -----------------------------------------------------------


def test_a_minor_edit_leaves_translations_up_to_date(both):
    published_as_minor(both, brief="<p>Un.</p><p>Deux mots</p>")

    page = in_english(both)
    assert state_of(page) == State.UP_TO_DATE
    assert outdated_paths(page) == {}


def test_a_minor_edit_after_another_leaves_translations_up_to_date(both):
    published_as_minor(both, title="La salle.")
    published_as_minor(both, title="La salle !")

    assert state_of(in_english(both)) == State.UP_TO_DATE


def test_a_minor_edit_is_translated_as_what_it_edits_was(both, english, translator):
    link = begin(both, english, translator)
    type_in(link, translator, title="The room")
    keep_draft(link, translator)

    published_as_minor(both, title="La salle.")

    segments = StringSegment.objects.annotate_translation(english)
    title = segments.get(source=link.source, context__path="title")
    assert (title.string.data, title.translation) == ("La salle.", "The room")


def test_what_waits_through_a_minor_edit_is_up_to_date_once_approved(
    both, english, translator, moderator
):
    link = begin(both, english, translator)
    type_all(link)
    submit(link, translator)
    published_as_minor(both, title="La salle.")
    page = in_english(both)

    review.approve(review.waiting_state(page), moderator, "", [])

    assert state_of(page) == State.UP_TO_DATE


def test_a_minor_edit_goes_through_approval(both, editor, moderator):
    draft = fresh(both)
    draft.title = "La salle."
    mark_minor(draft)
    draft.save_revision(user=editor)
    review.submit(fresh(both), editor)

    review.approve(review.waiting_state(fresh(both)), moderator, "", [])

    assert fresh(both).title == "La salle."
    assert state_of(in_english(both)) == State.UP_TO_DATE


def test_a_minor_edit_leaves_outdated_what_was(both):
    published(both, title="Une autre")

    published_as_minor(both, summary="Deux phrases !")

    page = in_english(both)
    assert state_of(page) == State.OUTDATED
    assert outdated_paths(page) == {"title": [("La salle", "Une autre")]}


def test_a_real_change_after_a_minor_edit_makes_translations_outdated(both):
    published_as_minor(both, title="La salle.")

    published(both, title="Une autre")

    assert outdated_paths(in_english(both)) == {"title": [("La salle", "Une autre")]}


def test_a_minor_edit_is_no_longer_one_if_something_else_was_published_since(both):
    draft = fresh(both)
    draft.title = "Une autre"
    mark_minor(draft)
    revision = draft.save_revision()
    published(both, summary="Trois phrases.")

    revision.publish()

    assert state_of(in_english(both)) == State.OUTDATED


def test_a_number_that_changes_is_no_minor_edit(both):
    published_as_minor(both, people_met=12)

    assert state_of(in_english(both)) == State.OUTDATED


# --- Where it comes from ---------------------------------------------------


def test_d3_a_source_that_is_published_leaves_the_words_of_its_translation(
    both, english, translator
):
    before = Page.objects.filter(pk=in_english(both).pk).values().get()
    link = begin(both, english, translator)

    published(both, brief="<p>Trois</p>")

    said = StringSegment.objects.filter(source=link.source, context__path="brief")
    assert Page.objects.filter(pk=in_english(both).pk).values().get() == before
    assert list(said.values_list("string__data", flat=True)) == ["Trois"]


def test_what_comes_back_online_is_as_up_to_date_as_it_was(both, moderator):
    retraction = retract(both, moderator, "A reason")
    offline = state_of(in_english(both))

    restore(retraction, moderator, "Another")

    assert (offline, state_of(in_english(both))) == (
        State.IN_PROGRESS,
        State.UP_TO_DATE,
    )


def test_a_page_that_was_made_public_by_code_is_noted_with_its_translation(
    metz, english
):
    cases = metz.get_children().get(slug="cas")
    case = CasePageFactory(parent=cases, title="Sans révision")
    mirror(case)

    translate(case, english, {"Sans révision": "Without a revision"})

    assert state_of(in_english(case)) == State.UP_TO_DATE
    assert case.public_text.texts["title"] == ["Sans révision"]


def test_an_alias_says_nothing_of_its_own(case):
    assert not PublicText.objects.filter(page=in_english(case).pk).exists()


def test_what_is_deleted_says_nothing_any_more(both):
    page = both.pk
    both.delete()

    assert not PublicText.objects.filter(page=page).exists()


def test_english_may_come_first(metz, english, french):
    """A page that was written in English is the source of its French translation."""
    cases = metz.get_translation(english).get_children().get(slug__startswith="cas")
    case = CasePageFactory(parent=cases, title="First", locale=english)
    published(case)
    translate(case, french, {"First": "D’abord"})
    page = case.get_translation(french)
    before = state_of(page)

    published(case, title="Second")

    assert (before, state_of(page), state_of(case)) == (
        State.UP_TO_DATE,
        State.OUTDATED,
        None,
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_states_of_many_pages_are_one_query(
    case, english, count, django_assert_num_queries
):
    for number in range(count):
        one = CasePageFactory(parent=case.get_parent(), title=f"Case {number}")
        translate(one, english, {})
    pages = Page.objects.filter(locale=english, title__startswith="Case ")

    with django_assert_num_queries(1):
        found = list(with_states(pages).values_list("translation_state", flat=True))

    assert found == [State.UP_TO_DATE] * count
