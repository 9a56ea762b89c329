"""The database is asked for an answer in good time, or for none."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

# What half of a large network says is counted without a disk, and found by the index:
# PostgreSQL does not know how long it takes to unpack each row to look into it. It
# compiles nothing: that takes longer than the answer.
PLAN = """
    SET LOCAL work_mem = '32MB'; SET LOCAL enable_seqscan = off; SET LOCAL jit = off
"""


def rows_in_time(statement: str, values: Mapping[str, Any] | None = None) -> list:
    """What the database answers within `SEARCH_SECONDS`; it gives up then.

    All goes to it as one message, which is a transaction if none is going on: the limit
    costs no further question, and ends with the transaction.
    """
    limits = f"SET LOCAL statement_timeout = '{settings.SEARCH_SECONDS}s'; {PLAN}"
    with connection.cursor() as cursor:
        cursor.execute(f"{limits}; {statement}", values)
        while cursor.nextset():
            pass
        return cursor.fetchall()


def took_too_long(error: OperationalError) -> bool:
    return isinstance(error.__cause__, QueryCanceled)
