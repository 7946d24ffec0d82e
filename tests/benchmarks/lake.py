"""The lake: rebuilding it, reading it against plain Parquet, compacting it, its growth: ``python -m tests.benchmarks.lake --rows N``.

The ledger is made by SQL (``tests.integration.lake.made``), a submission of ``--each`` rows at a time; every step is projected, so that the
time per row is seen while the lake grows. ``--shapes`` measures fields as columns, as a map and as JSON. Prints a table.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from tests.benchmarks.bench import row, say
from tests.integration.lake.made import MadeLedger

from xinheng import server
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.ledger.columns import field_columns
from xinheng.lake.reading import files_at
from xinheng.lake.tables import Lake

_QUESTIONS = {
    "fines by year and authority": """SELECT year(decided_on), deciding_authority, count(*), sum({fine}) FROM {rows}
        WHERE subject_kind <> 'individual-business' GROUP BY 1, 2""",
    "records of each subject": "SELECT subject_id, count(*), max(last_day) FROM {rows} GROUP BY 1",
}


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


def grow(bench: LakeBench, url: str) -> Iterator[str]:
    """Let the ledger grow and project each step."""
    made, slopes, total = MadeLedger(url, subjects=max(1000, bench.rows // 10)), [], 0
    while total < bench.rows:
        started = time.monotonic()
        made.submission(bench.each)
        total += bench.each
        making = time.monotonic() - started
        projected = bench.xinheng("lake", "project")
        slopes.append(projected.result["seconds"] / projected.result["rows"] * 1e6)
        say(f"{total:,} rows, made in {making:.0f} s, projected: {slopes[-1]:.2f} µs a row, {projected.peak:.0f} MiB")
    first, last = slopes[0], statistics.mean(slopes[-3:])
    yield row(f"projecting {bench.each:,} rows", f"{1e6 / last:,.0f} rows/s", "", f"{projected.peak:.0f} MiB", "")
    yield row(f"growth to {total:,}", f"{last:.2f} µs/row", f"first {first:.2f} µs/row", f"{last / first:.2f} ×", "")


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
    compacted = bench.xinheng("lake", "compact")
    files = f"{compacted.result['before']} → {compacted.result['after']} files"
    yield row("compaction", f"{compacted.seconds:.1f} s", files, f"{compacted.peak:.0f} MiB", "")


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
    parts = [lambda: grow(bench, held.url), lambda: rebuild(bench), lambda: read(bench)]
    parts += [lambda: shapes(bench)] if asked.shapes else []
    sys.stdout.write("| work | ours | limit | ratio or memory | |\n|---|---|---|---|---|\n")
    for part in parts:
        for line in part():
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    server.stop(bench.home, force=True)


if __name__ == "__main__":
    main()
