"""What the tools rely on, and nothing else would notice."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_site_is_a_folder_and_the_standard_library_keeps_its_module():
    assert [path.name for path in (ROOT / "site").iterdir()] == ["network"]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_what_is_installed_is_pinned_by_its_content_and_from_nowhere_in_particular(
    name,
):
    lines = (ROOT / name).read_text().splitlines()
    pinned = [line for line in lines if line[0].isalnum()]
    after = [lines[index + 1] for index, line in enumerate(lines) if line[0].isalnum()]

    assert all("==" in line and line.endswith("\\") for line in pinned)
    assert all(line.startswith("    --hash=sha256:") for line in after)
    assert not [line for line in lines if "://" in line or "index-url" in line]
