"""Growth: the time per row while the ledger grows, a file of the same size at each step."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.bench import Bench, row, say


def run(bench: Bench) -> Iterator[str]:
    """Hand files in, one after the other, until the ledger has grown; yield the first and the last slope."""
    slopes, total = [], 0
    while total < bench.growth:
        file = bench.part(bench.handed_in + 1)
        taken = bench.submit(file).result
        total += taken["accepted"]
        slopes.append(taken["seconds"] / taken["received"] * 1e6)
        say(f"growth: {total:,} records, {slopes[-1]:.1f} µs a row")
        file.unlink()
        bench.forget_files()
    first, last = slopes[0], sum(slopes[-3:]) / len(slopes[-3:])
    yield row(
        f"growth to {total:,} records",
        f"{last:.1f} µs/row",
        f"first file {first:.1f} µs/row",
        f"{last / first:.2f} ×",
        "within 15 %",
    )
