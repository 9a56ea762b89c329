"""What all tests share: databases, a browser, and nothing that outlives them."""

import gc
import os
import shutil
from collections import Counter
from pathlib import Path
from unittest import mock

import hypothesis
import pytest
from django.conf import settings as site_settings
from django.core.cache import caches
from django.core.management import call_command
from django.test import TransactionTestCase, override_settings

from tests import browser, databases
from tests.opened import opened_database

__all__ = ["opened_database"]

# Playwright runs a loop in the tests' thread: Django would take them for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# To look for garbage as often as Python does takes a twentieth of the time of tests.
gc.set_threshold(100_000, 50, 100)

DATABASE = pytest.StashKey[databases.Clone]()
# The same texts in each run, however slow the machine.
hypothesis.settings.register_profile(
    "network", deadline=None, derandomize=True, database=None
)
hypothesis.settings.load_profile("network")

# What the demonstration is made of and by, besides the tables.
DEMO = [
    *("home/demo", "home/management", "cities", "site/network/access"),
    *("site/network/moderation", "site/network/translation", "search"),
]


# Files that take half a minute or more, in the order in which they are begun: before
# all others, or one process would work on the last of them while the rest wait.
LONG = [
    *("test_routes.py", "test_demo_site.py", "test_crawl.py", "test_subtree_copied.py"),
    *("test_crawl_forms.py", "test_reading.py", "test_accessibility.py"),
    *("test_searching.py", "test_following.py", "test_subtree.py"),
    *("test_moderation.py", "test_opening.py", "test_costs.py"),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    place = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path.name, len(LONG)))


@pytest.fixture(scope="session")
def schema(django_test_environment, django_db_blocker):
    """A database with all its tables, made once for all runs."""
    key = databases.schema_key()
    with django_db_blocker.unblock():
        return databases.template("schema", key, lambda: call_command("migrate", "-v0"))


@pytest.fixture(scope="session")
def django_db_setup(request, schema, django_db_blocker):
    with (
        django_db_blocker.unblock(),
        databases.clone(schema) as clone,
        databases.connected_to(clone.name),
        django_db_blocker.block(),
    ):
        request.config.stash[DATABASE] = clone
        yield


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item, nextitem):
    """Give the tests a new database after one that committed what it did.

    Django would empty all tables, which takes longer, and take from them what
    migrations made: Wagtail's root page, its locale and its collection.
    """
    if not is_transactional(item):
        return (yield)
    with mock.patch.object(TransactionTestCase, "_fixture_teardown"):
        result = yield
    if nextitem:
        item.config.stash[DATABASE].renew()
    return result


def is_transactional(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    flushing = {"transactional_db", "live_server", "django_db_reset_sequences"}
    return bool(
        (mark and mark.kwargs.get("transaction"))
        or flushing.intersection(getattr(item, "fixturenames", ()))
    )


@pytest.fixture(scope="session", autouse=True)
def temporary_media(tmp_path_factory):
    """Let tests upload what they like, but not among the pictures of `make run`."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(autouse=True)
def empty_cache():
    """A test that is undone leaves its traces in the cache: Wagtail's root paths.

    And how often somebody searched, whom all tests are.
    """
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(scope="session")
def demo_template(schema, django_db_blocker):
    """The demonstration network, loaded once for all runs: a database and its files."""
    root = Path(__file__).parents[1]
    key = databases.digest(root / folder for folder in DEMO) + schema[-4:]
    media = site_settings.VAR_DIR / "tests" / key

    def load():
        with override_settings(MEDIA_ROOT=media):
            call_command("load_demo")

    with django_db_blocker.unblock():
        return databases.template("demo", key, load, source=schema, needs=media), media


@pytest.fixture(scope="session")
def demo_database(demo_template, django_db_blocker, tmp_path_factory):
    name, media = demo_template
    copy = tmp_path_factory.mktemp("demo") / "media"
    shutil.copytree(media, copy)
    with (
        django_db_blocker.unblock(),
        databases.clone(name) as clone,
        django_db_blocker.block(),
    ):
        yield clone.name, copy


@pytest.fixture
def demo(demo_database, django_db_blocker, settings):
    """The demonstration network, in place of the empty database: not with `db`."""
    name, settings.MEDIA_ROOT = demo_database
    with django_db_blocker.unblock(), databases.lent(name):
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, **browser.launch_options()}


def pytest_terminal_summary(terminalreporter):
    """Say how much was tried by the tests that try many things."""
    sums: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            # What clears up after a test tells the same once more.
            if getattr(report, "when", "") == "call":
                sums.update(tried(report))
    for name, count in sums.items():
        terminalreporter.write_line(f"{name}: {count}")


def tried(report) -> dict[str, int]:
    said = report.user_properties
    return {name: count for name, count in said if name.startswith("tried: ")}
