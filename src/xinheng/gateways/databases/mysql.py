"""A department's MySQL or MariaDB through PyMySQL: one read-only transaction, an unbuffered cursor, every cell as the server writes it.

PyMySQL is an optional part (``xinheng[mysql]``). Tried against a real server by ``python -m tests.mysql`` only; see docs/how-to/deliver-from-a-database.md.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import unquote, urlsplit

from xinheng.core.errors import Unavailable, UnusableCall
from xinheng.gateways.databases import sentences
from xinheng.gateways.databases.source import ROWS, Row

_PATIENCE = 10  # seconds to wait for a connection
_NUMBERS = frozenset({0, 1, 2, 3, 4, 5, 8, 9, 13, 246})  # types of the protocol: decimals, integers, floats, years
_SETTINGS = (
    "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    "SET time_zone = '+08:00'",
    "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
)


class MySQL:
    """A connection as ``source`` uses it."""

    quote = "`"

    def __init__(self, url: str) -> None:
        driver, place = _driver(), _place(url)
        self.errors: tuple[type[Exception], ...] = (driver.err.MySQLError,)
        self.outages: tuple[type[Exception], ...] = (driver.err.OperationalError, driver.err.InterfaceError)
        self._missing: type[Exception] = driver.err.ProgrammingError
        self._unbuffered = driver.cursors.SSCursor
        try:
            self._connection = driver.connect(**place, charset="utf8mb4", connect_timeout=_PATIENCE, autocommit=False)
            for setting in _SETTINGS:
                self.ask(setting)
        except driver.err.MySQLError as error:
            raise Unavailable(sentences.AWAY, kind=type(error).__name__) from error

    def text_of(self, column: str) -> str:
        """Return the SQL of a column as text."""
        return f"CAST({column} AS CHAR)"

    def table_named(self, table: str) -> str:
        """Return a table's name in SQL."""
        quoted = ".".join(f"`{part.replace('`', '``')}`" for part in table.split("."))
        try:
            self.ask(f"SELECT 1 FROM {quoted} WHERE 1 = 0")  # noqa: S608 (quoted)
        except self._missing as error:
            raise UnusableCall(sentences.no_table(table), table=table) from error
        return quoted

    def ask(self, query: str) -> tuple[list[tuple[Any, ...]], list[tuple[str, Any]]]:
        """Return all rows of a small answer, and its columns by name and type."""
        with self._connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall()), [(column[0], column[1]) for column in cursor.description or ()]

    def stream(self, query: str, parameters: Sequence[object]) -> Iterator[Row]:
        """Yield the rows of a large answer, some at a time, as the server sends them."""
        with self._connection.cursor(self._unbuffered) as cursor:
            cursor.execute(query, tuple(parameters))
            while rows := cursor.fetchmany(ROWS):
                yield from rows

    def value(self, text: str, kind: Any) -> object:
        """Return the watermark; a number as one, because MySQL compares numbers with texts as floats."""
        if kind not in _NUMBERS:
            return text
        try:
            return Decimal(text)
        except InvalidOperation:
            return text

    def close(self) -> None:
        """End the transaction and the connection."""
        self._connection.close()


def _driver() -> Any:
    try:
        driver = importlib.import_module("pymysql")
        importlib.import_module("pymysql.cursors")
    except ModuleNotFoundError as error:
        raise UnusableCall(sentences.NO_DRIVER) from error
    return driver


def _place(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    try:
        port = parts.port or 3306
    except ValueError as error:
        raise UnusableCall(sentences.NO_ADDRESS) from error
    if not parts.hostname or len(parts.path) < 2:
        raise UnusableCall(sentences.NO_ADDRESS)
    return {
        "host": unquote(parts.hostname), "port": port, "user": unquote(parts.username or ""), "password": unquote(parts.password or ""),
        "database": unquote(parts.path[1:]),
    }  # fmt: skip
