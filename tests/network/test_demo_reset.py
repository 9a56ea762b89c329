"""`make demo-reset`: what it throws away, what it keeps, and what it refuses."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import Site

from home.demo.loading import front_door
from home.management.commands import load_demo
from home.models import HomePage
from network.core.management.commands import demo_reset
from tests import databases
from tests.factories import locale


@pytest.fixture
def database(schema, django_db_blocker, settings, tmp_path, monkeypatch):
    """A database of development, whose demonstration is a front door only."""
    settings.DEBUG, settings.MEDIA_ROOT = True, tmp_path / "media"
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(load_demo, "load", demonstration)
    with (
        django_db_blocker.unblock(),
        databases.clone(schema) as clone,
        databases.connected_to(clone.name),
    ):
        yield clone.name


def demonstration(say=print):
    return front_door(locale("fr"), locale("en"))


def upload(folder):
    folder.mkdir()
    (folder / "plan.pdf").touch()
    return folder / "plan.pdf"


def test_a_reset_throws_away_all_but_the_address_of_the_site(database, settings):
    page = demonstration()
    page.title = "Written by somebody"
    page.save()
    file = upload(settings.MEDIA_ROOT)
    Site.objects.update(hostname="localhost", port=8123)

    call_command("demo_reset")

    titles = HomePage.objects.values_list("title", flat=True)
    assert set(titles) == {"Code Source"}
    assert not file.exists()
    assert Site.objects.values_list("hostname", "port").get() == ("localhost", 8123)


@pytest.fixture
def migrated_before(schema, database, monkeypatch):
    """Have `migrate` find all tables made, as it makes them itself in another test."""

    def call(name, **options):
        if name == "migrate":
            databases.connect_to(tables.name)
        else:
            call_command(name, **options)

    with databases.clone(schema) as tables:
        monkeypatch.setattr(demo_reset, "call_command", call)
        yield
        databases.connect_to(database)


def test_a_reset_mends_a_database_without_any_table(database, migrated_before):
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")

    call_command("demo_reset")

    assert HomePage.objects.count() == 2
    assert Site.objects.values_list("hostname", "port").get() == ("testserver", 80)


def test_a_server_of_ones_own_is_emptied_only_when_told_so(database, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://db.example.org/labs")
    demonstration()

    with pytest.raises(CommandError) as refusal:
        call_command("demo_reset")

    settings = connection.settings_dict
    assert str(refusal.value) == (
        f"DATABASE_URL is set: this would empty the database “{database}” "
        f"on {settings['HOST']}. If it may: make demo-reset CONFIRM=yes"
    )
    assert HomePage.objects.count() == 2
    assert demo_reset.refuse_real_sites(yes=True) is None


def test_a_real_site_is_never_emptied(database, settings):
    settings.DEBUG = False
    demonstration()

    with pytest.raises(CommandError, match="it is for development only"):
        call_command("demo_reset", yes=True)

    assert HomePage.objects.count() == 2
