"""Databases for tests: built once, kept as templates, cloned in a tenth of a second.

A template outlives the run, under a name that tells what it was built from. Each run or
worker has clones of its own. Who uses a database holds a lock in its name, and a killed
run holds none: what nobody uses any more is dropped by the next one.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

ROOT = Path(__file__).parents[1]
# What networks are made of and by.
CODE = [
    *("cities", "home", "methods", "resources", "site/network"),
    *("tests/databases.py", "tests/factories.py", "tests/networks.py"),
]
TEMPLATE = "network_template"
CLONE = "network_test"


class Clone:
    """A database as new, that tests may do with as they like."""

    def __init__(self, sql: CursorWrapper, template: str):
        self.sql = sql
        self.template = template
        self.name = f"{CLONE}_{uuid4().hex[:12]}"

    def renew(self) -> None:
        self.drop()
        self.sql.execute(f"CREATE DATABASE {self.name} TEMPLATE {self.template}")

    def drop(self) -> None:
        if connection.settings_dict["NAME"] == self.name:
            connections.close_all()
        drop(self.sql, self.name)


@contextmanager
def clone(template: str) -> Iterator[Clone]:
    """A clone of the template for as long as the block lasts."""
    with server() as sql:
        drop_unused(sql, CLONE)
        clone = Clone(sql, template)
        lock(sql, clone.name)
        lock(sql, template, shared=True)
        clone.renew()
        yield clone
        clone.drop()


def template(
    kind: str,
    key: str,
    build: Callable[[], None],
    *,
    source: str = "template1",
    needs: Path | None = None,
) -> str:
    """The template of this kind and key, made of `source` if there is none yet.

    One that is there without the files it `needs` is made again.
    """
    name = f"{TEMPLATE}_{kind}_{key}"
    with server() as sql:
        lock(sql, TEMPLATE)
        if needs and not needs.exists():
            drop(sql, name)
        if name not in names(sql, name):
            drop_unused(sql, f"{TEMPLATE}_{kind}_")
            build_template(sql, name, build, source)
    return name


def build_template(
    sql: CursorWrapper, name: str, build: Callable[[], None], source: str
) -> None:
    # It gets its name when it is complete, and nobody connects to it after that.
    unfinished = f"{name}_unfinished"
    sql.execute(f"CREATE DATABASE {unfinished} TEMPLATE {source}")
    with connected_to(unfinished):
        build()
    sql.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")


def template_of_code(
    kind: str, build: Callable[[], None], *by: Path, source: str
) -> str:
    """A template that is built by our code, and by these files: for today.

    It is saved as tests find it, in whose transactions nothing is ever committed: what
    follows a commit is left out. Tomorrow it would seem to be a day old.
    """

    def saved() -> None:
        with transaction.atomic(), kept():
            build()

    made_of = digest([*(ROOT / place for place in CODE), *by])
    key = sha256(f"{made_of} {source} {timezone.localdate()}".encode()).hexdigest()[:12]
    return template(kind, key, saved, source=source)


@contextmanager
def kept() -> Iterator[None]:
    """What is made here is found as if it had long been saved: nothing follows it."""
    yield
    connection.run_on_commit.clear()


@contextmanager
def lent(name: str) -> Iterator[None]:
    """This database, in which all that is done is undone."""
    with connected_to(name), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def server() -> Iterator[CursorWrapper]:
    """A connection to the server itself, beside that of the tests."""
    own = connection.copy()
    own.settings_dict["NAME"] = "postgres"
    try:
        with own.cursor() as sql:
            yield sql
    finally:
        own.close()


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    connect_to(name)
    try:
        yield
    finally:
        connect_to(before)


def address(name: str) -> str:
    """A DATABASE_URL for another process."""
    where = connection.settings_dict
    user = f"{quote(where['USER'])}:{quote(where['PASSWORD'])}"
    if where["HOST"].startswith("/"):
        return f"postgresql://{user}@:{where['PORT']}/{quote(where['HOST'])}/{name}"
    return f"postgresql://{user}@{where['HOST']}:{where['PORT'] or 5432}/{name}"


def connect_to(name: str) -> None:
    connection.close()
    # It knows the addresses of the other one's sites.
    cache.clear()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def lock(sql: CursorWrapper, name: str, *, shared: bool = False) -> None:
    """Wait until nobody else has the lock; it is given back with the connection."""
    function = "pg_advisory_lock_shared" if shared else "pg_advisory_lock"
    sql.execute(f"SELECT {function}(hashtext(%s))", [name])


def is_free(sql: CursorWrapper, name: str) -> bool:
    sql.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name])
    return sql.fetchone()[0]


def names(sql: CursorWrapper, start: str) -> list[str]:
    sql.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [start]
    )
    return [name for (name,) in sql.fetchall()]


def drop(sql: CursorWrapper, name: str) -> None:
    sql.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def drop_unused(sql: CursorWrapper, start: str) -> None:
    for name in names(sql, start):
        if is_free(sql, name):
            drop(sql, name)


def schema_key() -> str:
    """What all migrations come to, ours and those of what is installed."""
    return digest(Path(app.path, "migrations") for app in apps.get_app_configs())


def digest(places: Iterable[Path]) -> str:
    """A short name for what is in these files and folders now."""
    whole = sha256()
    for path in sorted(path for place in places for path in files_in(place)):
        if path.is_file() and path.suffix != ".pyc":
            whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()[:12]


def files_in(place: Path) -> Iterable[Path]:
    return [place] if place.is_file() else place.rglob("*.*")
