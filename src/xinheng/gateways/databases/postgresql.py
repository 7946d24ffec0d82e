"""A department's PostgreSQL: one read-only transaction, a named cursor, every cell as the server writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

import psycopg
from psycopg import sql

from xinheng.core.errors import Unavailable, UnusableCall
from xinheng.gateways.databases import sentences
from xinheng.gateways.databases.source import ROWS, Row

_PATIENCE = 10  # seconds to wait for a connection
_SETTINGS = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL timezone = 'Asia/Shanghai'",
    "SET LOCAL client_encoding = 'UTF8'",
)


class PostgreSQL:
    """A connection as ``source`` uses it."""

    quote = '"'
    errors: tuple[type[Exception], ...] = (psycopg.Error,)
    outages: tuple[type[Exception], ...] = (psycopg.OperationalError, psycopg.InterfaceError)

    def __init__(self, url: str) -> None:
        try:
            self._connection = psycopg.connect(url, connect_timeout=_PATIENCE, application_name="xinheng")
            for setting in _SETTINGS:
                self._connection.execute(cast("Any", setting))
        except psycopg.ProgrammingError as error:  # the address itself cannot be read; its words would quote it
            raise UnusableCall(sentences.NO_ADDRESS) from error
        except psycopg.Error as error:
            raise Unavailable(sentences.AWAY, kind=type(error).__name__) from error

    def text_of(self, column: str) -> str:
        """Return the SQL of a column as text."""
        return f"{column}::text"

    def table_named(self, table: str) -> str:
        """Return a table's name in SQL: as it is spelt, or in small letters, as PostgreSQL keeps what was made without quotes."""
        for name in dict.fromkeys((table, table.lower())):
            quoted = sql.Identifier(*name.split(".")).as_string(self._connection)
            found = self._connection.execute("SELECT to_regclass(%s)", [quoted]).fetchone()
            if found and found[0]:
                return quoted
        raise UnusableCall(sentences.no_table(table), table=table)

    def ask(self, query: str) -> tuple[list[tuple[Any, ...]], list[tuple[str, Any]]]:
        """Return all rows of a small answer, and its columns by name and type."""
        cursor = self._connection.execute(cast("Any", query))
        return cursor.fetchall(), [(column.name, column.type_code) for column in cursor.description or ()]

    def stream(self, query: str, parameters: Sequence[object]) -> Iterator[Row]:
        """Yield the rows of a large answer through a named cursor."""
        with self._connection.cursor(name="xinheng") as cursor:
            cursor.itersize = ROWS
            cursor.execute(cast("Any", query), tuple(parameters))
            yield from cursor

    def value(self, text: str, kind: Any) -> object:  # noqa: ARG002 (the server takes a text for the type of its column)
        """Return the watermark."""
        return text

    def close(self) -> None:
        """End the transaction and the connection."""
        self._connection.close()
