"""Run the benchmarks: ``python -m tests.benchmarks [--rows N] [--rounds K] [--growth N] [--slow-rows N] [--files N] [--seconds N --rate N] [--only NAME]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.benchmarks import (
    check_digits,
    checking,
    form,
    growth,
    ledger,
    names_only,
    peers,
    persons,
    planted,
    resolving,
    screening,
    searching,
    small_files,
)
from tests.benchmarks.bench import Bench
from tests.benchmarks.load import measuring as load
from tests.benchmarks.load import tries

NAMES = {
    "digits": check_digits.run,
    "form": form.run,
    "check": checking.run,
    "ledger": ledger.run,
    "growth": growth.run,
    "small": small_files.run,
    "planted": planted.run,
    "peers": peers.run,
    "persons": persons.run,
    "search": searching.run,
    "resolve": resolving.run,
    "screening": screening.run,
    "names-only": names_only.run,
    "load": load.run,
    "tries": tries.run,
}
DEFAULT = ("digits", "form", "check", "ledger", "small", "load")


def main() -> None:
    """Run what was asked for and print a table for docs/benchmarks.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the penalty file")
    parser.add_argument("--organisations", type=int, default=200_000, help="organisations in the register")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured; the median counts")
    parser.add_argument("--growth", type=int, default=0, help="grow the ledger to this many records")
    parser.add_argument(
        "--slow-rows", type=int, default=20_000, help="rows of the file that a peer gets which is too slow for all"
    )
    parser.add_argument("--files", type=int, default=300, help="how many small files stand in line")
    parser.add_argument("--seconds", type=int, default=600, help="how long the doors are under load")
    parser.add_argument("--rate", type=int, default=200, help="requests a second then")
    parser.add_argument("--home", type=Path, default=Path("var/bench"), help="where data and server live")
    parser.add_argument("--only", choices=[*NAMES], action="append", help="only this; may be given again")
    asked = parser.parse_args()
    names = asked.only or [*DEFAULT, *(["growth"] if asked.growth else [])]
    bench = Bench(
        asked.home.absolute(), asked.rows, asked.organisations, asked.rounds, asked.growth, asked.slow_rows, asked.files,
        asked.seconds, asked.rate,
    )  # fmt: skip
    lines = [line for name in names for line in NAMES[name](bench)]
    sys.stdout.write("\n| work | ours | limit | ratio or rate | goal |\n|---|---|---|---|---|\n")
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
