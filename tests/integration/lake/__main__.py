"""The full run: ``python -m tests.integration.lake --moments 100 --seed 1``. Prints each moment and ends with 1 if one failed."""

from __future__ import annotations

import argparse
import sys
import time
import traceback

from .crashes import crash, moments


def main() -> int:
    """Live through all moments and say how each ended."""
    parser = argparse.ArgumentParser(prog="python -m tests.integration.lake")
    parser.add_argument("--moments", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    failed, started = 0, time.monotonic()
    with crash() as survivor:
        print(f"files of an undisturbed run: {survivor.files}", flush=True)
        for moment in moments(given.moments, seed=given.seed):
            try:
                how = survivor.survive(moment)
            except Exception:
                failed += 1
                how = "FAILED\n" + traceback.format_exc()
            print(f"{moment.number:3} {moment.command:8} {moment.share:4.0%}  {how}", flush=True)
    print(f"{given.moments} moments in {time.monotonic() - started:.0f} s, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
