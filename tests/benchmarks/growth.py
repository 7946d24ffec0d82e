"""Growth: the time per row while the ledger grows, a file of the same size at each step, held against a copy of that file without any rule.

The copy tells how fast the machine is at that moment: the processor of a shared machine is not the same from one minute to the next.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from tests.benchmarks.bench import Bench, row, say
from tests.benchmarks.checking import bare_copy


@dataclass(frozen=True, slots=True)
class Step:
    """One file: µs a row that we took, µs a row of DuckDB's copy of the same file to Parquet."""

    ours: float
    copy: float

    @property
    def ratio(self) -> float:
        """How many times the copy."""
        return self.ours / self.copy


def run(bench: Bench) -> Iterator[str]:
    """Hand files in, one after the other, until the ledger has grown; yield the first and the last slope, as time and as ratio."""
    steps, total = list[Step](), 0
    while total < bench.growth:
        file = bench.part(bench.handed_in + 1)
        copied = bare_copy(str(file), str(bench.folder / "bare.parquet"))
        taken = bench.submit(file).result
        total += taken["accepted"]
        steps.append(Step(taken["seconds"] / taken["received"] * 1e6, copied / taken["received"] * 1e6))
        say(f"growth: {total:,} records, {steps[-1].ours:.1f} µs a row, {steps[-1].ratio:.2f} × the copy")
        file.unlink()
        bench.forget_files()
    first, last = _middle(steps[:3]), _middle(steps[-3:])
    yield row(
        f"growth to {total:,} records",
        f"{last.ours:.1f} µs/row, {last.ratio:.2f} × the copy",
        f"first files {first.ours:.1f} µs/row, {first.ratio:.2f} × the copy",
        f"{last.ours / first.ours:.2f} × ({last.ratio / first.ratio:.2f} × by ratio)",
        "within 15 %",
    )


def _middle(steps: list[Step]) -> Step:
    return Step(statistics.median(step.ours for step in steps), statistics.median(step.copy for step in steps))
