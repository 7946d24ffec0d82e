"""Statements that the server plans once for a connection: of a page's short statements planning takes more of the server's time than answering.

A file is looked up in one of sixteen partitions: planned each time 1.6 ms of the server's processor, planned once 0.3 (``docs/benchmarks.md``). Parameters
travel apart from the statement. The settings say that a plan is good for all parameters; a statement that is much quicker for some than for others
is not for this cursor.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper


@contextmanager
def prepared_cursor() -> Iterator[CursorWrapper]:
    """Give a cursor whose statements are prepared when they come again."""
    connection.ensure_connection()
    raw: Any = ServerBindingCursor(connection.connection)  # type: ignore[call-arg] # psycopg's, which the stubs do not know
    with connection.make_debug_cursor(raw) if connection.queries_logged else connection.make_cursor(raw) as cursor:
        yield cursor
