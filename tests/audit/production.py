"""A server with the settings of production, on a database and files of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENVIRONMENT = ROOT / ".ci" / "production.env"
SECONDS_TO_START = 60
# What only the admin shows need not be compressed for this.
NOT_FOR_READERS = ["wagtail*", "rest_framework"]


@contextmanager
def served(database: str, media: Path, folder: Path) -> Iterator[str]:
    """The address of the site for as long as the block lasts."""
    port = free_port()
    environment = os.environ | said_in(ENVIRONMENT)
    environment |= {
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": database,
        "MEDIA_ROOT": str(media),
        "STATIC_ROOT": str(folder / "static"),
        "VAR_DIR": str(folder),
        "WAGTAILADMIN_BASE_URL": f"https://localhost:{port}",
    }
    collect(environment)
    process = subprocess.Popen(command(port), env=environment, cwd=ROOT)
    try:
        wait_for(process, port)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait()


def said_in(file: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in file.read_text().splitlines())


def collect(environment: dict[str, str]) -> None:
    """Name the static files by their content, and compress them."""
    left_out = [f"--ignore={pattern}" for pattern in NOT_FOR_READERS]
    collectstatic = ["manage.py", "collectstatic", "--noinput", "-v0", *left_out]
    subprocess.run(
        [sys.executable, *collectstatic], env=environment, cwd=ROOT, check=True
    )


def command(port: int) -> list[str]:
    where = ["--bind", f"localhost:{port}", "--threads", "4", "--no-control-socket"]
    server = [sys.executable, "-m", "gunicorn", *where, "--log-level", "warning"]
    return [*server, "tests.audit.front:application"]


def free_port() -> int:
    with socket.create_server(("localhost", 0)) as door:
        return door.getsockname()[1]


def wait_for(process: subprocess.Popen, port: int) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < end:
        try:
            return socket.create_connection(("localhost", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not start.")
