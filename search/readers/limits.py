"""How much is read of a file, and what the process that reads it may take."""

import os
import resource
from contextlib import suppress

MOST_PAGES = 500
# Letters of the text; and bytes of what is inside a compressed file.
MOST_TEXT = 200_000
MOST_INSIDE = 16 * 2**20
MOST_MEMORY = 768 * 2**20
SECONDS_OF_WORK = 40
# Readers of the site come first.
NICENESS = 10

# How the process ends, besides with 0: all was read.
CUT, LOCKED, BROKEN = 10, 11, 12


class TooLong(Exception):
    """There is more than is read."""


class Locked(Exception):
    """It takes a password to read it."""


class Broken(Exception):
    """It is not what it should be."""


def limit_this_process() -> None:
    """Take what is enough for a file, write no other file, and run nothing else."""
    os.nice(NICENESS)
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, SECONDS_OF_WORK),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # macOS has no limit of memory.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
