"""One run of one tool in a process of its own: ``python -m tests.benchmarks.peer_run TOOL FOLDER ROWS DAY``; prints its seconds and what it named as JSON.

The time runs from opening the file to the tool's own result, with every failure and reason in it; imports, and turning the result into a list, are outside.
"""

from __future__ import annotations

import datetime as dt
import importlib
import json
import sys
import time
from pathlib import Path

from tests.benchmarks.sample_file import SampleFile

CUSTOM = "+custom"
"""Ending of a tool's name where its custom checks are used."""


def main(tool: str, folder: str, rows: str, day: str) -> None:
    """Run a tool on a sample and print what came of it."""
    sample = SampleFile(Path(folder), int(rows), dt.date.fromisoformat(day))
    seconds, cells = _ours(sample) if tool == "xinheng" else _theirs(tool, sample)
    sys.stdout.write(json.dumps({"seconds": seconds, "cells": cells}) + "\n")


def _ours(sample: SampleFile) -> tuple[float, list[tuple[int, str, str]]]:
    """Check as the platform does; reading the register is in the time, and lateness, which nobody planted, is left out of the list."""
    from tests.benchmarks.in_memory import check

    started = time.monotonic()
    outcome = check(sample)
    seconds = time.monotonic() - started
    cells = [(row, "", "unchanged") for row in sorted(outcome.unchanged)]
    for batch in outcome.issues:
        if batch.code != "V04":
            cells += [(row, batch.column, f"{batch.code} {batch.expected.en}") for row in batch.rows.tolist()]
    return seconds, cells


def _theirs(tool: str, sample: SampleFile) -> tuple[float, list[tuple[int, str, str]]]:
    try:
        peer = importlib.import_module(f"tests.benchmarks.peer_{tool.removesuffix(CUSTOM)}")
    except ImportError as failed:
        raise SystemExit(f"peers: the package {failed.name} cannot be imported: {failed}") from failed
    started = time.monotonic()
    said = peer.check(sample.penalties, sample.today, extras=tool.endswith(CUSTOM))
    seconds = time.monotonic() - started
    return seconds, peer.cells(said, sample.today)


if __name__ == "__main__":
    main(*sys.argv[1:])
