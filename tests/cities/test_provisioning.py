import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, GroupPagePermission, Page, Revision

from cities.models import CityPage
from cities.provisioning import open_city
from tests.factories import (
    CityIndexPageFactory,
    CityPageFactory,
    UserFactory,
)
from tests.networks import in_both_languages, mirrored

pytestmark = pytest.mark.django_db

# Whose every row would be doubled if opening twice made anything twice.
TABLES = [Page, Revision, Group, GroupPagePermission, Collection]


@pytest.fixture
def index(english):
    return mirrored(CityIndexPageFactory)


@pytest.fixture
def nice(index, french):
    """A city that was just opened."""
    return open_city(index, nice_to_be(french))


def nice_to_be(french):
    return CityPage(
        locale=french,
        title="Nice",
        slug="nice",
        summary="Une ville.",
        official_name="Ville de Nice",
    )


@pytest.fixture
def zoe(nice):
    """An editor of Nice."""
    zoe = UserFactory()
    zoe.groups.add(Group.objects.get(name="Nice : rédaction"))
    return zoe


def sizes():
    return {table.__name__: table.objects.count() for table in TABLES}


def may(user, page):
    """Whether the user may add to the page, change it and publish it."""
    asked = page.permissions_for_user(user)
    return [asked.can_add_subpage(), asked.can_edit(), asked.can_publish()]


def test_an_open_city_is_public_with_its_three_lists_in_both_languages(client, nice):
    pages = [
        [(page.title, page.url) for page in [version, *version.get_children().live()]]
        for version in in_both_languages(nice)
    ]

    cities = nice.get_parent().slug
    assert pages == [
        [
            ("Nice", f"/fr/{cities}/nice/"),
            ("Cas", f"/fr/{cities}/nice/cas/"),
            ("Parcours usagers", f"/fr/{cities}/nice/parcours-usagers/"),
            ("Retours d’expérience", f"/fr/{cities}/nice/retours-dexperience/"),
        ],
        [
            ("Nice", f"/en/{cities}/nice/"),
            ("Cases", f"/en/{cities}/nice/cases/"),
            ("User journeys", f"/en/{cities}/nice/user-journeys/"),
            ("Lessons learned", f"/en/{cities}/nice/lessons-learned/"),
        ],
    ]
    addresses = [address for version in pages for title, address in version]
    assert {client.get(address).status_code for address in addresses} == {200}


def test_the_lists_of_an_open_city_say_what_they_are_in_both_languages(nice):
    summaries = [
        [page.specific.summary for page in version.get_children()]
        for version in in_both_languages(nice)
    ]

    assert summaries == [
        [
            "Ce qui a été essayé ici, et ce qui en est sorti.",
            "Les services tels qu’on les vit, étape par étape.",
            "Ce que diraient aux autres celles et ceux qui ont participé.",
        ],
        [
            "What was tried here, and what came of it.",
            "Services as people live them, stage by stage.",
            "What those who took part would tell others.",
        ],
    ]


def test_an_open_city_has_its_editors_and_its_media(nice):
    group = Group.objects.get(name="Nice : rédaction")

    rights = sorted(
        f"{right.permission.codename} in {right.collection.name}"
        for right in group.collection_permissions.all()
    )

    assert rights == [
        "add_document in Nice",
        "add_image in Nice",
        "change_document in Nice",
        "change_image in Nice",
        "choose_document in Nice",
        "choose_document in Réseau",
        "choose_image in Nice",
        "choose_image in Réseau",
    ]


def test_an_editor_may_write_in_the_lists_of_her_city_in_both_languages(nice, zoe):
    rights = [
        [may(zoe, page) for page in version.get_descendants(inclusive=True)]
        for version in in_both_languages(nice)
    ]

    # The city's own page is for its managers.
    assert rights == [[[False, False, False], *[[True, True, False]] * 3]] * 2


def test_an_editor_may_not_touch_another_city_or_what_all_share(nice, zoe):
    lille = CityPageFactory(title="Lille")
    pages = [lille, nice.get_parent(), Page.get_first_root_node()]

    assert [may(zoe, page) for page in pages] == [[False, False, False]] * 3


def test_a_city_that_is_opened_twice_is_the_same_city(index, nice, french):
    before = sizes()

    again = open_city(index, nice_to_be(french))

    assert again == nice
    assert sizes() == before


def test_what_was_edited_since_is_kept_when_a_city_is_opened_again(index, nice, french):
    nice.title = "Nice Côte d’Azur"
    nice.save()

    open_city(index, nice_to_be(french))

    assert CityPage.objects.get(pk=nice.pk).title == "Nice Côte d’Azur"


def test_a_list_that_is_missing_is_added_when_a_city_is_opened_again(
    index, nice, french
):
    nice.get_children()[1].delete()

    open_city(index, nice_to_be(french))

    titles = [
        {page.title for page in version.get_children()}
        for version in in_both_languages(nice)
    ]
    assert titles == [
        {"Cas", "Parcours usagers", "Retours d’expérience"},
        {"Cases", "User journeys", "Lessons learned"},
    ]
