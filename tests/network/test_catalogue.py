"""The whole interface is in both languages: one catalogue, complete and compiled."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[2]
CATALOGUE = Path("site/network/locale/fr/LC_MESSAGES")
COLLECT = ["makemessages", "-l", "fr", "--no-obsolete", "--no-wrap", "--no-location"]


@pytest.fixture(scope="module")
def committed():
    return polib.pofile(str(ROOT / CATALOGUE / "django.po"))


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """What `make messages` would make of the code and the catalogue of today."""
    copy = tmp_path_factory.mktemp("copy") / "project"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "var", "tests"))
    tools = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    subprocess.run(
        [sys.executable, "manage.py", *COLLECT],
        cwd=copy,
        env=os.environ | {"PATH": tools, "DATABASE_URL": "postgresql:///unused"},
        check=True,
        capture_output=True,
    )
    return polib.pofile(str(copy / CATALOGUE / "django.po"))


def keys(entries):
    return {(entry.msgctxt, entry.msgid) for entry in entries}


def texts(entries):
    return {
        (entry.msgctxt, entry.msgid): entry.msgstr_plural or entry.msgstr
        for entry in entries
    }


def test_the_catalogue_holds_the_texts_of_the_code_and_no_others(committed, collected):
    assert keys(committed) ^ keys(collected) == set()


def test_every_text_is_translated(collected):
    assert keys(collected.untranslated_entries()) == set()
    assert keys(collected.fuzzy_entries()) == set()


@pytest.mark.parametrize("name", ["django", "djangojs"])
def test_the_compiled_catalogue_is_the_catalogue(name):
    source, compiled = (
        read(str(ROOT / CATALOGUE / f"{name}.{form}"))
        for read, form in [(polib.pofile, "po"), (polib.mofile, "mo")]
    )

    assert texts(compiled) == texts(source.translated_entries())
