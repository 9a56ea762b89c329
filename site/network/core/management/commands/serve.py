import errno
import os
import signal
import socket
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Site

SECONDS_TO_STOP = 10
SECONDS_BETWEEN_LOOKS = 1
DEFAULT_PORTS = {"http": 80, "https": 443}


class Command(BaseCommand):
    help = "Prepares the database, then runs the site and its worker until Ctrl-C."
    requires_system_checks = []  # the server's own start does it

    def handle(self, **options):
        # The end of a terminal or of `make` ends everything, as Ctrl-C does, which a
        # process started in the background would not even hear.
        for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(ending, signal.default_int_handler)
        try:
            self.serve(os.environ.get("HOST") or "localhost", chosen_port())
        except KeyboardInterrupt:
            self.stdout.write("\nStopped.")

    def serve(self, host: str, port: int) -> None:
        expect_free(host, port)
        self.prepare()
        server = Child("runserver", f"{host}:{port}")
        # Who reloads it waits, after an exception, for the code to change: for ever.
        worker = Child("db_worker", "--no-reload", in_background=True)
        try:
            server.start()
            wait_for(server, host, port)
            self.announce(settings.WAGTAILADMIN_BASE_URL)
            self.look_after(server, worker)
        finally:
            stop(server, worker)

    def prepare(self) -> None:
        for folder in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
            Path(folder).mkdir(parents=True, exist_ok=True)
        if lacks_migrations():
            self.stdout.write("Making the tables …")
            call_command("migrate", verbosity=0)
        if not apps.get_model("home.HomePage").objects.exists():
            call_command("load_demo")
        move_site(settings.WAGTAILADMIN_BASE_URL)
        connection.close()

    def announce(self, address: str) -> None:
        self.stdout.write(f"\n  In French   {address}/fr/")
        self.stdout.write(f"  In English  {address}/en/")
        self.stdout.write(f"  To edit     {address}/admin/\n")
        call_command("demo_logins")
        self.stdout.write("\nCtrl-C stops the site.\n")

    def look_after(self, server: "Child", worker: "Child") -> None:
        worker.start()
        while server.is_running():
            if not worker.is_running():
                self.stderr.write("The worker has stopped, here is another one.")
                worker.start()
            time.sleep(SECONDS_BETWEEN_LOOKS)
        raise CommandError("The server has stopped.")


class Child:
    """Another of our commands, in a process of its own."""

    process: subprocess.Popen | None = None

    def __init__(self, *arguments: str, in_background: bool = False):
        self.arguments = arguments
        self.in_background = in_background

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, sys.argv[0], *self.arguments],
            env=os.environ | {"DJANGO_RUNSERVER_HIDE_WARNING": "true"},
            # Away from the terminal, whose Ctrl-C the server gets and debuggers need.
            start_new_session=self.in_background,
        )

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None


def stop(*children: Child) -> None:
    # A second, impatient Ctrl-C changes nothing.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    running = [child.process for child in children if child.process]
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def chosen_port() -> int:
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or int(port) not in range(1, 65536):
        raise CommandError(f"PORT is {port}; it must be a number from 1 to 65535.")
    return int(port)


def expect_free(host: str, port: int) -> None:
    if not is_free(host, port):
        another = next(number for number in count(port + 1) if is_free(host, number))
        raise CommandError(f"Port {port} is taken. Try: make run PORT={another}")


def is_free(host: str, port: int) -> bool:
    with socket.socket() as door:
        # A port that was left a moment ago is free: the server takes it so, too.
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CommandError(f"{host}:{port}: {error.strerror}.") from error
            return False
    return True


def wait_for(server: Child, host: str, port: int) -> None:
    while server.is_running():
        try:
            return socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
    raise CommandError("The server did not start.")


def move_site(address: str) -> None:
    """Let Wagtail's full addresses lead to where the site really is.

    On a server of one's own, a site that has an address elsewhere keeps it.
    """
    here = urlsplit(address)
    sites = Site.objects.filter(is_default_site=True)
    if os.environ.get("DATABASE_URL"):
        sites = sites.filter(hostname="localhost")
    sites.update(hostname=here.hostname, port=here.port or DEFAULT_PORTS[here.scheme])


def lacks_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
