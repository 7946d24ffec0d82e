"""Checking a file, against DuckDB copying the same file to Parquet (zstd, order kept) with no rule at all; and its memory."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

import duckdb
from tests.benchmarks.bench import Bench, row, say


def run(bench: Bench) -> Iterator[str]:
    """Measure both in turn and yield the table's lines."""
    file = bench.part(0)
    bare, ours, peaks = [], [], []
    for number in range(bench.rounds):
        bare.append(bare_copy(str(file), str(bench.folder / "bare.parquet")))
        checked = bench.submit(file, "--check-only")
        ours.append(checked.result["seconds"])
        peaks.append(checked.peak)
        say(f"check {number + 1}: ours {ours[-1]:.1f} s, bare {bare[-1]:.1f} s, {checked.peak:.0f} MiB")
    mine, limit = statistics.median(ours), statistics.median(bare)
    yield row(
        f"check {bench.rows:,} rows × 18",
        f"{mine:.1f} s",
        f"DuckDB CSV→Parquet {limit:.1f} s",
        f"{mine / limit:.2f} ×",
        "≤ 1.3 ×",
    )
    yield row("memory of it", f"{max(peaks):.0f} MiB", "–", "", "≤ 2 GiB")


def bare_copy(source: str, target: str) -> float:
    """Return the seconds that DuckDB takes to copy a CSV to Parquet, rows that do not fit left out."""
    connection = duckdb.connect(config={"preserve_insertion_order": True})
    started = time.monotonic()
    connection.execute(
        f"COPY (SELECT * FROM read_csv('{source}', all_varchar=true, header=true, ignore_errors=true, quote='\"', delim=','))"
        f" TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
    )
    return time.monotonic() - started
