"""What readers are told when something breaks that they can do nothing about."""

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client

from network.core.faults import is_away
from tests.databases import connected_to


@pytest.fixture
def told():
    """The answer to a reader, whatever breaks while it is written."""
    reader = Client(raise_request_exception=False)
    return reader.get


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/fr/", "/en/search/?q=a", "/sitemap.xml"])
def test_while_the_database_is_away_readers_are_told_to_come_back(told, address):
    with connected_to("nobody_made_this"):
        answer = told(address)

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "no-store" in answer["Cache-Control"]
    said = answer.content.decode()
    assert "Le site revient dans un instant" in said
    assert "The site is back in a moment" in said
    assert "<li>503</li>" in said


@pytest.mark.django_db(transaction=True)
def test_the_site_is_back_when_the_database_is(told, home):
    with connected_to("nobody_made_this"):
        told("/fr/")

    assert told("/fr/").status_code == 200


@pytest.mark.django_db
def test_what_breaks_otherwise_is_said_to_be_broken(told, home, monkeypatch):
    monkeypatch.setattr("home.models.HomePage.serve", lambda *_: 1 / 0)

    answer = told("/fr/")

    assert answer.status_code == 500
    assert "Quelque chose a cassé chez nous" in answer.content.decode()


@pytest.mark.django_db
def test_a_database_that_gives_up_a_question_is_not_away():
    with (
        pytest.raises(OperationalError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)")

    assert not is_away(caught.value)
