"""Who may do what."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)
from wagtail.permissions import policy_registry

from network.access.roles import TEAM_APPS, make_city_role, make_network_roles
from network.media.models import Document, Picture
from tests.factories import CaseIndexPageFactory, CasePageFactory, UserFactory

pytestmark = pytest.mark.django_db

RIGHTS = [
    *("can_add_subpage", "can_edit", "can_publish", "can_publish_subpage"),
    *("can_unpublish", "can_lock", "can_unlock"),
    *("can_delete", "can_move", "can_reorder_children", "can_set_view_restrictions"),
]


def rights(user, page):
    """What `user` may do with `page`, in the words of Wagtail."""
    tester = Page.objects.get(pk=page.pk).specific.permissions_for_user(user)
    return {name for name in RIGHTS if getattr(tester, name)()}


def page_permissions(group):
    found = GroupPagePermission.objects.filter(group=group)
    return set(found.values_list("page__url_path", "permission__codename"))


def collection_permissions(group):
    found = GroupCollectionPermission.objects.filter(group=group)
    return set(found.values_list("collection__name", "permission__codename"))


def model_permissions(group):
    return set(group.permissions.values_list("codename", flat=True))


def each(places, codenames):
    return {(place, codename) for place in places for codename in codenames}


@pytest.fixture
def case(metz):
    index = CaseIndexPageFactory(parent=metz)
    return CasePageFactory(parent=index, title="The reading room")


def test_editors_are_given_their_city_in_every_language_and_nothing_else(metz):
    editors = Group.objects.get(name="Metz : rédaction")

    media = ["add_image", "change_image", "choose_image"]
    media += [name.replace("image", "document") for name in media]
    assert page_permissions(editors) == each(
        [page.url_path for page in metz.get_translations(inclusive=True)],
        ["add_page", "change_page"],
    )
    assert metz.get_translations().count() == 1
    assert collection_permissions(editors) == each(["Metz"], media) | each(
        ["Réseau"], ["choose_image", "choose_document"]
    )
    assert model_permissions(editors) == {"access_admin"}


def test_moderators_are_given_the_whole_network_to_approve(network_roles, home):
    moderators, _ = network_roles

    assert page_permissions(moderators) == each(
        [page.url_path for page in home.get_translations(inclusive=True)],
        [*("add_page", "change_page", "publish_page", "lock_page", "unlock_page")],
    )
    assert collection_permissions(moderators) == each(
        ["Root"],
        [
            *("add_image", "change_image", "choose_image"),
            *("add_document", "change_document", "choose_document"),
        ],
    )
    assert model_permissions(moderators) == {
        *("access_admin", "submit_translation"),
        *("add_topic", "change_topic", "publish_topic"),
        *("add_term", "change_term", "publish_term"),
    }


def test_the_network_team_may_also_delete_and_look_after_all_else(network_roles, home):
    _, team = network_roles

    assert page_permissions(team) == each(
        [page.url_path for page in home.get_translations(inclusive=True)],
        [
            *("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
            *("delete_page", "bulk_delete_page"),
        ],
    )
    everything = Permission.objects.filter(content_type__app_label__in=TEAM_APPS)
    entry = Permission.objects.get(codename="access_admin")
    assert set(team.permissions.all()) == {*everything, entry}


def test_roles_can_be_made_twice_and_are_the_same(metz, network_roles, home):
    before = facts_about_roles()

    make_network_roles(home)
    make_city_role(metz)

    assert facts_about_roles() == before


def facts_about_roles():
    return [
        sorted(map(str, kind.objects.values_list()))
        for kind in (
            *(Group, GroupPagePermission, GroupCollectionPermission, Collection),
            Group.permissions.through,
        )
    ]


def test_an_editor_writes_in_her_city_and_publishes_nothing(
    editor, case, network_roles
):
    assert rights(editor, case) == {"can_edit"}
    assert rights(editor, case.get_parent()) == {"can_add_subpage", "can_edit"}


def test_an_editor_may_do_the_same_in_the_other_language(editor, metz, english):
    translation = metz.get_translation(english)

    assert rights(editor, translation) == {"can_add_subpage", "can_edit"}


def test_an_editor_may_do_nothing_outside_her_city(
    editor, lille, home, english, network_roles
):
    above = lille.get_parent()
    outside = [lille, lille.get_translation(english), above, home]

    assert [rights(editor, page) for page in outside] == [set()] * 4


def test_an_editor_may_delete_and_move_a_draft_of_her_city_but_nothing_public(
    editor, metz, lille
):
    ours, theirs = (
        CasePageFactory(parent=CaseIndexPageFactory(parent=city), live=False)
        for city in (metz, lille)
    )
    public = CasePageFactory(parent=ours.get_parent(), slug="public")

    assert rights(editor, ours) == {"can_edit", "can_delete", "can_move"}
    assert rights(editor, public) == {"can_edit"}
    assert rights(editor, theirs) == set()


def test_a_moderator_publishes_and_takes_offline_in_every_city_and_language(
    moderator, case, lille, english
):
    may = {
        *("can_edit", "can_publish", "can_unpublish", "can_lock", "can_unlock"),
        *("can_delete", "can_move", "can_set_view_restrictions"),
        "can_reorder_children",
    }

    assert rights(moderator, case) == may
    assert rights(moderator, lille.get_translation(english)) == may | {
        *("can_add_subpage", "can_publish_subpage"),
    }


def test_only_the_network_team_deletes_a_page_and_all_below_it(
    moderator, team_member, case
):
    city = case.get_parent().get_parent()

    assert rights(team_member, city) - rights(moderator, city) == {"can_delete"}
    assert rights(team_member, case) == rights(moderator, case)


def test_nobody_who_is_in_no_group_may_do_anything(case):
    assert rights(UserFactory(), case) == set()


def collections(kind, user, action):
    policy = policy_registry.get_by_type(kind)
    found = policy.collections_user_has_permission_for(user, action)
    return {collection.name for collection in found}


@pytest.mark.parametrize("kind", [Picture, Document])
def test_an_editor_adds_to_her_city_s_media_and_chooses_the_network_s_too(
    editor, lille, kind
):
    assert collections(kind, editor, "add") == {"Metz"}
    assert collections(kind, editor, "change") == {"Metz"}
    assert collections(kind, editor, "choose") == {"Metz", "Réseau"}


@pytest.mark.parametrize("kind", [Picture, Document])
def test_a_moderator_chooses_and_changes_the_media_of_all_cities(
    moderator, metz, lille, kind
):
    everything = {"Root", "Metz", "Lille", "Réseau"}

    assert collections(kind, moderator, "choose") == everything
    assert collections(kind, moderator, "change") == everything


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("editor", [302, 302, 302, 302, 302]),
        ("moderator", [200, 200, 302, 302, 302]),
        ("team_member", [200, 200, 200, 200, 200]),
    ],
)
def test_words_people_and_settings_are_for_those_whose_work_they_are(
    client, request, metz, who, statuses
):
    client.force_login(request.getfixturevalue(who))
    places = [
        reverse("wagtailsnippets_core_topic:list"),
        reverse("wagtailsnippets_home_term:list"),
        reverse("wagtailusers_users:index"),
        reverse("wagtailredirects:index"),
        reverse("wagtailsettings:edit", args=["home", "networksettings"]),
    ]

    # The last address goes on to the settings of the only site.
    answers = [client.get(place, follow=place == places[-1]) for place in places]

    landed = [answer.status_code for answer in answers[:-1]]
    last = answers[-1].request["PATH_INFO"]
    landed.append(200 if "networksettings" in last else 302)
    assert landed == statuses


def test_an_editor_cannot_open_another_city_s_page_in_the_admin(
    client, editor, metz, lille
):
    client.force_login(editor)

    answers = {
        city.title: client.get(
            reverse("wagtailadmin_pages:edit", args=[city.pk])
        ).status_code
        for city in (metz, lille)
    }

    assert answers == {"Metz": 200, "Lille": 302}


@pytest.mark.parametrize("who", ["editor", "moderator", "team_member"])
def test_everybody_may_enter_the_admin_with_an_address_and_nobody_without_a_group(
    client, request, metz, who
):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("wagtailadmin_home")).status_code == 200

    client.force_login(UserFactory())
    assert client.get(reverse("wagtailadmin_home")).status_code == 302
