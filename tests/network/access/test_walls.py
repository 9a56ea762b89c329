"""What somebody may know of, and what choosers and forms make of it (D11)."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import PageViewRestriction

from network.access.roles import SHARED_COLLECTION, city_collection, collection_named
from network.access.walls import known_media, known_pages, known_people
from network.media.models import Document, Picture
from tests.factories import (
    DocumentFactory,
    PictureFactory,
    TopicFactory,
    UserFactory,
)
from tests.forms import form_of, sent
from tests.walled import (
    as_editor,
    case_of,
    cases_of,
    draft,
    edit,
    journey_of,
    renamed,
    stranger,
    text,
    titles,
)

__all__ = ["as_editor", "draft", "renamed", "stranger"]

pytestmark = pytest.mark.django_db


# --- What is known ---------------------------------------------------------


def test_public_pages_are_known_to_all_and_drafts_to_their_city(
    editor, metz, lille, draft, renamed
):
    own = case_of(metz, "Draft of Metz", live=False)
    hidden = case_of(lille, "Private")
    PageViewRestriction.objects.create(page=hidden, restriction_type="groups")

    known = known_pages(editor).filter(depth=draft.depth)

    assert titles(known) == {own.title, "Public title"}
    assert hidden.live


def test_nobody_knows_more_than_the_public_without_a_role(draft, renamed):
    known = known_pages(UserFactory()).filter(depth=draft.depth)

    assert titles(known) == {"Public title"}


@pytest.mark.parametrize(
    ("kind", "factory"), [(Picture, PictureFactory), (Document, DocumentFactory)]
)
def test_media_are_known_to_their_city_and_those_of_the_network_to_all(
    editor, metz, lille, kind, factory
):
    factory(title="Theirs", collection=city_collection(lille))
    factory(title="Ours", collection=city_collection(metz))
    factory(title="Shared", collection=collection_named(SHARED_COLLECTION))

    assert titles(known_media(editor, kind)) == {"Ours", "Shared"}


def test_people_are_known_to_their_city_and_those_of_the_network_to_all(
    editor, manager, moderator, stranger
):
    assert set(known_people(editor)) == {editor, manager, moderator}
    assert stranger in known_people(moderator)


# --- Choosers --------------------------------------------------------------


def test_the_page_chooser_offers_no_draft_of_another_city(as_editor, draft, renamed):
    """D11."""
    place = reverse("wagtailadmin_choose_page_child", args=[draft.get_parent().pk])

    answer = text(as_editor.get(place))

    assert "Public title" in answer
    assert "Secret" not in answer


def test_the_page_chooser_does_not_open_on_a_draft_of_another_city(as_editor, draft):
    """D11."""
    place = reverse("wagtailadmin_choose_page_child", args=[draft.pk])

    assert as_editor.get(place).status_code == 302


def arrows(client, person, city, **parameters):
    """Whether the chooser leads from a city to what is below each of its lists."""
    client.force_login(person)
    place = reverse("wagtailadmin_choose_page_child", args=[city.pk])
    html = client.get(place, parameters).json()["html"]
    return BeautifulSoup(html, "html.parser").select(".navigate-pages")


@pytest.mark.parametrize("wanted", [{}, {"page_type": "cities.CasePage"}])
def test_no_arrow_leads_to_the_first_draft_of_another_city(
    client, editor, stranger, lille, wanted
):
    before = arrows(client, editor, lille, **wanted)
    case_of(lille, "First", live=False)

    after = [arrows(client, who, lille, **wanted) for who in (editor, stranger)]
    case_of(lille, "Public")

    assert [len(found) for found in (before, *after)] == [0, 0, 1]
    assert len(arrows(client, editor, lille, **wanted)) == 1


def test_the_page_chooser_finds_no_draft_of_another_city(as_editor, draft, metz):
    """D11."""
    case_of(metz, "Secret of ours", live=False)
    place = reverse("wagtailadmin_choose_page_search")

    answer = text(as_editor.get(place, {"q": "Secret"}))

    assert "Secret of ours" in answer
    assert "Secret of Lille" not in answer


def test_the_parent_of_what_the_chooser_finds_goes_by_its_public_title(
    as_editor, lille, renamed
):
    index = cases_of(lille)
    index.title = "Secret list"
    index.save_revision()

    answer = text(
        as_editor.get(reverse("wagtailadmin_choose_page_search"), {"q": "Public"})
    )

    assert "Public title" in answer
    assert "Secret" not in answer


def test_several_pages_at_once_are_public_or_ones_own(as_editor, draft, renamed, metz):
    own = case_of(metz, "Draft of Metz", live=False)
    place = reverse("wagtailadmin_choose_page_chosen_multiple")

    answer = as_editor.get(place, {"id": [draft.pk, renamed.pk, own.pk]}).json()

    chosen = {page["adminTitle"] for page in answer["result"]}
    assert chosen == {"Public title", "Draft of Metz"}


def test_an_address_becomes_a_link_under_the_public_title(as_editor, renamed):
    answer = choose_address(as_editor, renamed)

    assert (answer["id"], answer["adminTitle"]) == (renamed.pk, "Public title")


def test_the_address_of_a_private_page_stays_an_address(as_editor, renamed):
    PageViewRestriction.objects.create(page=renamed, restriction_type="groups")

    answer = choose_address(as_editor, renamed)

    assert answer["url"] == renamed.full_url
    assert "id" not in answer


def choose_address(browser, page):
    typed = {"external-link-chooser-url": page.full_url}
    place = reverse("wagtailadmin_choose_page_external_link")
    return browser.post(place, typed).json()["result"]


@pytest.mark.parametrize("name", ["choose", "choose_results", "chosen_multiple"])
def test_the_chooser_of_topics_offers_no_drafts(as_editor, name):
    public, draft = TopicFactory(name="Water"), TopicFactory(name="Secret", live=False)
    place = reverse(f"wagtailsnippetchoosers_core_topic:{name}")

    answer = text(as_editor.get(place, {"id": [public.pk, draft.pk]}))

    assert "Water" in answer
    assert "Secret" not in answer


# --- Titles to come --------------------------------------------------------


def test_a_draft_s_title_is_read_by_those_who_work_on_the_page(
    as_editor, metz, renamed
):
    own = case_of(metz, "Our public title")
    own.title = "Our secret title"
    own.save_revision()
    journey = journey_of(metz, case=renamed)
    other = journey_of(metz, case=own, slug="other")

    shown = [text(as_editor.get(edit(page))) for page in (journey, other)]

    assert ["Secret title" in form for form in shown] == [False, False]
    assert "Public title" in shown[0]
    assert "Our secret title" in shown[1]


# --- Forms -----------------------------------------------------------------


def test_a_form_cannot_point_at_what_its_author_may_not_know(
    as_editor, metz, lille, draft
):
    page = journey_of(metz)
    theirs = PictureFactory(title="Secret", collection=city_collection(lille))
    link = f'<p><a linktype="page" id="{draft.pk}">there</a></p>'
    tried = [
        {"case": draft.pk},
        {"picture": theirs.pk},
        {"picture": theirs.pk, "title": ""},
        {"stages-0-value-picture": theirs.pk},
        {"persona_context": rich(link)},
    ]

    answers = [save(as_editor, page, **changes) for changes in tried]

    assert [answer.status_code for answer in answers] == [302] * len(tried)
    assert {answer["Location"] for answer in answers} == {reverse("wagtailadmin_home")}
    assert not page.revisions.exists()


def test_a_form_may_point_at_what_is_public_or_ones_own(as_editor, metz, renamed):
    page = journey_of(metz)
    own = PictureFactory(collection=city_collection(metz))

    answer = save(as_editor, page, case=renamed.pk, picture=own.pk)

    assert answer["Location"] == edit(page)
    assert page.revisions.get().as_object().case_id == renamed.pk


def test_a_form_keeps_what_it_pointed_at_before(as_editor, metz, renamed):
    page = journey_of(metz, case=renamed)
    renamed.unpublish()

    answer = save(as_editor, page, title="Changed")

    assert answer["Location"] == edit(page)
    assert page.revisions.get().as_object().case_id == renamed.pk


def save(browser, page, **changes):
    return browser.post(edit(page), sent(form_of(page)) | changes)


def rich(html):
    return ContentstateConverter(features=["link"]).from_database_format(html)
