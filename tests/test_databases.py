"""The databases of the tests themselves."""

import pytest
from wagtail.models import Page

from tests import databases


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("when", ["first", "then"])
def test_what_a_flush_takes_is_back_for_the_next_test(when):
    assert Page.get_first_root_node() is not None


@pytest.mark.django_db
def test_what_a_killed_run_left_behind_is_dropped_and_what_is_in_use_is_not(schema):
    with databases.clone(schema) as used, databases.server() as sql:
        sql.execute(f"CREATE DATABASE {databases.CLONE}_leftover")

        with databases.clone(schema) as ours:
            left = set(databases.names(sql, databases.CLONE))

    assert {used.name, ours.name} <= left
    assert f"{databases.CLONE}_leftover" not in left


@pytest.mark.django_db
def test_a_template_is_built_once(schema):
    built = []

    def build():
        built.append("once")

    names = [databases.template("trial", "key", build) for _ in range(2)]
    with databases.server() as sql:
        databases.drop(sql, names[0])

    assert names[0] == names[1]
    assert built == ["once"]
