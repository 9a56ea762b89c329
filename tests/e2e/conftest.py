"""A browser on the demonstration network, served from a copy of its own."""

import shutil

import pytest
from django.test import override_settings
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests import databases
from tests.e2e.kinds import addresses_on

# A busy machine is slow, not wrong.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def site(demo_template, django_db_blocker, tmp_path_factory):
    """The address of the demonstration network, which the tests of a file share."""
    name, files = demo_template
    media = tmp_path_factory.mktemp("site") / "media"
    shutil.copytree(files, media)
    with (
        django_db_blocker.unblock(),
        databases.clone(name) as clone,
        databases.connected_to(clone.name),
        override_settings(MEDIA_ROOT=media),
    ):
        server = LiveServer("localhost")
        yield server.url
        server.stop()


@pytest.fixture(scope="module")
def addresses(site):
    return addresses_on(site)


@pytest.fixture
def browser_context_args(browser_context_args):
    """A civil servant's browser: French first."""
    return {**browser_context_args, "locale": "fr-FR"}
