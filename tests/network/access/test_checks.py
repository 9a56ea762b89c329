"""Those who approve may publish in every language, or a check says who may not."""

import pytest
from django.core.checks import run_checks
from django.core.checks.registry import registry
from wagtail.models import GroupPagePermission

from network.access import checks

pytestmark = pytest.mark.django_db


def warned() -> list[str]:
    found = run_checks(tags=["database"], databases=["default"])
    return [warning.msg for warning in found if warning.id == "access.W001"]


def rights(group, page, *names):
    return GroupPagePermission.objects.filter(
        group=group, page=page, permission__codename__in=names
    )


def test_d17_a_network_that_was_just_set_up_needs_nothing(network_roles):
    assert warned() == []


def test_d17_who_approves_and_may_not_publish_in_a_language_is_named(
    network_roles, home, english
):
    moderators, team = network_roles
    root = home.get_translation(english)
    rights(moderators, root, "publish_page").delete()
    rights(team, root, "publish_page", "change_page").delete()

    title, language = root.title, root.locale
    assert sorted(warned()) == sorted(
        [
            f"“{moderators}” may not publish_page on “{title}” ({language}).",
            f"“{team}” may not change_page and publish_page on “{title}” ({language}).",
        ]
    )


def test_a_right_on_all_pages_is_one_on_each(network_roles, home):
    moderators, _team = network_roles
    found = rights(moderators, home, "publish_page")
    found.update(page=home.get_parent())

    assert warned() == []


def test_it_asks_nothing_where_there_is_no_database(
    network_roles, home, django_assert_num_queries
):
    rights(network_roles[0], home, "publish_page").delete()

    with django_assert_num_queries(0):
        assert checks.check_approvers(databases=None) == []
    assert checks.check_approvers in registry.registered_checks


def test_it_waits_for_the_tables_on_a_new_database(monkeypatch):
    monkeypatch.setattr(checks.Role._meta, "db_table", "not_there_yet")

    assert checks.check_approvers(databases=["default"]) == []
