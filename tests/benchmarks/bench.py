"""What the benchmarks share: a home of their own, a sample in it, the command line as a user runs it, its peak memory."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ITEM = "administrative-penalty"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: what it printed as JSON, its seconds from start to end, its peak memory in MiB."""

    result: dict[str, Any]
    seconds: float
    peak: float


@dataclass(frozen=True, slots=True)
class Bench:
    """The sizes of a run and where it lives."""

    home: Path
    rows: int
    organisations: int
    rounds: int
    growth: int

    def xinheng(self, *arguments: str, allowed: tuple[int, ...] = (0, 3)) -> Run:
        """Run a command in this home; raises where it ends in another way than allowed."""
        environment = {**os.environ, "XINHENG_HOME": str(self.home / "home")}
        started = time.monotonic()
        child = subprocess.Popen([sys.executable, "-m", "xinheng", *arguments], env=environment, stdout=subprocess.PIPE)
        assert child.stdout is not None
        printed = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in allowed:
            raise RuntimeError(f"xinheng {' '.join(arguments)} ended with {child.returncode}: {printed.decode()}")
        result = json.loads(printed) if "--json" in arguments else {}
        return Run(result, time.monotonic() - started, usage.ru_maxrss / 1024)

    def sample(self, *, seed: int = 1, rows: int | None = None) -> Path:
        """Return a folder with a sample of ``rows`` narrow rows in one file, made once."""
        rows = rows or self.rows
        folder = self.home / f"sample-{self.organisations}-{rows}-{seed}"
        if not (folder / "summary.json").exists():
            self.xinheng(
                "sample", str(folder), "--organisations", str(self.organisations), "--records", str(rows), "--seed", str(seed),
                "--single-file", "--columns", "narrow", "--today", "2026-06-30",
            )  # fmt: skip
        return folder

    def prepared(self, folder: Path) -> str:
        """Load the sample's register and agencies and return the code of the agency that hands its file in."""
        with (folder / "agencies.csv").open(encoding="utf-8", newline="") as sheet:
            agency = next(csv.DictReader(sheet))["uscc"]
        known = self.xinheng("agencies", "list", "--json").result
        if not known:
            self.xinheng("subjects", "load", str(folder / "register.csv"), "--json")
            self.xinheng("agencies", "load", str(folder / "agencies.csv"), "--grant", ITEM)
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        return str(summary["files"][0]["agency"]) or agency


def row(*cells: object) -> str:
    """Return a line of the result table."""
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def say(text: str) -> None:
    """Tell what is going on, on standard error."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
