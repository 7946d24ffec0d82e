"""Mutate files and take them through intake: ``python -m tests.fuzz --files N --seed S [--form F] [--from K] [--keep FOLDER] [--submit]``.

Prints one line a form and every fault with the number of its case; ``--from K --files 1`` with the same seed plays it again.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

from tests.fuzz.case import LONGEST, Result
from tests.fuzz.forms import FORMS
from tests.fuzz.submitting import submitted
from tests.fuzz.watching import watched


def main() -> int:
    """Play what was asked for; the exit code is 1 where a fault was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", choices=[*FORMS])
    parser.add_argument("--from", type=int, default=0, dest="first", help="number of the first case")
    parser.add_argument("--children", type=int, default=2)
    parser.add_argument("--submit", action="store_true", help="hand the files in by the real command (2 s a file)")
    parser.add_argument("--keep", type=Path, help="folder for the files with faults")
    asked = parser.parse_args()
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    faults, started = 0, time.monotonic()
    numbers = range(asked.first, asked.first + asked.files)
    if asked.submit:
        results = submitted(asked.seed, numbers, form=asked.form)
    else:
        results = watched(asked.seed, numbers, form=asked.form, children=asked.children)
    for number, result in results:
        outcomes[result.form].update([result.outcome, *(["counted"] if result.counted else [])])
        if result.faults:
            faults += 1
            _tell(number, result, asked.keep)
    _table(outcomes)
    print(
        f"{asked.files:,} files, seed {asked.seed}, {faults} with a fault, none over {LONGEST:.0f} s unless told; {time.monotonic() - started:.0f} s"
    )
    return 1 if faults else 0


def _tell(number: int, result: Result, keep: Path | None) -> None:
    print(f"case {number} ({result.form}, {result.source}; {' '.join(result.steps)}):")
    for fault in result.faults:
        print(f"    {fault}")
    sys.stdout.flush()
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{number}.{result.form}").write_bytes(result.data)


def _table(outcomes: dict[str, Counter[str]]) -> None:
    print("\n| form | files | read | rows counted beforehand | refused, by reason |\n|---|---|---|---|---|")
    for form in sorted(outcomes):
        counts = outcomes[form]
        refused = ", ".join(
            f"{reason} {count}" for reason, count in counts.most_common() if reason not in ("read", "counted")
        )
        print(f"| {form} | {counts.total() - counts['counted']} | {counts['read']} | {counts['counted']} | {refused} |")


if __name__ == "__main__":
    sys.exit(main())
