"""`make run`: what it starts, what it keeps alive, and what it leaves behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError
from django.db import connection
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult
from environ import Env
from wagtail.models import Site
from wagtail.tasks import delete_file_from_storage_task

from network.core.management.commands.serve import chosen_port, expect_free, move_site
from network.settings.addresses import base_url
from tests import databases

ROOT = Path(__file__).parents[2]


@pytest.fixture
def taken():
    """A port on which somebody listens already."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield door.getsockname()[1]


@pytest.fixture
def free():
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


@pytest.fixture
def database(demo_template, django_db_blocker):
    """The database of the site, which we look at and break beside it."""
    with (
        django_db_blocker.unblock(),
        databases.clone(demo_template[0]) as clone,
        databases.connected_to(clone.name),
    ):
        yield clone.name


@pytest.fixture
def site(database, demo_database, tmp_path, free):
    """The site with the demonstration network, started as `make run` does."""
    _, media = demo_database
    ours = {
        "DATABASE_URL": databases.address(database),
        "DJANGO_SETTINGS_MODULE": "network.settings.dev",
        "MEDIA_ROOT": str(media),
        "PORT": str(free),
        "VAR_DIR": str(tmp_path),
    }
    with subprocess.Popen(
        [sys.executable, "-u", ROOT / "manage.py", "serve"],
        env=os.environ | ours,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as site:
        yield site
        site.kill()


def said_until(site, end):
    """What it has said when it says `end`, or all of it when it never does."""
    said = []
    for line in site.stdout:
        said.append(line)
        if end in line:
            break
    return "".join(said)


def workers(site):
    children = psutil.Process(site.pid).children(recursive=True)
    return {child for child in children if does_jobs(child)}


def does_jobs(process):
    try:
        return "db_worker" in process.cmdline()
    except psutil.Error:  # it has just ended
        return False


def wait_for(something):
    deadline = time.monotonic() + 60
    while not (found := something()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return found


def test_a_port_that_is_taken_is_not_fought_for(taken):
    advice = rf"Port {taken} is taken. Try: make run PORT=\d+"

    with pytest.raises(CommandError, match=advice):
        expect_free("localhost", taken)


@pytest.mark.parametrize("port", ["eight thousand", "0", "65536", "-1"])
def test_a_port_that_is_none_is_named(port, monkeypatch):
    monkeypatch.setenv("PORT", port)

    with pytest.raises(CommandError, match=f"PORT is {port};"):
        chosen_port()


@contextmanager
def no_table_of_jobs():
    table = connection.ops.quote_name(DBTaskResult._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO away")
        yield
        cursor.execute(f"ALTER TABLE away RENAME TO {table}")


def is_deleted_by_a_job(file):
    file.touch()
    storage = FileSystemStorage(location=str(file.parent)).deconstruct()
    task = delete_file_from_storage_task
    DatabaseBackend("default", {}).enqueue(task, [storage, file.name], {})
    return wait_for(lambda: not file.exists())


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({}, "http://localhost:8000"),
        # As `make` exports what nobody has given.
        ({"HOST": "", "PORT": ""}, "http://localhost:8000"),
        ({"HOST": "0.0.0.0", "PORT": "8001"}, "http://localhost:8001"),  # noqa: S104
        ({"HOST": "192.168.0.7", "PORT": ""}, "http://192.168.0.7:8000"),
        ({"PORT": "8001", "WAGTAILADMIN_BASE_URL": ""}, "http://localhost:8001"),
        (
            {"PORT": "8001", "WAGTAILADMIN_BASE_URL": "https://labs.example.org"},
            "https://labs.example.org",
        ),
    ],
)
def test_a_browser_is_sent_where_the_site_is(given, address, monkeypatch):
    for name in ("HOST", "PORT", "WAGTAILADMIN_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    assert base_url(Env()) == address


@pytest.mark.parametrize(
    ("before", "database_url", "after"),
    [
        ("localhost", "", ("localhost", 8001)),
        ("localhost", "postgres://db/labs", ("localhost", 8001)),
        ("labs.example.org", "", ("localhost", 8001)),
        ("labs.example.org", "postgres://db/labs", ("labs.example.org", 80)),
    ],
)
def test_a_site_on_a_server_of_ones_own_keeps_its_public_address(
    home, before, database_url, after, monkeypatch
):
    Site.objects.update(hostname=before, port=80)
    monkeypatch.setenv("DATABASE_URL", database_url)

    move_site("http://localhost:8001")

    assert Site.objects.values_list("hostname", "port").get() == after


def test_an_address_without_a_port_has_that_of_its_scheme(home, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)

    move_site("https://labs.example.org")

    site = Site.objects.get()
    assert (site.hostname, site.port) == ("labs.example.org", 443)


def test_the_site_runs_with_its_worker_until_it_is_told_to_stop(site, free, tmp_path):
    said = said_until(site, "Ctrl-C")
    assert f"http://localhost:{free}/fr/" in said
    assert "equipe@example.org" in said
    for language in ("fr", "en"):
        with urlopen(f"http://localhost:{free}/{language}/") as answer:
            assert f'<html lang="{language}"' in answer.read().decode()

    first = wait_for(lambda: workers(site))
    first.copy().pop().kill()
    assert wait_for(lambda: workers(site) - first)

    with no_table_of_jobs():  # as while the demonstration is loaded again
        psutil.wait_procs(workers(site), timeout=60)
    assert is_deleted_by_a_job(tmp_path / "waste.txt")

    family = psutil.Process(site.pid).children(recursive=True)
    site.send_signal(signal.SIGTERM)
    assert "Stopped." in said_until(site, "Stopped.")
    assert site.wait(60) == 0
    assert psutil.wait_procs(family, timeout=10)[1] == []
