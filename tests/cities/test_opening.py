"""The network team opens and closes cities, in a screen or by a command."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Page

from cities.models import CaseIndexPage, CasePage, CityPage
from cities.provisioning import close_city, open_city, reopen_city
from network.access.models import Role
from network.access.roles import is_open, make_network_roles
from network.moderation.desk import Desk
from network.users.models import Invitation
from tests.factories import (
    CaseIndexPageFactory,
    CasePageFactory,
    CityIndexPageFactory,
    UserFactory,
)
from tests.networks import in_both_languages, mirrored

pytestmark = pytest.mark.django_db

NICE = {"title": "Nice", "official_name": "Ville de Nice", "kind": "city"}
CLOSED = "Ce labo est fermé."


@pytest.fixture
def index(english):
    return mirrored(CityIndexPageFactory, title="Collectivités", slug="collectivites")


@pytest.fixture
def tom(index, home):
    """Somebody of the network team."""
    return member(make_network_roles(home)[1])


def member(group):
    user = UserFactory()
    user.groups.add(group)
    return user


def member_of(kind, **scope):
    return member(Group.objects.get(role__kind=kind, **scope))


@pytest.fixture
def as_tom(client, tom):
    client.force_login(tom)
    return client


def open_in_the_admin(client, **typed):
    return client.post(reverse("open_city"), NICE | typed, follow=True)


def test_the_team_opens_a_city_with_its_name_and_that_of_its_authority(as_tom):
    answer = open_in_the_admin(as_tom)

    city = CityPage.objects.get(alias_of=None)
    assert answer.redirect_chain == [
        (reverse("wagtailadmin_explore", args=[city.pk]), 302)
    ]
    assert (city.title, city.slug, city.summary, city.kind, city.live) == (
        "Nice",
        "nice",
        "Ville de Nice",
        "city",
        True,
    )
    assert city.latest_revision.user == answer.context["request"].user
    kinds = Role.objects.filter(branch=city.translation_key).values_list("kind")
    assert sorted(kind for (kind,) in kinds) == [
        *("editor", "manager", "translator", "translator"),
    ]


@pytest.mark.parametrize(
    ("manager", "said"),
    [
        (
            "ada@nice.example",
            "Nice est ouverte. Une invitation part vers ada@nice.example.",
        ),
        ("", "Nice est ouverte. Invitez la personne responsable, sous Personnes."),
    ],
)
def test_the_team_is_told_who_begins(as_tom, manager, said):
    answer = open_in_the_admin(as_tom, manager=manager)

    assert [str(message).strip() for message in answer.context["messages"]] == [said]


def test_an_open_city_answers_in_both_languages_and_on_all_its_lists(client, as_tom):
    open_in_the_admin(as_tom)

    pages = [
        page
        for version in in_both_languages(CityPage.objects.get(alias_of=None))
        for page in version.get_descendants(inclusive=True)
    ]
    client.logout()
    assert len(pages) == 8
    assert {client.get(page.url).status_code for page in pages} == {200}


def test_what_a_city_s_people_write_waits_for_the_network_s_approval(as_tom):
    open_in_the_admin(as_tom)

    names = {page.get_workflow().name for page in Page.objects.filter(depth=4)}
    assert names == {"Relecture par La 27e Région"}


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ({"title": ""}, {"title"}),
        ({"official_name": ""}, {"official_name"}),
        ({"slug": "a b"}, {"slug"}),
        ({"kind": "kingdom"}, {"kind"}),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_typed_is_lost(
    as_tom, typed, refused
):
    answer = open_in_the_admin(as_tom, **typed)

    form = answer.context["form"]
    assert set(form.errors) == refused
    assert {name: form[name].value() for name in NICE | typed} == NICE | typed
    assert not CityPage.objects.exists()


def test_another_city_of_the_same_address_is_refused(as_tom):
    open_in_the_admin(as_tom)

    answer = open_in_the_admin(as_tom, title="Nice-sur-Mer", slug="nice")

    assert answer.context["form"].errors == {
        "slug": ["Une page est déjà à cette adresse. Choisissez un autre nom court."]
    }
    assert CityPage.objects.filter(alias_of=None).count() == 1


def test_the_same_city_is_completed_and_nothing_of_it_is_written_over(as_tom):
    open_in_the_admin(as_tom, summary="Hers.")
    nice = CityPage.objects.get(alias_of=None)
    nice.get_children().last().delete()

    answer = open_in_the_admin(as_tom, manager="zoe@nice.example", summary="New.")

    assert "form" not in answer.context
    assert CityPage.objects.get(alias_of=None).summary == "Hers."
    assert nice.get_children().count() == 3
    assert Invitation.objects.get().email == "zoe@nice.example"


def test_a_city_that_was_begun_by_hand_is_published_with_its_lists(as_tom, index):
    begun = CityPage(
        locale=index.locale, slug="nice", live=False, summary="Hers.", **NICE
    )
    index.add_child(instance=begun)
    begun.save_revision()

    open_in_the_admin(as_tom)

    versions = CityPage.objects.filter(translation_key=begun.translation_key)
    assert [(city.summary, city.live) for city in versions] == [("Hers.", True)] * 2
    assert Page.objects.get(pk=begun.pk).get_children().live().count() == 3


def test_a_list_that_was_begun_by_hand_is_published_with_its_city(as_tom, index):
    begun = CityPage(
        locale=index.locale, slug="nice", live=False, summary="Hers.", **NICE
    )
    index.add_child(instance=begun)
    cases = CaseIndexPageFactory(parent=begun, title="Essais", live=False)
    cases.save_revision()

    open_in_the_admin(as_tom)

    versions = Page.objects.filter(translation_key=cases.translation_key)
    assert [(page.title, page.live) for page in versions] == [("Essais", True)] * 2
    assert Page.objects.get(pk=begun.pk).get_children().live().count() == 3


def test_a_list_that_was_taken_offline_stays_so_when_its_city_opens_again(as_tom):
    open_in_the_admin(as_tom)
    cases = CaseIndexPage.objects.get(alias_of=None, locale__language_code="fr")
    cases.unpublish()

    open_in_the_admin(as_tom)

    assert Page.objects.get(pk=cases.pk).live is False


def test_without_a_list_of_cities_the_screen_says_to_publish_one_first(as_tom, index):
    Page.objects.filter(depth=3).delete()

    answer = open_in_the_admin(as_tom)

    assert answer.context["form"].non_field_errors() == [
        "Publiez d’abord une liste des collectivités sous la page d’accueil."
    ]


def test_the_first_manager_is_invited_with_her_city_and_nothing_else(as_tom):
    open_in_the_admin(as_tom, manager="zoe@nice.example")

    invitation = Invitation.objects.get()
    roles = [group.role for group in invitation.groups.all()]
    branch = CityPage.objects.get(alias_of=None).translation_key
    assert (invitation.email, invitation.language) == ("zoe@nice.example", "fr")
    assert [(role.kind, role.branch) for role in roles] == [("manager", branch)]


def test_the_command_invites_a_manager_too(index):
    call_command("open_city", "Nice", "Ville de Nice", manager="zoe@nice.example")

    assert Invitation.objects.get().email == "zoe@nice.example"


def test_a_city_may_be_opened_before_its_manager_is_known(as_tom):
    open_in_the_admin(as_tom)

    assert not Invitation.objects.exists()


# --- The commands ----------------------------------------------------------


def test_the_command_opens_a_city_as_the_screen_does(index, capsys):
    call_command("open_city", "Nice", "Ville de Nice", kind="city")

    assert CityPage.objects.get(alias_of=None).title == "Nice"
    assert "Nice is open at /fr/collectivites/nice/" in capsys.readouterr().out


def test_the_command_says_what_is_wrong(index):
    with pytest.raises(CommandError, match="kind"):
        call_command("open_city", "Nice", "Ville de Nice", kind="kingdom")


def test_the_command_closes_a_city_by_its_address(nice):
    call_command("close_city", "nice")

    assert is_closed(nice)
    with pytest.raises(CommandError, match="no city at “lyon”"):
        call_command("close_city", "lyon")


def test_the_command_can_run_twice(index, capsys):
    for _time in range(2):
        call_command("open_city", "Nice", "Ville de Nice")

    assert capsys.readouterr().out.count("Nice is open") == 2
    assert CityPage.objects.filter(alias_of=None).count() == 1


def test_the_command_opens_a_closed_city_again(index, nice):
    call_command("close_city", "nice")

    call_command("open_city", "Nice", "Ville de Nice")

    assert is_open(nice)
    assert not is_closed(nice)


# --- A city that closes ----------------------------------------------------


@pytest.fixture
def nice(index, french):
    return open_city(index, CityPage(locale=french, slug="nice", summary="Une", **NICE))


@pytest.fixture
def case(nice):
    """A case of Nice that is public, and its draft that is not."""
    case = CasePageFactory(parent=nice.get_children().first(), title="Une place")
    case.title = "Brouillon"
    case.save_revision()
    return case


def is_closed(city):
    return CityPage.objects.get(pk=city.pk).lab_status == "closed"


def test_the_people_of_a_closed_city_may_do_nothing_any_more(nice, case):
    zoe = member_of("editor", role__branch=nice.translation_key)

    close_city(nice)

    zoe = type(zoe).objects.get(pk=zoe.pk)
    assert not case.permissions_for_user(zoe).can_edit()
    assert not zoe.has_perm("wagtailadmin.access_admin")


def test_the_pages_of_a_closed_city_stay_public_and_say_so(client, nice, case):
    pages = [nice, case.get_parent(), case]
    before = [CLOSED in client.get(page.url).content.decode() for page in pages]

    close_city(nice)

    answers = [client.get(page.url) for page in pages]
    assert before == [False] * 3
    assert [answer.status_code for answer in answers] == [200] * 3
    assert [CLOSED in answer.content.decode() for answer in answers] == [True] * 3


def test_a_city_without_a_page_prepares_some_until_it_is_closed(client, nice):
    preparing = "prépare encore ses premières pages"
    before = preparing in client.get(nice.url).content.decode()

    close_city(nice)

    assert (before, preparing in client.get(nice.url).content.decode()) == (True, False)


def test_closing_a_city_publishes_no_draft_of_it(client, nice, case):
    nice.title = "Nice en brouillon"
    nice.save_revision()

    close_city(nice)

    assert CityPage.objects.get(pk=nice.pk).title == "Nice"
    assert CasePage.objects.get(pk=case.pk).title == "Une place"


def test_a_city_that_closes_keeps_the_draft_of_its_page(nice, english):
    nice.summary = "Written by the manager."
    nice.save_revision()

    close_city(nice)

    page = CityPage.objects.get(pk=nice.pk)
    draft = page.get_latest_revision_as_object()
    assert page.has_unpublished_changes
    assert (page.summary, page.lab_status) == ("Une", "closed")
    assert (draft.summary, draft.lab_status) == ("Written by the manager.", "closed")


@pytest.mark.parametrize("with_draft", [True, False])
def test_a_lab_is_what_it_was_when_its_city_opens_again(index, nice, with_draft):
    nice.lab_status = "open"
    nice.save_revision().publish()
    if with_draft:
        nice.summary = "Written by the manager."
        nice.save_revision()

    for _twice in range(2):
        close_city(CityPage.objects.get(pk=nice.pk))
    reopen_city(CityPage.objects.get(pk=nice.pk))

    page = CityPage.objects.get(pk=nice.pk)
    draft = page.get_latest_revision_as_object()
    assert (page.lab_status, draft.lab_status) == ("open", "open")
    assert page.summary == "Une"
    assert draft.summary == ("Written by the manager." if with_draft else "Une")


def test_a_manager_who_works_elsewhere_too_has_left_the_closed_city(
    client, index, nice, french
):
    metz = CityPage(locale=french, slug="metz", summary="M", **NICE | {"title": "Metz"})
    metz = open_city(index, metz)
    both = member_of("manager", role__branch=nice.translation_key)
    both.groups.add(
        Group.objects.get(role__kind="editor", role__branch=metz.translation_key)
    )
    zoe = member_of("editor", role__branch=nice.translation_key)
    client.force_login(both)
    before = client.get(reverse("people:index"))

    close_city(nice)

    after = client.get(reverse("people:index"))
    assert zoe in before.context["object_list"]
    assert (after.status_code, after["Location"]) == (302, "/admin/")
    desk = Desk(type(both).objects.get(pk=both.pk))
    assert {role.branch for role in desk.roles} == {metz.translation_key}


def test_a_city_that_is_opened_again_has_its_people_back(index, nice, french):
    zoe = member_of("editor", role__branch=nice.translation_key)
    close_city(nice)

    open_city(index, nice)

    zoe = type(zoe).objects.get(pk=zoe.pk)
    assert nice.get_children().first().permissions_for_user(zoe).can_edit()
    assert Role.objects.filter(branch=nice.translation_key).count() == 4


def test_the_team_closes_a_city_once_it_has_said_yes(as_tom, nice):
    address = reverse("close_city", args=[nice.pk])

    asked = as_tom.get(address)
    closed_by_asking = is_closed(nice)
    as_tom.post(address)

    assert asked.status_code == 200
    assert (closed_by_asking, is_closed(nice)) == (False, True)


def test_the_team_opens_a_closed_city_again(as_tom, nice):
    close_city(nice)
    offered = reopening(as_tom, nice)

    as_tom.post(offered)

    assert nice.get_children().first().get_workflow()
    assert is_open(nice)
    assert reopening(as_tom, nice) is None


def reopening(client, city):
    """The address that the city's page in the admin offers to open it again."""
    page = client.get(reverse("wagtailadmin_explore", args=[city.pk]))
    address = reverse("reopen_city", args=[city.pk])
    return address if address in page.content.decode() else None


# --- Who may ---------------------------------------------------------------


@pytest.mark.parametrize("kind", ["editor", "manager", "moderator"])
def test_only_the_team_opens_and_closes_cities(client, nice, tom, kind):
    scope = {} if kind == "moderator" else {"role__branch": nice.translation_key}
    client.force_login(member_of(kind, **scope))
    addresses = [reverse("open_city"), reverse("close_city", args=[nice.pk])]

    statuses = [client.post(address, NICE).status_code for address in addresses]

    assert statuses == [302, 302]
    assert not is_closed(nice)
    assert CityPage.objects.filter(alias_of=None).count() == 1


def test_the_menu_offers_to_open_a_city_to_the_team_alone(client, tom, nice):
    manager = member_of("manager", role__branch=nice.translation_key)
    offers = []
    for person in (tom, manager):
        client.force_login(person)
        page = client.get(reverse("wagtailadmin_home")).content.decode()
        offers.append(reverse("open_city") in page)

    assert offers == [True, False]
