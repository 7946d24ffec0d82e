"""The full run: ``python -m tests.integration.crash --moments 100 --seed 1``. Prints each moment and ends with 1 if one failed."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from pathlib import Path

from .moments import moments, wreck


def main() -> int:
    """Live through all moments and say how each ended."""
    parser = argparse.ArgumentParser(prog="python -m tests.integration.crash")
    parser.add_argument("--moments", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--records", type=int, default=60_000)
    given = parser.parse_args()
    failed, started = 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder, wreck(Path(folder), records=given.records) as wrecked:
        print(f"an undisturbed run takes {wrecked.seconds:.1f} s: {wrecked.expected}", flush=True)
        for moment in moments(given.moments, seed=given.seed):
            try:
                how = wrecked.survive(moment)
            except Exception:
                failed += 1
                how = "FAILED\n" + traceback.format_exc()
            print(f"{moment.number:3} {moment.target:10} {moment.first:4.0%}  {how}", flush=True)
        wrecked.assert_issues_once()
    seconds = time.monotonic() - started
    print(f"{given.moments} moments in {seconds:.0f} s, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
