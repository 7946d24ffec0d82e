"""Many small submissions: files of 50 rows (300, or ``--files``) stand in line, then one worker takes them, then two take as many again, in turn.

The time of the workers is the time of their commands, from start to end. Receiving is measured apart.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.bench import AGENCY, ITEM, Bench, row, say

ROWS = 50


def run(bench: Bench) -> Iterator[str]:
    """Measure receiving, one worker and two workers; yield the table's lines."""
    assert bench.prepared
    rounds = [(_taken(bench, workers=1), _taken(bench, workers=2)) for _ in range(bench.rounds)]
    received = statistics.median(one[0] for one, _ in rounds)
    alone = statistics.median(one[1] for one, _ in rounds)
    together = statistics.median(two[1] for _, two in rounds)
    files = bench.files
    name = f"{files:,} files of {ROWS} rows"
    yield row(
        f"{name}: received and in line",
        f"{received:.1f} s",
        "–",
        f"{files / received * 60:.0f} files/min",
        "≥ 300 files/min",
    )
    yield row("the same by one worker", f"{alone:.1f} s", "–", f"{files / alone * 60:.0f} files/min", "≥ 300 files/min")
    share = f"{files / together * 60:.0f} files/min, {alone / together:.2f} × as fast"
    yield row("as many by two workers", f"{together:.1f} s", f"one worker {alone:.1f} s", share, "faster than one")


def _taken(bench: Bench, *, workers: int) -> tuple[float, float]:
    """Return the seconds for receiving fresh files, and those that so many workers need for them."""
    known = bench.handed_in
    folder = _files(bench, known)
    queued = bench.xinheng("submit", ITEM, str(folder), "--agency", AGENCY, "--queue", "--json")
    shutil.rmtree(folder)
    started = time.monotonic()
    environment = {**os.environ, "XINHENG_HOME": str(bench.home)}
    command = [sys.executable, "-m", "xinheng", "worker", "--drain"]
    working = [subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) for _ in range(workers)]
    for worker in working:
        if worker.wait():
            raise RuntimeError(f"a worker ended with {worker.returncode}")
    seconds = time.monotonic() - started
    states = [one["state"] for one in bench.xinheng("submissions", "--json").result[: bench.handed_in - known]]
    if len(states) != bench.files or set(states) != {"committed"}:
        raise RuntimeError(f"not all is committed: {len(states)} submissions, {set(states)}")
    say(f"{workers} worker(s): received in {queued.seconds:.1f} s, taken in {seconds:.1f} s")
    return queued.seconds, seconds


def _files(bench: Bench, known: int) -> Path:
    """Write fresh files into a folder: rows of the province that the home has not seen."""
    folder = bench.folder / "small"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    first = 1_000_000_000 + known * ROWS  # far behind the parts that other benchmarks use
    for number in range(bench.files):
        bench.write_rows(folder / f"small-{known + number}.csv", first + number * ROWS, ROWS)
    return folder
