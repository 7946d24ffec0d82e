"""Reading one table of a department's database: a consistent snapshot, rows in the order of the watermark, memory flat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from xinheng.core.errors import Unavailable, UnusableCall
from xinheng.gateways.databases import sentences

ROWS = 2000
"""How many rows are fetched at a time."""
Row = tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which rows are asked for: those of ``table`` whose ``watermark`` is not below ``since`` (all that have one, where it is ``None``).

    They come in the order of the watermark and then of the ``key``, where there is one. ``since`` is what an earlier reading gave.
    """

    table: str
    watermark: str
    key: str = ""
    since: str | None = None


class Connected(Protocol):
    """A connection to a database of one kind, in a transaction that only reads and sees one state throughout."""

    quote: str
    """The sign around names."""
    errors: tuple[type[Exception], ...]
    """All errors of the driver."""
    outages: tuple[type[Exception], ...]
    """Those that mean that the database is away."""

    def text_of(self, column: str) -> str:
        """Return the SQL of a column as text."""
        ...

    def table_named(self, table: str) -> str:
        """Return the name of a table in SQL; raises ``UnusableCall`` where there is none."""
        ...

    def ask(self, sql: str) -> tuple[list[tuple[Any, ...]], list[tuple[str, Any]]]:
        """Return all rows of a small answer, and its columns by name and type."""
        ...

    def stream(self, sql: str, parameters: Sequence[object]) -> Iterator[Row]:
        """Yield the rows of a large answer through a cursor of the server; a sign % is written twice in ``sql``."""
        ...

    def value(self, text: str, kind: Any) -> object:
        """Return a watermark as it is compared with a column of a type."""
        ...

    def close(self) -> None:
        """End the transaction and the connection."""
        ...


class Source:
    """One table, open: ``columns`` are its headings, in order; ``without_watermark`` counts rows that carry no watermark and are not read."""

    def __init__(self, connection: Connected, question: Question) -> None:
        self._connection = connection
        self._since = question.since
        self._table = connection.table_named(question.table)
        _, described = connection.ask(f"SELECT * FROM {self._table} WHERE 1 = 0")  # noqa: S608 (quoted)
        self.columns = tuple(name for name, _ in described)
        self.watermark = self._column(question.watermark)
        self.key = self._column(question.key) if question.key else ""
        self._kind = dict(described)[self.watermark]
        mark = self._quoted(self.watermark)
        empty = f"{mark} IS NULL OR {connection.text_of(mark)} = ''"
        ((self.without_watermark,),), _ = connection.ask(f"SELECT count(*) FROM {self._table} WHERE {empty}")  # noqa: S608

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Yield the watermark of each row, as text, and its cells in the order of ``columns``, as text."""
        mark = self._quoted(self.watermark)
        cells = ", ".join(self._connection.text_of(self._quoted(name)) for name in (self.watermark, *self.columns))
        order = ", ".join([mark, *([self._quoted(self.key)] if self.key else [])])
        cells, order, table = (part.replace("%", "%%") for part in (cells, order, self._table))
        mark = mark.replace("%", "%%")
        newer, values = f"{mark} IS NOT NULL AND {self._connection.text_of(mark)} <> ''", []
        if self._since is not None:
            newer, values = f"{mark} >= %s", [self._connection.value(self._since, self._kind)]
        sql = f"SELECT {cells} FROM {table} WHERE {newer} ORDER BY {order}"  # noqa: S608 (names are quoted)
        with explained(self._connection):
            for first, *rest in self._connection.stream(sql, values):
                yield str(first), tuple(rest)

    def _column(self, name: str) -> str:
        """Return a column as the table spells it: exactly, or else in another case."""
        found = [column for column in self.columns if column == name]
        found = found or [column for column in self.columns if column.casefold() == name.casefold()]
        if len(found) != 1:
            raise UnusableCall(sentences.no_column(name, self.columns), column=name)
        return found[0]

    def _quoted(self, name: str) -> str:
        quote = self._connection.quote
        return f"{quote}{name.replace(quote, quote * 2)}{quote}"


@contextmanager
def explained(connection: Connected) -> Iterator[None]:
    """Turn what the driver raises into our sentences: its own words may hold the address, or a row."""
    try:
        yield
    except connection.outages as error:
        raise Unavailable(sentences.AWAY, kind=type(error).__name__) from error
    except connection.errors as error:
        raise UnusableCall(sentences.unreadable(type(error).__name__)) from error


@contextmanager
def open_source(url: str, question: Question) -> Iterator[Source]:
    """Open a table; raises ``UnusableCall`` (address, table, column) or ``Unavailable`` (the database is away)."""
    connection = _connected(url)
    try:
        with explained(connection):
            source = Source(connection, question)
        yield source
    finally:
        connection.close()


def _connected(url: str) -> Connected:
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        scheme = ""
    if scheme in ("postgresql", "postgres"):
        from xinheng.gateways.databases.postgresql import PostgreSQL

        return PostgreSQL(url)
    if scheme in ("mysql", "mariadb"):
        from xinheng.gateways.databases.mysql import MySQL

        return MySQL(url)
    raise UnusableCall(sentences.NO_ADDRESS)
