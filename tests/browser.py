"""The Chromium or Chrome that the tests drive: found or, for `make test`, installed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
ON_MACOS = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
]
NONE = """\
The tests drive a browser. There is none here, and none could be installed.
Install Chromium or Chrome, or set CHROMIUM to the path of one, and try again."""


@cache
def find() -> str | None:
    """The path of a browser that starts, if this machine has one."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen
    return next(filter(starts, candidates()), None)


def candidates() -> Iterator[str]:
    yield from filter(None, map(shutil.which, NAMES))
    yield from ON_MACOS
    yield downloaded()


def downloaded() -> str:
    """Where Playwright's own would be."""
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def starts(path: str) -> bool:
    # Ubuntu's package is a script that only says to install another one.
    return Path(path).exists() and succeeds(path, "--version", quiet=True)


def install() -> bool:
    with_package() or with_download()
    find.cache_clear()
    return find() is not None


def with_package() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    package = ["--no-install-recommends", "chromium"]
    return succeeds("apt-get", "update", "-qq") and succeeds(
        "apt-get", "install", "-y", "-qq", *package
    )


def with_download() -> bool:
    return succeeds(sys.executable, "-m", "playwright", "install", "chromium")


def succeeds(*command: str, quiet: bool = False) -> bool:
    output = subprocess.DEVNULL if quiet else None
    done = subprocess.run(command, stdout=output, stderr=output, check=False)
    return done.returncode == 0


def launch_options() -> dict[str, object]:
    """What Playwright needs to know to start it."""
    # Chromium's sandbox refuses root, and containers have a small /dev/shm.
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": find(), "args": ["--disable-dev-shm-usage", *root]}


if __name__ == "__main__" and not (find() or install()):
    sys.exit(NONE)
