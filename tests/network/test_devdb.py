import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from environ import Env

from network import devdb

SITE = str(Path(devdb.__file__).parents[1])

# Somebody who asks where the database is, and stays until told to leave.
USER = f"""
import sys
sys.path.insert(0, {SITE!r})
from pathlib import Path
from network import devdb
print(devdb.url(Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def var(tmp_path):
    yield from forgotten_afterwards(tmp_path / "var")


@pytest.fixture
def odd_var(tmp_path):
    yield from forgotten_afterwards(tmp_path / ("é a+b%20 " * 12))


def forgotten_afterwards(var):
    yield var
    for folder in (devdb.Server(var).home, devdb.Server(var).sockets.parent):
        shutil.rmtree(folder, ignore_errors=True)


def arrive(var, *options):
    return subprocess.Popen(
        [sys.executable, *options, "-c", USER, var],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def address(user):
    return user.stdout.readline().strip()


def leave(user):
    return user.communicate(timeout=30)


def connect(var):
    sockets = str(devdb.Server(var).sockets)
    return psycopg.connect(host=sockets, user="postgres", dbname="network")


def answers(var):
    try:
        connect(var).close()
    except psycopg.OperationalError:
        return False
    return True


def test_all_who_come_at_once_share_one_server_and_the_last_to_leave_stops_it(var):
    users = [arrive(var) for _ in range(3)]
    assert len({address(user) for user in users}) == 1

    leave(users.pop())
    leave(users.pop())
    assert answers(var)

    leave(users.pop())
    assert not answers(var)


def test_what_was_written_is_there_at_the_next_start(var):
    user = arrive(var)
    address(user)
    with connect(var) as connection:
        connection.execute("CREATE TABLE city AS SELECT 'Lyon' AS name")
    leave(user)

    user = arrive(var)
    address(user)
    with connect(var) as connection:
        cities = connection.execute("SELECT name FROM city").fetchall()
    leave(user)

    assert cities == [("Lyon",)]


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_the_server_does_not_outlive_users_who_are_killed(var, end):
    user = arrive(var)
    address(user)

    user.send_signal(end)
    leave(user)

    deadline = time.monotonic() + 10
    while answers(var) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not answers(var)


def test_an_interrupted_creation_is_begun_again(var):
    half = devdb.Server(var).home / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")

    user = arrive(var)
    address(user)

    assert answers(var)
    leave(user)


def test_letters_are_letters_and_no_port_is_open(var):
    user = arrive(var)
    address(user)
    with connect(var) as connection:
        upper = connection.execute("SELECT upper('élève œuvre')").fetchone()
        ports = connection.execute("SHOW listen_addresses").fetchone()
    leave(user)

    assert (*upper, *ports) == ("ÉLÈVE ŒUVRE", "")


def test_whoever_starts_it_leaves_no_process_to_be_waited_for(var):
    user = arrive(var, "-W", "error")
    address(user)

    _, complaint = leave(user)

    assert complaint == ""


def test_a_folder_with_a_long_and_odd_name_is_no_obstacle(odd_var):
    user = arrive(odd_var)

    database = Env.db_url_config(address(user))

    assert database["HOST"] == str(devdb.Server(odd_var).sockets)
    assert database["NAME"] == "network"
    assert answers(odd_var)
    leave(user)


def test_without_any_postgresql_we_are_told_what_to_do(var):
    _, complaint = leave(arrive(var, "-I", "-S"))  # nothing but the standard library

    assert "Set DATABASE_URL to the address of one" in complaint


def test_a_wrong_folder_of_programs_is_named(var, tmp_path, monkeypatch):
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))

    _, complaint = leave(arrive(var))

    assert f"PG_BINDIR is {tmp_path}, where there is no initdb." in complaint
