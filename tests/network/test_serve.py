"""`make run`: what it starts, what it keeps alive, and what it leaves behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest
from django.core.management import CommandError

from network.core.management.commands.serve import chosen_port, expect_free
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
def site(demo_template, demo_database, django_db_blocker, tmp_path, free):
    """The site with the demonstration network, started as `make run` does."""
    template, _ = demo_template
    _, media = demo_database
    with django_db_blocker.unblock(), databases.clone(template) as clone:
        ours = {
            "DATABASE_URL": databases.address(clone.name),
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
    return {child for child in children if does_jobs(child, site)}


def does_jobs(process, site):
    """Whether it is a worker, and not who restarts it when the code changes."""
    try:
        return "db_worker" in process.cmdline() and process.ppid() != site.pid
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


def test_the_site_runs_with_its_worker_until_it_is_told_to_stop(site, free):
    said = said_until(site, "Ctrl-C")
    assert f"http://localhost:{free}/fr/" in said
    assert "equipe@example.org" in said
    for language in ("fr", "en"):
        with urlopen(f"http://localhost:{free}/{language}/") as answer:
            assert f'<html lang="{language}"' in answer.read().decode()

    first = wait_for(lambda: workers(site))
    first.copy().pop().kill()
    assert wait_for(lambda: workers(site) - first)

    family = psutil.Process(site.pid).children(recursive=True)
    site.send_signal(signal.SIGTERM)
    assert "Stopped." in said_until(site, "Stopped.")
    assert site.wait(60) == 0
    assert psutil.wait_procs(family, timeout=10)[1] == []
