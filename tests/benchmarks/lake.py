"""The lake: rebuilding it, reading it against plain Parquet, compacting it, its growth: ``python -m tests.benchmarks.lake --rows N``.

The ledger is made by SQL (``tests.integration.lake.made``), a submission of ``--each`` rows at a time; every step is projected, so that the
time per row is seen while the lake grows. Beside the second half of it, and beside the compaction, a pinned version is read again and again.
``--lake-rows`` lets the lake alone grow on: the ledger is emptied after each step. ``--shapes`` measures fields as columns, as a map and as
JSON. Prints a table.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import psycopg
from tests.benchmarks.bench import row, say
from tests.integration.lake.made import MadeLedger

from xinheng import server
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.ledger.columns import field_columns
from xinheng.lake.reading import files_at, pinned
from xinheng.lake.tables import Lake

_QUESTIONS = {
    "fines by year and authority": """SELECT year(decided_on), deciding_authority, count(*), sum({fine}) FROM {rows}
        WHERE subject_kind <> 'individual-business' GROUP BY 1, 2""",
    "records of each subject": "SELECT subject_id, count(*), max(last_day) FROM {rows} GROUP BY 1",
}
_ALL = "SELECT count(*), count(DISTINCT subject_id), sum(CF_NR_FK), sum(hash(record_key, position, last_day)::HUGEINT) FROM {rows}"
_EMPTY = "ALTER TABLE record DISABLE TRIGGER USER; {parts}; TRUNCATE record; ALTER TABLE record ENABLE TRIGGER USER"
_PARTS = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'record'::regclass"


@dataclass(frozen=True, slots=True)
class Run:
    """A command: what it printed as JSON, its seconds, its peak memory in MiB."""

    result: Any
    seconds: float
    peak: float


@dataclass(frozen=True, slots=True)
class LakeBench:
    """The sizes of a run and where it lives."""

    home: Path
    rows: int
    each: int
    rounds: int

    @property
    def lake(self) -> Lake:
        """The lake of this home."""
        return Lake(self.home / "lake")

    def xinheng(self, *words: str) -> Run:
        """Run a command to its end."""
        started = time.monotonic()
        environment = {**os.environ, "XINHENG_HOME": str(self.home)}
        child = subprocess.Popen(
            [sys.executable, "-m", "xinheng", *words, "--json"], env=environment, stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        printed = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise RuntimeError(f"xinheng {' '.join(words)} ended with {child.returncode}: {printed.decode()}")
        return Run(json.loads(printed), time.monotonic() - started, usage.ru_maxrss / 1024)

    def timed(self, question: str, engine: duckdb.DuckDBPyConnection) -> float:
        """Return the median seconds of a query."""
        taken = []
        for _ in range(self.rounds):
            started = time.perf_counter()
            engine.execute(question).fetchall()
            taken.append(time.perf_counter() - started)
        return statistics.median(taken)


@dataclass(slots=True)
class Reading:
    """What a reader of a pinned version was answered while others wrote: how often, and how many different answers."""

    times: int = 0
    answers: set[tuple[Any, ...]] = field(default_factory=set)


@contextmanager
def reading_beside(lake: Lake) -> Iterator[Reading]:
    """Read the lake as it stands now, again and again, until the end of the block."""
    told, stop = Reading(), threading.Event()

    def read() -> None:
        with pinned(lake) as snapshot, duckdb.connect(config={"threads": 1}) as engine:
            while not stop.is_set():
                told.answers.add(tuple(engine.execute(_ALL.format(rows=snapshot.records())).fetchall()[0]))
                told.times += 1

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield told
    finally:
        stop.set()
        reader.join()


def grow(bench: LakeBench, made: MadeLedger) -> Iterator[str]:
    """Let the ledger grow and project each step; the second half beside a reader."""
    slopes = list(_steps(bench, made, bench.rows // 2))
    with reading_beside(bench.lake) as told:
        slopes += _steps(bench, made, bench.rows - bench.each * len(slopes))
    peak = max(peak for _, peak in slopes)
    yield _slope(f"growth to {bench.rows:,}", slopes, bench.each, f"{peak:.0f} MiB")
    yield row("a pinned version beside appends", f"read {told.times} times", f"{len(told.answers)} answer", "", "")


def grow_alone(bench: LakeBench, made: MadeLedger, url: str, until: int) -> Iterator[str]:
    """Let the lake grow on without its ledger, which is emptied after each step."""
    emptied = _emptying(url)
    slopes = list(_steps(bench, made, until - bench.rows, emptied))
    yield _slope(
        f"lake alone to {until:,}", slopes, bench.each
    )  # a child's peak is never below that of this process, which has read the lake
    compacted = bench.xinheng("lake", "compact")
    files = f"{compacted.result['before']} → {compacted.result['after']} files"
    yield row(f"compaction at {until:,}", f"{compacted.seconds:.1f} s", files, "", "")


def _steps(
    bench: LakeBench, made: MadeLedger, rows: int, after: Callable[[], None] = lambda: None
) -> Iterator[tuple[float, float]]:
    for _ in range(max(0, rows) // bench.each):
        started = time.monotonic()
        made.submission(bench.each)
        making = time.monotonic() - started
        projected = bench.xinheng("lake", "project")
        per_row = projected.result["seconds"] / projected.result["rows"] * 1e6
        say(
            f"{bench.each:,} rows more, made in {making:.0f} s, projected: {per_row:.2f} µs a row, {projected.peak:.0f} MiB"
        )
        yield per_row, projected.peak
        after()


def _slope(work: str, slopes: list[tuple[float, float]], each: int, memory: str = "") -> str:
    first, last = slopes[0][0], statistics.mean(per_row for per_row, _ in slopes[-3:])
    ours = f"{last:.2f} µs/row at the end, steps of {each:,}"
    return row(work, ours, f"first {first:.2f} µs/row", f"{last / first:.2f} ×", memory)


def _emptying(url: str) -> Callable[[], None]:
    def empty() -> None:
        with psycopg.connect(url) as connection:
            parts = [part for (part,) in connection.execute(_PARTS).fetchall()]
            off = "; ".join(f"ALTER TABLE {part} DISABLE TRIGGER USER" for part in parts)
            connection.execute(_EMPTY.format(parts=off))

    return empty


def rebuild(bench: LakeBench) -> Iterator[str]:
    """Rebuild, compare with the ledger, compact."""
    built = bench.xinheng("lake", "rebuild")
    rate = built.result["rows_per_second"]
    yield row(f"rebuild of {built.result['rows']:,}", f"{rate:,} rows/s", "", f"{built.peak:.0f} MiB", "")
    compared = bench.xinheng("lake", "status", "--compare")
    equal = "equal" if compared.result["differences"] == [] else f"DIFFERENT {compared.result['differences']}"
    yield row("compared with the ledger", equal, f"{compared.seconds:.1f} s", f"{compared.peak:.0f} MiB", "")
    size, rows = compared.result["size"], compared.result["rows"]
    yield row(
        "size", f"{size / 2**20:,.0f} MiB", f"{size / rows:.0f} bytes/row", f"{compared.result['files']} files", ""
    )
    with reading_beside(bench.lake) as told:
        compacted = bench.xinheng("lake", "compact")
    files = f"{compacted.result['before']} → {compacted.result['after']} files"
    yield row("compaction", f"{compacted.seconds:.1f} s", files, f"{compacted.peak:.0f} MiB", "")
    yield row("a pinned version beside compaction", f"read {told.times} times", f"{len(told.answers)} answer", "", "")


def read(bench: LakeBench) -> Iterator[str]:
    """Read the lake and plain Parquet of the same rows in turn."""
    engine = duckdb.connect()
    rows = files_at(bench.lake).records()
    plain = bench.home / "plain.parquet"
    options = "(FORMAT parquet, COMPRESSION zstd, FILE_SIZE_BYTES '256MiB', OVERWRITE true)"
    engine.execute(f"COPY (SELECT * FROM {rows}) TO '{plain}' {options}")
    for name, question in _QUESTIONS.items():
        ours, theirs = (
            bench.timed(question.format(rows=source, fine="CF_NR_FK"), engine)
            for source in (rows, f"read_parquet('{plain}/**/*.parquet')")
        )
        yield row(f"reading: {name}", f"{ours:.3f} s", f"plain Parquet {theirs:.3f} s", f"{ours / theirs:.2f} ×", "")


def shapes(bench: LakeBench) -> Iterator[str]:
    """Keep the same fields as columns, as a map and as JSON; yield size and time of a question for each."""
    engine = duckdb.connect()
    rows = files_at(bench.lake).records()
    columns = field_columns(load(name) for name in item_names())
    held = ", ".join(f'"{name}"' for name in columns)
    keys = ", ".join(f"'{name}'" for name in columns)
    values = ", ".join(f'"{name}"::VARCHAR' for name in columns)
    members = ", ".join(f'"{name}" := "{name}"' for name in columns)
    shaped = {
        "columns": ("*", "CF_NR_FK"),
        "map": (f"* EXCLUDE ({held}), MAP([{keys}], [{values}]) AS fields", "fields['CF_NR_FK']::BIGINT"),
        "json": (
            f"* EXCLUDE ({held}), to_json(struct_pack({members}))::VARCHAR AS fields", "(fields->>'CF_NR_FK')::BIGINT",
        ),
    }  # fmt: skip
    question = _QUESTIONS["fines by year and authority"]
    for name, (selected, fine) in shaped.items():
        file = bench.home / f"shape-{name}.parquet"
        engine.execute(f"COPY (SELECT {selected} FROM {rows}) TO '{file}' (FORMAT parquet, COMPRESSION zstd)")
        seconds = bench.timed(question.format(rows=f"read_parquet('{file}')", fine=fine), engine)
        yield row(f"fields as {name}", f"{seconds:.3f} s", f"{file.stat().st_size / 2**20:,.0f} MiB", "", "")


def main() -> None:
    """Run what was asked for and print a table for docs/benchmarks.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows to grow to")
    parser.add_argument("--lake-rows", type=int, default=0, help="rows to which the lake alone grows on")
    parser.add_argument("--each", type=int, default=500_000, help="rows of a submission")
    parser.add_argument("--rounds", type=int, default=5, help="how often a query is run; the median counts")
    parser.add_argument(
        "--home", type=Path, default=Path("var/bench-lake"), help="where data and server live (not there yet)"
    )
    parser.add_argument("--shapes", action="store_true", help="measure fields as columns, map and JSON as well")
    asked = parser.parse_args()
    bench = LakeBench(asked.home.absolute(), asked.rows, asked.each, asked.rounds)
    held = server.ensure(bench.home)
    bench.xinheng("agencies", "list")
    made = MadeLedger(held.url, subjects=max(1000, bench.rows // 10))
    parts = [lambda: grow(bench, made), lambda: rebuild(bench), lambda: read(bench)]
    parts += [lambda: shapes(bench)] if asked.shapes else []
    parts += [lambda: grow_alone(bench, made, held.url, asked.lake_rows)] if asked.lake_rows else []
    sys.stdout.write("| work | ours | limit | ratio or memory | |\n|---|---|---|---|---|\n")
    for part in parts:
        for line in part():
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    server.stop(bench.home, force=True)


if __name__ == "__main__":
    main()
