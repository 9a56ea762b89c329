"""What happens to a page in one language happens in the other, by whatever way."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Page, PageLogEntry

from cities.models import CaseIndexPage, CasePage, CityPage
from network.moderation.retraction import restore, retract
from network.translation.drift import find
from tests import databases
from tests.factories import CaseIndexPageFactory, CasePageFactory
from tests.networks import mirrored, translated

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _network(network_roles):
    """Everything that is public was approved by somebody."""


@pytest.fixture
def cases(metz):
    return CaseIndexPage.objects.child_of(metz).get()


@pytest.fixture
def others(metz):
    """A second list, to move things to."""
    return mirrored(CaseIndexPageFactory, parent=metz, title="Autres")


@pytest.fixture(scope="module", autouse=True)
def made(opened_for_module, django_db_blocker):
    """Two public cases, made once for all tests."""
    with django_db_blocker.unblock(), databases.kept():
        cases = Page.objects.get(slug="cas", url_path__contains="/metz/")
        case = translated(CasePageFactory, "The hall", parent=cases, title="La salle")
        return case.pk, mirrored(CasePageFactory, parent=cases, title="Le square").pk


@pytest.fixture
def case(made, opened):
    """A case that is public in both languages, each in its own words."""
    return CasePage.objects.get(pk=made[0])


@pytest.fixture
def french_only(made, opened):
    return CasePage.objects.get(pk=made[1])


def tree(language):
    """Each page below the home page, in order: how deep, and whose version."""
    pages = Page.objects.filter(locale__language_code=language, depth__gt=2)
    return [(page.depth, page.translation_key) for page in pages.order_by("path")]


def alike():
    """Whether nothing is left to be done, by whomever one asks."""
    before = list(Page.objects.order_by("path").values())
    call_command("sync_locale_trees")
    assert list(Page.objects.order_by("path").values()) == before
    assert [str(drift) for drift in find()] == []
    return tree("fr") == tree("en")


def test_it_is_alike_before_anything_happens(case, french_only):
    assert alike()


# --- Ways ------------------------------------------------------------------


def act(client, action, page, **data):
    address = f"/admin/api/main/pages/{page.pk}/action/{action}/"
    answer = client.post(address, json.dumps(data), content_type="application/json")
    assert answer.status_code < 300, answer.content


def bulk(client, action, page, **data):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    client.post(f"{address}?id={page.pk}&next=/admin/", data)


def move_by_code(client, page, parent):
    page.move(parent, pos="last-child")


def move_by_hand(client, page, parent):
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, parent.pk]))


def move_in_bulk(client, page, parent):
    bulk(client, "move", page, chooser=parent.pk)


def move_by_interface(client, page, parent):
    act(client, "move", page, destination_page_id=parent.pk, position="last-child")


MOVES = [move_by_code, move_by_hand, move_in_bulk, move_by_interface]


@pytest.mark.parametrize("move", MOVES)
def test_a_page_moves_in_both_languages(move, case, french_only, others, as_team):
    """D7: Wagtail leaves the alias and the translation where they were."""

    for page in (case, french_only):
        move(as_team, page, others)

    there = others.get_translations().get()
    keys = [page.translation_key for page in Page.objects.child_of(there)]
    assert keys == [case.translation_key, french_only.translation_key]
    assert alike()


@pytest.mark.parametrize("move", MOVES)
def test_a_translation_takes_its_original_along(move, case, others, as_team, english):
    """D7"""

    move(as_team, case.get_translation(english), others.get_translation(english))

    case.refresh_from_db()
    assert case.get_parent() == others.page_ptr
    assert alike()


def test_a_page_moved_where_its_slug_is_taken_gets_another(
    case, others, english, committed
):
    there = others.get_translation(english)
    version = case.get_translation(english)
    rival = CasePageFactory(parent=there, locale=english, slug=version.slug)

    committed(case.move, others, "last-child")

    moved = Page.objects.get(pk=version.pk)
    assert (moved.get_parent().pk, moved.slug) == (there.pk, f"{rival.slug}-1")


def test_nobody_moves_a_page_whose_versions_they_may_not_move(
    case, others, as_team, english, team_member
):
    """Nothing is half moved: neither version is."""
    rights = team_member.groups.get().page_permissions
    rights.filter(page__locale=english).delete()

    move_by_hand(as_team, case, others)

    case.refresh_from_db()
    assert case.get_parent().title == "Cas"
    assert alike()


# --- Order -----------------------------------------------------------------


def reorder_by_code(client, page, place):
    sibling = page.get_parent().get_children()[place]
    page.move(sibling, pos="left")


def reorder_by_hand(client, page, place):
    address = reverse("wagtailadmin_pages:set_page_position", args=[page.pk])
    client.post(f"{address}?position={place}")


def reorder_by_interface(client, page, place):
    sibling = page.get_parent().get_children()[place]
    act(client, "move", page, destination_page_id=sibling.pk, position="left")


@pytest.mark.parametrize(
    "reorder", [reorder_by_code, reorder_by_hand, reorder_by_interface]
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_pages_stand_in_the_same_order_in_both_languages(
    reorder, place, case, french_only, as_team
):
    cases = case.get_parent()
    third = mirrored(CasePageFactory, parent=cases, title="La halle")

    reorder(as_team, third, place)

    titles = [page.title for page in Page.objects.child_of(cases).order_by("path")]
    assert titles.index("La halle") == place
    assert alike()


def test_an_order_that_is_changed_in_english_is_changed_in_french(
    case, french_only, english
):
    version = french_only.get_translation(english)

    version.move(case.get_translation(english), pos="left")

    siblings = Page.objects.child_of(case.get_parent()).order_by("path")
    assert [page.pk for page in siblings] == [french_only.pk, case.pk]
    assert alike()


def test_to_go_last_is_to_go_last_in_both_languages(case, french_only, team_member):
    case.move(case.get_parent(), pos="last-child", user=team_member)

    assert alike()


# --- Names -----------------------------------------------------------------


@pytest.fixture
def rename(committed):
    def rename(page, slug):
        page = Page.objects.get(pk=page.pk).specific
        page.slug = slug
        committed(lambda: page.save_revision().publish())

    return rename


def slugs(page):
    versions = page.get_translations(inclusive=True).order_by("locale__language_code")
    return {one.locale.language_code: one.slug for one in versions}


def test_an_alias_is_renamed_with_what_it_shows(french_only, rename):
    """D8: an alias could not be renamed at all."""
    rename(french_only, "parc")

    assert slugs(french_only) == {"fr": "parc", "en": "parc"}
    assert alike()


def test_a_translation_without_a_slug_of_its_own_is_renamed_too(case, rename):
    """D8"""
    rename(case, "grande-salle")

    assert slugs(case) == {"fr": "grande-salle", "en": "grande-salle"}


def test_a_translated_slug_stays(case, rename, english):
    rename(case.get_translation(english), "hall")
    assert slugs(case) == {"fr": "la-salle", "en": "hall"}

    rename(case, "grande-salle")

    assert slugs(case) == {"fr": "grande-salle", "en": "hall"}
    assert alike()


def test_an_alias_whose_new_slug_is_taken_gets_the_next(
    french_only, case, rename, english
):
    rename(case.get_translation(english), "parc")

    rename(french_only, "parc")

    assert slugs(french_only) == {"fr": "parc", "en": "parc-1"}
    assert alike()


def test_a_draft_is_renamed_in_both_languages(cases, rename, committed):
    draft = mirrored(CasePageFactory, parent=cases, title="Neuf", live=False)
    draft.slug = "nouveau"

    committed(draft.save)

    assert slugs(draft) == {"fr": "nouveau", "en": "nouveau"}
    assert alike()


# --- What is new -----------------------------------------------------------


def create_by_hand(client, parent, **published):
    names = ("cities", "casepage", parent.pk)
    form = {"title": "Neuf", "slug": "neuf", "summary": "Neuf", "question": "Quoi ?"}
    counts = {"count": "0", "TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    streams = ["tests", "follow_ups", "key_figures", "figures", "sources"]
    form |= {f"{stream}-count": "0" for stream in streams}
    rows = ["comments", "method_uses", "resource_links"]
    form |= {f"{row}-{name}": counts[name] for row in rows for name in counts}
    form |= {"status": "tested", "licence": "cc-by-sa-4.0"}
    client.post(reverse("wagtailadmin_pages:add", args=names), form | published)


def create_by_code(client, parent, **published):
    page = CasePage(title="Neuf", slug="neuf", summary="Neuf", question="Quoi ?")
    page.locale, page.live = parent.locale, False
    parent.add_child(instance=page)
    revision = page.save_revision()
    if published:
        revision.publish()


@pytest.mark.parametrize("create", [create_by_hand, create_by_code])
@pytest.mark.parametrize("published", [{}, {"action-publish": "yes"}])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_new_page_is_there_in_both_languages(
    create, published, language, cases, as_team
):
    """English first as well; an alias is as old as what it shows."""
    parent = cases.get_translations(inclusive=True).get(locale__language_code=language)

    create(as_team, parent.specific, **published)

    original, alias = Page.objects.filter(slug="neuf").order_by("-alias_of")
    if original.alias_of_id:
        original, alias = alias, original
    assert original.locale.language_code == language
    assert (alias.alias_of_id, alias.live) == (original.pk, bool(published))
    assert alias.first_published_at == original.first_published_at
    assert alike()


# --- Copies ----------------------------------------------------------------


def copy_by_code(client, page, **how):
    CopyPageAction(
        page,
        to=page.get_parent(),
        update_attrs={"slug": "copie"},
        recursive=True,
        **how,
    ).execute()


def copy_by_hand(client, page, keep_live=False):
    data = {"new_title": page.title, "new_slug": "copie", "copy_subpages": "on"}
    data |= {"new_parent_page": page.get_parent().pk}
    data |= {"publish_copies": "on"} if keep_live else {}
    client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)


def copy_by_interface(client, page, keep_live=False):
    act(client, "copy", page, recursive=True, slug="copie", keep_live=keep_live)


COPIES = [copy_by_code, copy_by_hand, copy_by_interface]


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("live", [False, True])
def test_a_copy_is_there_in_both_languages(copy, live, french_only, as_team, english):
    """D8: it had no alias."""

    copy(as_team, french_only, keep_live=live)

    copied = Page.objects.get(slug="copie", alias_of=None)
    alias = copied.get_translation(english)
    assert (alias.alias_of_id, alias.slug, alias.live) == (copied.pk, "copie", live)
    assert alias.first_published_at == copied.first_published_at
    assert alike()


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("live", [False, True])
def test_what_was_translated_is_a_draft_of_the_copy(copy, live, case, as_team, english):
    """Nobody read it there: readers find the original until somebody approves it."""

    copy(as_team, case, keep_live=live)

    alias = Page.objects.get(slug="copie", locale=english).specific
    assert (alias.title, alias.live, bool(alias.alias_of_id)) == (
        "La salle",
        live,
        True,
    )
    assert alias.get_latest_revision_as_object().title == "The hall"
    assert alike()


def test_a_whole_tree_is_copied_with_what_was_translated(
    metz, case, french_only, as_team, english
):
    before = tree("fr")

    copy_by_hand(as_team, metz)

    copied = CityPage.objects.get(slug="copie", locale=english)
    drafts = {
        page.get_latest_revision_as_object().title
        for page in CasePage.objects.descendant_of(copied)
    }
    assert drafts == {"The hall", "Le square"}
    assert len(tree("fr")) == len(before) + 6
    assert alike()


def test_the_copy_of_an_alias_is_the_alias_of_a_copy(lille, as_team, english):
    """Written in English first, and copied among the French: it stays English."""
    cases = CaseIndexPage.objects.child_of(lille.get_translation(english)).get()
    written = CasePageFactory(parent=cases, locale=english, title="The bridge")
    written.save_revision().publish()

    copy_by_hand(as_team, lille)

    first, second = CasePage.objects.filter(title="The bridge", alias_of=None)
    copied = CityPage.objects.get(slug="copie", locale=lille.locale)
    (alias,) = CasePage.objects.descendant_of(copied)
    assert {first.locale, second.locale} == {english}
    assert (alias.alias_of_id, alias.content_language) == (second.pk, "en")
    assert alike()


def test_an_alias_in_one_language_is_there_in_the_other(
    french_only, others, as_team, english
):
    data = {"new_title": "x", "new_slug": "encore", "new_parent_page": others.pk}

    address = reverse("wagtailadmin_pages:copy", args=[french_only.pk])
    as_team.post(address, data | {"alias": "on"})

    alias = Page.objects.get(slug="encore", locale=others.locale)
    assert alias.get_translation(english).alias_of_id == alias.pk
    assert alike()


def test_a_page_is_not_copied_among_those_of_another_language(
    french_only, others, as_team, english
):
    data = {"new_title": "x", "new_slug": "x"}
    data |= {"new_parent_page": others.get_translation(english).pk}

    as_team.post(reverse("wagtailadmin_pages:copy", args=[french_only.pk]), data)

    told = as_team.get(reverse("wagtailadmin_home")).content.decode()
    assert "Une page reste parmi les pages de sa langue." in told
    assert not Page.objects.filter(slug="x").exists()


def test_a_page_is_not_moved_among_those_of_another_language(case, others, english):
    with pytest.raises(PermissionDenied):
        case.move(others.get_translation(english), pos="last-child")

    assert alike()


# --- What leaves -----------------------------------------------------------


def delete_by_code(client, page):
    page.delete()


def delete_by_query(client, page):
    Page.objects.filter(pk=page.pk).delete()


def delete_by_hand(client, page):
    data = {"confirm_site_name": "Code Source"}
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), data)


def delete_in_bulk(client, page):
    bulk(client, "delete", page, confirm_site_name="Code Source")


def delete_by_interface(client, page):
    act(client, "delete", page)


@pytest.mark.parametrize(
    "delete",
    [
        *(delete_by_code, delete_by_query, delete_by_hand, delete_in_bulk),
        delete_by_interface,
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_is_deleted_in_both_languages_with_all_that_is_below(
    delete, language, case, french_only, as_team
):
    """D6: Wagtail leaves the translation online, and the alias orphaned."""
    before = len(tree("fr"))
    versions = case.get_parent().get_translations(inclusive=True)

    delete(as_team, versions.get(locale__language_code=language))

    assert [len(tree(language)) for language in ("fr", "en")] == [before - 3] * 2
    assert alike()


def test_versions_that_a_query_finds_together_are_deleted_once(case, french_only):
    """And parts of one that are found beside the whole of another."""
    before = len(tree("fr"))
    keys = [case.translation_key, case.get_parent().translation_key]
    pages = Page.objects.filter(translation_key__in=keys)
    whole, part = pages.get(depth=5, locale=case.locale), pages.filter(depth=6).last()

    Page.objects.filter(pk__in=[whole.pk, part.pk]).delete()

    assert [len(tree(language)) for language in ("fr", "en")] == [before - 3] * 2
    assert alike()


def test_the_history_says_who_deleted_each_version(case, team_member, client):
    client.force_login(team_member)
    keys = {page.pk for page in case.get_translations(inclusive=True)}

    delete_by_interface(client, case)

    entries = PageLogEntry.objects.filter(action="wagtail.delete", user=team_member)
    assert {entry.page_id for entry in entries} == keys


def test_nobody_deletes_a_version_that_is_not_theirs(cases, editor, client):
    """By the interface of the admin, which asks about the first version alone.

    Treebeard counts the pages that are left before any is deleted.
    """
    draft = mirrored(
        CasePageFactory, parent=cases, title="Neuf", live=False, owner=editor
    )
    Page.objects.filter(alias_of=draft).update(owner=None)
    client.force_login(editor)

    address = f"/admin/api/main/pages/{draft.pk}/action/delete/"
    client.post(address, "{}", content_type="application/json")

    assert draft.get_translations(inclusive=True).count() == 2
    assert Page.objects.get(pk=cases.pk).numchild == cases.get_children().count() == 3


def test_versions_chosen_together_are_deleted_once(case, as_team, english):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    version = case.get_translation(english)

    answer = as_team.post(f"{address}?id={case.pk}&id={version.pk}&next=/admin/")

    assert answer.status_code == 302
    assert not Page.objects.filter(translation_key=case.translation_key).exists()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_page_is_retracted_and_restored_in_both_languages(
    language, cases, case, french_only, moderator
):
    before = set(Page.objects.values_list("pk", "live", "slug", "path"))
    versions = cases.get_translations(inclusive=True)

    page = versions.get(locale__language_code=language)
    retraction = retract(page, moderator, "Because")
    assert not versions.live().exists()
    assert alike()
    restore(retraction, moderator, "Because")

    assert set(Page.objects.values_list("pk", "live", "slug", "path")) == before
    assert alike()
