"""Writing a file to the ledger, against a bare COPY of the same rows into a table of the same shape with its indexes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
from tests.benchmarks.bench import Bench, row, say

from xinheng import server
from xinheng.core.ledger.rows import COLUMNS

_PIECE = 1 << 20
_PARTS = 16


def run(bench: Bench) -> Iterator[str]:
    """Submit a file that the ledger does not know and copy its rows bare, in turn; yield the table's lines."""
    ours, bare, peaks = [], [], []
    for number in range(bench.rounds):
        file = bench.part(bench.handed_in + 1)
        taken = bench.submit(file)
        rows = taken.result["accepted"]
        ours.append(taken.result["seconds"])
        peaks.append(taken.peak)
        bare.append(bare_copy(bench, taken.result["submission"]))
        say(f"ledger {number + 1}: ours {ours[-1]:.1f} s, bare {bare[-1]:.1f} s, {rows:,} rows, {taken.peak:.0f} MiB")
    mine, limit = statistics.median(ours), statistics.median(bare)
    per_second = bench.rows / mine
    yield row(
        f"the same into the ledger ({rows:,} taken)",
        f"{mine:.1f} s",
        f"bare COPY {limit:.1f} s",
        f"{mine / limit:.2f} ×",
        "≤ 1.25 ×",
    )
    yield row(
        "500 million rows by this slope",
        f"{500e6 / per_second / 3600:.2f} h",
        "–",
        f"{per_second:,.0f} rows/s",
        "≤ 3 h",
    )
    yield row("memory of it", f"{max(peaks):.0f} MiB", "–", "", "≤ 2 GiB")


def bare_copy(bench: Bench, submission: int) -> float:
    """Return the seconds of a bare COPY of a submission's rows, in their order, into an empty table of the ledger's shape."""
    held = server.ensure(bench.home)
    content = bench.folder / "bare.copy"
    columns = ", ".join(COLUMNS)
    with psycopg.connect(held.url, autocommit=True) as connection:
        _write_out(connection, content, submission, columns)
        _make_table(connection)
        connection.execute("CHECKPOINT" if _may_checkpoint(connection) else "SELECT 1")
        started = time.monotonic()
        with (
            content.open("rb") as source,
            connection.cursor() as cursor,
            cursor.copy(f"COPY bare ({columns}) FROM STDIN") as copy,
        ):
            while piece := source.read(_PIECE):
                copy.write(piece)
        seconds = time.monotonic() - started
        connection.execute("DROP TABLE bare")
    content.unlink()
    return seconds


def _write_out(connection: psycopg.Connection, content: Path, submission: int, columns: str) -> None:
    query = f"COPY (SELECT {columns} FROM record WHERE submission_id = {int(submission)} ORDER BY row_number) TO STDOUT"
    with content.open("wb") as target, connection.cursor() as cursor, cursor.copy(query) as copy:
        for part in copy:
            target.write(part)


def _make_table(connection: psycopg.Connection) -> None:
    connection.execute("DROP TABLE IF EXISTS bare")
    connection.execute("CREATE TABLE bare (LIKE record INCLUDING ALL) PARTITION BY HASH (subject_id)")
    for part in range(_PARTS):
        connection.execute(
            f"CREATE TABLE bare_{part} PARTITION OF bare FOR VALUES WITH (MODULUS {_PARTS}, REMAINDER {part})"
        )


def _may_checkpoint(connection: psycopg.Connection) -> bool:
    found = connection.execute("SELECT pg_has_role(current_user, 'pg_checkpoint', 'member')").fetchone()
    return bool(found and found[0])
