"""Bulk writing: Arrow tables into tables by COPY, inside the transaction of the caller."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa
import pyarrow.csv as pc
from django.db import connection
from psycopg import sql

_PIECE = 1 << 20
_OPTIONS = pc.WriteOptions(include_header=False, batch_size=4096)


def copy_lines(content: Iterable[memoryview | bytes], *, into: str, columns: tuple[str, ...]) -> None:
    """Append ready lines (PostgreSQL's text format), in runs of any length, to the table ``into``."""
    _copy(content, "text", into, columns)


def copy_table(table: pa.Table, *, into: str) -> None:
    """Append an Arrow table to the table ``into``; its columns carry the names of the table's. Empty means null."""
    if table.num_rows:
        buffer = io.BytesIO()
        pc.write_csv(
            table.combine_chunks(), buffer, _OPTIONS
        )  # in one piece: behind an empty piece Arrow writes what it never wrote
        _copy([buffer.getbuffer()], "csv", into, tuple(table.column_names))


def _copy(content: Iterable[memoryview | bytes], form: str, into: str, columns: tuple[str, ...]) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT {})").format(
        sql.Identifier(into), sql.SQL(", ").join(map(sql.Identifier, columns)), sql.SQL(form)
    )
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for run in content:
            for start in range(0, len(run), _PIECE):
                copy.write(memoryview(run)[start : start + _PIECE])


def read_table(query: str, parameters: tuple[object, ...], types: dict[str, pa.DataType]) -> pa.Table:
    """Return a query's rows as an Arrow table, by COPY; ``types`` names its columns in order."""
    tables = list(stream_table(query, parameters, types, chunk=None))
    return tables[0] if tables else pa.schema(list(types.items())).empty_table()


def stream_table(
    query: str,
    parameters: tuple[object, ...] | Mapping[str, object],
    types: dict[str, pa.DataType],
    *,
    chunk: int | None,
) -> Iterator[pa.Table]:
    """Return a query's rows as Arrow tables, by one COPY, cut at row ends after about ``chunk`` bytes of CSV; none where it has no rows."""
    buffer = io.BytesIO()
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)", parameters) as copy,
    ):
        for row in copy:  # the server sends a row at a time
            buffer.write(row)
            if chunk is not None and buffer.tell() >= chunk:
                yield _parsed(buffer, types)
                buffer = io.BytesIO()
    if buffer.tell():
        yield _parsed(buffer, types)


def _parsed(buffer: io.BytesIO, types: dict[str, pa.DataType]) -> pa.Table:
    buffer.seek(0)
    return pc.read_csv(
        buffer,
        read_options=pc.ReadOptions(column_names=list(types)),
        parse_options=pc.ParseOptions(newlines_in_values=True),
        convert_options=pc.ConvertOptions(
            column_types=types, strings_can_be_null=True, quoted_strings_can_be_null=False, null_values=[""]
        ),
    )
