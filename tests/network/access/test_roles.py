"""Who may do what."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)
from wagtail.permissions import policy_registry

from cities.models import CaseIndexPage
from network.access.models import Role
from network.access.roles import (
    TEAM_APPS,
    approvers,
    branches_of,
    close_city_roles,
    make_city_roles,
    make_network_roles,
    may_approve,
)
from network.media.models import Document, Picture
from network.translation.verbs import mirror, translate
from network.users.models import User
from tests.factories import CasePageFactory, UserFactory
from tests.networks import city_of

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
    return CasePageFactory(parent=cases_of(metz), title="The reading room")


def cases_of(city):
    return CaseIndexPage.objects.child_of(city).get()


def addresses(*pages):
    return [version.url_path for page in pages for version in both(page)]


def both(page):
    return page.get_translations(inclusive=True)


MEDIA = [
    *("add_image", "change_image", "choose_image"),
    *("add_document", "change_document", "choose_document"),
]
TO_CHOOSE = ["choose_image", "choose_document"]


def test_editors_are_given_the_lists_of_their_city_in_every_language(metz):
    """D5: rights on a French page are none on the English one."""
    editors = Group.objects.get(name="Metz : rédaction")

    lists = addresses(*metz.get_children())
    assert len(lists) == 6
    assert page_permissions(editors) == each(lists, ["add_page", "change_page"])
    assert collection_permissions(editors) == each(["Metz"], MEDIA) | each(
        ["Réseau"], TO_CHOOSE
    )
    assert model_permissions(editors) == {"access_admin", "submit_translation"}


def test_managers_are_given_the_page_of_their_city_too(metz):
    managers = Group.objects.get(name="Metz : responsables")
    editors = Group.objects.get(name="Metz : rédaction")

    more = page_permissions(managers) - page_permissions(editors)
    assert more == each(addresses(metz), ["change_page"])
    assert page_permissions(editors) <= page_permissions(managers)
    assert collection_permissions(managers) == collection_permissions(editors)
    assert model_permissions(managers) == {"access_admin", "submit_translation"}


def test_translators_of_a_city_are_given_one_language_of_it(metz, english):
    translators = Group.objects.get(name="Metz : traduction en anglais")

    assert page_permissions(translators) == {
        (metz.get_translation(english).url_path, "change_page")
    }
    assert collection_permissions(translators) == each(["Metz", "Réseau"], TO_CHOOSE)
    assert model_permissions(translators) == {"access_admin", "submit_translation"}


def test_translators_of_the_network_are_given_one_language_of_it(
    network_roles, home, english
):
    translators = Group.objects.get(name="Réseau : traduction en anglais")

    assert page_permissions(translators) == {
        (home.get_translation(english).url_path, "change_page")
    }


def test_a_role_is_given_once_whatever_the_city_is_called_today(metz):
    before = facts_about_roles()
    metz.title = "Metz Métropole"
    metz.save()

    make_city_roles(metz)

    assert facts_about_roles() == before


FACTS = ("group", "group__name", "collection")


def test_two_cities_of_one_name_share_no_group_and_no_collection(index, metz):
    twin = city_of(index, "Metz", slug="metz-le-comte")

    ours, theirs = (
        set(Role.objects.filter(branch=city.translation_key).values_list(*FACTS))
        for city in (metz, twin)
    )
    assert len(ours) == len(theirs) == 4
    assert [set(ids) & set(others) for ids, others in paired(ours, theirs)] == [
        set()
    ] * 3


def paired(ours, theirs):
    return zip(zip(*ours, strict=True), zip(*theirs, strict=True), strict=True)


def test_moderators_are_given_the_whole_network_to_approve(network_roles, home):
    """D17: to approve is to publish, in every language."""
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


def test_the_network_team_may_also_delete_all_but_people_and_look_after_all_else(
    network_roles, home
):
    _, team = network_roles

    assert page_permissions(team) == each(
        [page.url_path for page in home.get_translations(inclusive=True)],
        [
            *("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
            *("delete_page", "bulk_delete_page"),
        ],
    )
    kept = Permission.objects.filter(content_type__app_label__in=TEAM_APPS)
    everything = kept.exclude(codename="delete_user")
    entry = Permission.objects.get(codename="access_admin")
    assert set(team.permissions.all()) == {*everything, entry}


def test_roles_can_be_made_twice_and_are_the_same(metz, network_roles, home):
    before = facts_about_roles()

    make_network_roles(home)
    make_city_roles(metz)

    assert facts_about_roles() == before


def facts_about_roles():
    return [
        sorted(map(str, kind.objects.values_list()))
        for kind in (
            *(Group, GroupPagePermission, GroupCollectionPermission, Collection),
            Group.permissions.through,
        )
    ]


def test_an_editor_writes_in_the_lists_of_her_city_and_publishes_nothing(
    editor, metz, case, network_roles
):
    assert rights(editor, case) == {"can_edit"}
    assert rights(editor, case.get_parent()) == {"can_add_subpage", "can_edit"}
    assert rights(editor, metz) == set()


def test_a_manager_changes_the_page_of_her_city_too(manager, metz, case):
    assert rights(manager, case) == {"can_edit"}
    assert rights(manager, case.get_parent()) == {"can_add_subpage", "can_edit"}
    assert rights(manager, metz) == {"can_edit"}


def test_an_editor_may_do_the_same_in_the_other_language(editor, case, english):
    translation = cases_of(case.city).get_translation(english)

    assert rights(editor, translation) == {"can_add_subpage", "can_edit"}


def test_a_translator_changes_what_is_translated_into_her_language_alone(
    translator, metz, english, french
):
    mirrored, written = (
        CasePageFactory(parent=cases_of(metz), slug=slug)
        for slug in ("mirrored", "written")
    )
    mirror(mirrored)
    translation = translate(written, english, {})
    alias = mirrored.get_translation(english)
    source = CasePageFactory(
        parent=cases_of(metz).get_translation(english), locale=english, slug="source"
    )

    pages = [alias, translation, mirrored, written, source]
    assert [rights(translator, page) for page in pages] == [
        *[{"can_edit"}] * 2,
        *[set()] * 3,
    ]


@pytest.mark.usefixtures("network_roles")
def test_nobody_of_a_city_may_do_anything_outside_it(
    editor, manager, translator, lille, home
):
    outside = [*both(lille), cases_of(lille), lille.get_parent(), home]

    for person in (editor, manager, translator):
        assert [rights(person, page) for page in outside] == [set()] * 5


def test_an_editor_deletes_and_moves_a_draft_of_her_own_that_was_never_public(
    editor, metz, lille
):
    def draft(slug, city=metz, **fields):
        parent = cases_of(city)
        fields = {"live": False, "owner": editor} | fields
        return CasePageFactory(parent=parent, slug=slug, **fields)

    own = draft("own")
    published = draft("published", live=True, first_published_at=timezone.now())
    retracted = draft("retracted", first_published_at=timezone.now())
    others = draft("others", owner=UserFactory())
    elsewhere = draft("elsewhere", city=lille)

    pages = [own, published, retracted, others, elsewhere]
    assert [rights(editor, page) for page in pages] == [
        {"can_edit", "can_delete", "can_move"},
        *[{"can_edit"}] * 3,
        set(),
    ]


def test_a_moderator_publishes_and_takes_offline_in_every_city_and_language(
    moderator, case, lille, english
):
    may = {
        *("can_edit", "can_publish", "can_unpublish", "can_lock", "can_unlock"),
        *("can_delete", "can_move", "can_set_view_restrictions"),
        "can_reorder_children",
    }

    assert rights(moderator, case) == may
    assert rights(moderator, cases_of(lille).get_translation(english)) == may | {
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


def test_a_manager_cannot_open_another_city_s_page_in_the_admin(
    client, manager, metz, lille
):
    client.force_login(manager)

    answers = {
        city.title: client.get(
            reverse("wagtailadmin_pages:edit", args=[city.pk])
        ).status_code
        for city in (metz, lille)
    }

    assert answers == {"Metz": 200, "Lille": 302}


@pytest.mark.parametrize(
    "who", ["editor", "manager", "translator", "moderator", "team_member"]
)
def test_everybody_may_enter_the_admin_with_an_address_and_nobody_without_a_group(
    client, request, metz, who
):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("wagtailadmin_home")).status_code == 200

    client.force_login(UserFactory())
    assert client.get(reverse("wagtailadmin_home")).status_code == 302


# --- Who is asked ----------------------------------------------------------


def test_people_are_found_by_what_they_do_and_only_while_they_may_sign_in(
    editor, moderator, team_member
):
    assert set(approvers()) == {moderator, team_member}
    moderator.is_active = False
    moderator.save()

    assert set(approvers()) == {team_member}
    assert [may_approve(person) for person in (editor, moderator, team_member)] == [
        False,
        False,
        True,
    ]


def test_somebody_works_for_the_cities_of_her_roles(editor, moderator, metz, lille):
    assert branches_of(editor) == {metz.translation_key}
    assert branches_of(moderator) == set()
    assert branches_of(AnonymousUser()) == set()


def test_a_city_that_is_closed_lets_nobody_in(client, editor, metz, case):
    close_city_roles(metz)

    client.force_login(editor)
    editor = User.objects.get(pk=editor.pk)
    assert rights(editor, case) == set()
    assert client.get(reverse("wagtailadmin_home")).status_code == 302
    assert Role.objects.filter(group__user=editor).count() == 1
