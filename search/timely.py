"""The database is asked for an answer in good time, or for none."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled


def rows_in_time(statement: str, values: Mapping[str, Any] | None = None) -> list:
    """What the database answers within `SEARCH_SECONDS`; it gives up then.

    Both go to it as one message, which is a transaction if none is going on: the limit
    costs no further question, and holds for no other one.
    """
    limit = f"SET LOCAL statement_timeout = '{settings.SEARCH_SECONDS}s'"
    with connection.cursor() as cursor:
        cursor.execute(f"{limit}; {statement}", values)
        cursor.nextset()
        return cursor.fetchall()


def took_too_long(error: OperationalError) -> bool:
    return isinstance(error.__cause__, QueryCanceled)
