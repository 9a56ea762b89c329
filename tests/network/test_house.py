"""What the tools rely on, and nothing else would notice."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = [
    path
    for folder in ("site", "home", "cities", "methods", "resources", "search")
    for path in (ROOT / folder).rglob("*.html")
]


def test_site_is_a_folder_and_the_standard_library_keeps_its_module():
    assert [path.name for path in (ROOT / "site").iterdir()] == ["network"]


LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-audit.txt"]


@pytest.mark.parametrize("name", LOCKS)
def test_what_is_installed_is_pinned_by_its_content_and_from_nowhere_in_particular(
    name,
):
    lines = (ROOT / name).read_text().splitlines()
    pinned = [line for line in lines if line[0].isalnum()]
    after = [lines[index + 1] for index, line in enumerate(lines) if line[0].isalnum()]

    assert all("==" in line and line.endswith("\\") for line in pinned)
    assert all(line.startswith("    --hash=sha256:") for line in after)
    assert not [line for line in lines if "://" in line or "index-url" in line]


def test_the_checkers_of_the_audit_are_pinned_by_their_content_too():
    lock = json.loads((ROOT / "tests/audit/package-lock.json").read_text())
    own = json.loads((ROOT / "tests/audit/package.json").read_text())
    packages = dict(lock["packages"])

    assert packages.pop("")["dependencies"] == own["dependencies"]
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert not [name for name, one in packages.items() if "resolved" in one]


def test_a_form_that_is_included_is_given_the_token_of_its_page():
    """Without it, what is sent is refused; only a real browser would tell."""
    texts = {path: path.read_text() for path in TEMPLATES}
    forms = [str(path) for path, text in texts.items() if "csrf" in text]
    given = []
    for text in texts.values():
        for tag in re.findall("{% include .+ only %}", text):
            name = tag.split('"')[1]
            if any(form.endswith(f"/templates/{name}") for form in forms):
                given.append("csrf_token=csrf_token" in tag)

    assert given
    assert all(given)
