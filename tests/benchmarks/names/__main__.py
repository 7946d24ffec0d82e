"""Run the benchmark of names: ``python -m tests.benchmarks.names [--each N] [--seed S] [--show K]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence

from tests.benchmarks.names.measure import Labelled, Score, by_class, pairs, peer_score, peers, scored, verdicts

from xinheng.core.names import compare


def main() -> None:
    """Print a table a class, a table of matchers, and some of the pairs that were not judged as they should."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=500, help="pairs of each class")
    parser.add_argument("--seed", type=int, default=2020)
    parser.add_argument("--show", type=int, default=0, help="show this many misjudged pairs of each class")
    asked = parser.parse_args()
    compare("苏州金龙机械有限公司", "苏州金凤机械有限公司")  # the tables are read before the clock runs
    labelled = pairs(asked.seed, asked.each)
    found, rate = verdicts(labelled)
    sys.stdout.writelines(f"{line}\n" for line in _classes(labelled, found))
    ours = scored(labelled, [verdict == "same" for verdict in found], rate)
    sys.stdout.writelines(f"{line}\n" for line in _matchers(labelled, ours))
    sys.stdout.writelines(f"{line}\n" for line in _misjudged(labelled, found, asked.show))


def _classes(labelled: Sequence[Labelled], found: Sequence[str]) -> Iterator[str]:
    yield "| class | truth | pairs | same | ask | different | as it should be |"
    yield "|---|---|---|---|---|---|---|"
    for kind, truth, counted in by_class(labelled, found):
        total = counted.total()
        yield f"| {kind} | {truth} | {total} | {counted['same']} | {counted['ask']} | {counted['different']} | {counted[truth] / total:.1%} |"


def _matchers(labelled: Sequence[Labelled], ours: Score) -> Iterator[str]:
    yield ""
    yield "| matcher | precision | recall | F1 | wrongly the same | of | pairs/s of processor time |"
    yield "|---|---|---|---|---|---|---|"
    yield _row("xinheng", ours)
    for name, ask in peers():
        yield (
            f"| {name} | not installed | | | | | |"
            if ask is None
            else _row(f"{name}, best threshold", peer_score(labelled, ask))
        )


def _row(name: str, score: Score) -> str:
    return f"| {name} | {score.precision:.4f} | {score.recall:.4f} | {score.f1:.4f} | {score.wrongly_same} | {score.of} | {score.rate:,.0f} |"


def _misjudged(labelled: Sequence[Labelled], found: Sequence[str], show: int) -> Iterator[str]:
    shown: dict[str, int] = {}
    for pair, verdict in zip(labelled, found, strict=True):
        if verdict != pair.truth and shown.get(pair.kind, 0) < show:
            shown[pair.kind] = shown.get(pair.kind, 0) + 1
            yield f"{pair.kind}: {pair.a} | {pair.b} → {verdict}"


if __name__ == "__main__":
    main()
