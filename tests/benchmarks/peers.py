"""Other validators on the same file: Frictionless, Pandera on Polars, dataframely; how fast, how much memory, and which planted defects each finds.

Each is told the same rules (``peer_rules``), once as far as its schema says them, once with its custom checks (``peer_extras``). None of them knows
the register, and none is asked for more than it claims to do: what they lack is no fault of theirs, but what a department would miss.
Pandera, Polars and dataframely are no dependencies of the project; without one of them the run ends with 1 and says which.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

from tests.benchmarks.bench import Bench, row, say
from tests.benchmarks.peer_run import CUSTOM
from tests.benchmarks.sample_file import Planted, SampleFile, sample_file

OURS = "xinheng"
PEERS = ("dataframely", "pandera", "frictionless")
TOOLS = (OURS, *(name for peer in PEERS for name in (peer, peer + CUSTOM)))
SLOW = "frictionless"
_KEPT = {
    OURS: "row, column, value, what is expected and how to mend it, in Chinese and English",
    "frictionless": "row, column, value and a sentence in English",
    "pandera": "place in the frame, column, value and the name of the check; for checks of several columns the whole row",
    "dataframely": "the row with the rules it broke; a row number only where a column carries one",
}


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a tool: seconds, peak memory in MiB, and the cells that it named (row, field, reason)."""

    seconds: float
    peak: float
    cells: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """All runs of a tool on one file, and the planted rows of that file to which something is due."""

    tool: str
    sample: SampleFile
    due: dict[int, Planted]
    runs: tuple[Run, ...]

    @property
    def rate(self) -> float:
        """Return the rows per second of the median run."""
        return self.sample.rows / statistics.median(run.seconds for run in self.runs)

    @property
    def peak(self) -> float:
        """Return the highest peak of memory in MiB."""
        return max(run.peak for run in self.runs)

    @property
    def rows(self) -> set[int]:
        """Return the rows that the tool named."""
        return {number for number, _, _ in self.runs[-1].cells}

    @property
    def at_the_cell(self) -> int:
        """Return in how many planted rows the tool named the very field, or the row where no one field is at fault."""
        named = {(number, field) for number, field, _ in self.runs[-1].cells}
        return sum(
            (number, planted.field) in named or (not planted.field and number in self.rows)
            for number, planted in self.due.items()
        )

    def kinds(self) -> dict[str, tuple[int, int]]:
        """Return for each kind of defect how many rows were named and how many planted."""
        rows = self.rows
        planted = Counter(one.kind for one in self.due.values())
        named = Counter(one.kind for number, one in self.due.items() if number in rows)
        return {kind: (named[kind], count) for kind, count in planted.items()}


def run(bench: Bench) -> Iterator[str]:
    """Run every tool in turn, so many rounds; print what each finds and yield the table's lines."""
    _ensure_installed()
    whole = sample_file(bench)
    samples = {tool: whole.head(bench.slow_rows) if tool.startswith(SLOW) else whole for tool in TOOLS}
    runs: dict[str, list[Run]] = {tool: [] for tool in TOOLS}
    for _ in range(bench.rounds):
        for tool, sample in samples.items():
            runs[tool].append(_run(tool, sample))
            say(f"{tool}: {sample.rows:,} rows in {runs[tool][-1].seconds:.1f} s, {runs[tool][-1].peak:.0f} MiB")
    results = [Result(tool, samples[tool], _due(samples[tool]), tuple(runs[tool])) for tool in TOOLS]
    _print_tools(results)
    _print_kinds(results)
    ours, *others = results
    for other in others:
        yield row(
            f"{other.tool}, {other.sample.rows:,} rows × 18",
            f"{ours.rate:,.0f} rows/s, {ours.peak:.0f} MiB ({ours.sample.rows:,} rows)",
            f"{other.rate:,.0f} rows/s, {other.peak:.0f} MiB",
            f"{ours.rate / other.rate:.2f} × as fast",
            "",
        )


def _ensure_installed() -> None:
    missing = [name for name in (*PEERS, "polars") if find_spec(name) is None]
    if missing:
        raise SystemExit(
            f"peers: {', '.join(missing)} is not installed. It is no dependency of the project: install it beside it to compare."
        )


def _run(tool: str, sample: SampleFile) -> Run:
    command = [sys.executable, "-m", "tests.benchmarks.peer_run", tool, str(sample.folder), str(sample.rows), sample.today.isoformat()]  # fmt: skip
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert child.stdout is not None
    printed = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"peers: {tool} ended with {child.returncode}")
    said = json.loads(printed.splitlines()[-1])
    return Run(
        said["seconds"], usage.ru_maxrss / 1024, tuple((number, field, why) for number, field, why in said["cells"])
    )


def _due(sample: SampleFile) -> dict[int, Planted]:
    """Return the planted rows of the file of which something is to be said: a former name is right."""
    last = sample.rows + 1
    return {number: one for number, one in sample.truth().items() if number <= last and one.expected != "accepted"}


def _print_tools(results: list[Result]) -> None:
    sys.stdout.write(
        "\n| tool | rows | rows/s | memory | planted rows found | at the very cell | other rows named | kept of each |\n|---|---|---|---|---|---|---|---|\n"
    )
    for one in results:
        found, others = len(one.rows & one.due.keys()), len(one.rows - one.due.keys())
        share = f"{found:,} of {len(one.due):,}"
        cells = (
            one.tool,
            f"{one.sample.rows:,}",
            f"{one.rate:,.0f}",
            f"{one.peak:.0f} MiB",
            share,
            f"{one.at_the_cell:,}",
            f"{others:,}",
        )
        sys.stdout.write(f"{row(*cells, _KEPT[one.tool.removesuffix(CUSTOM)])}\n")


def _print_kinds(results: list[Result]) -> None:
    sys.stdout.write(f"\n{row('planted', *(one.tool for one in results))}\n{'|---' * (len(results) + 1)}|\n")
    found = [one.kinds() for one in results]
    for kind in sorted(found[0]):
        counts = (f"{named}/{planted}" for named, planted in (each.get(kind, (0, 0)) for each in found))
        sys.stdout.write(f"{row(kind, *counts)}\n")
