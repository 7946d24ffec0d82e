"""What the benchmarks share: a home of their own, parts of one made-up province, the command line as a user runs it, its peak memory."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from xinheng import server
from xinheng.core.sample.agencies import CREDIT_CENTRE
from xinheng.core.sample.files import FileMaker, FilePlan
from xinheng.core.sample.layouts import Layout
from xinheng.core.sample.organisations import Population
from xinheng.core.sample.penalties import Delivery, PenaltyMaker
from xinheng.core.sample.planting import Planting
from xinheng.core.sample.write import write_sample

ITEM = "administrative-penalty"
AGENCY = CREDIT_CENTRE.uscc
_SEED = 7


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: what it printed as JSON, its seconds from start to end, its peak memory in MiB."""

    result: Any
    seconds: float
    peak: float


@dataclass(frozen=True)
class Bench:
    """The sizes of a run and where it lives."""

    folder: Path
    rows: int
    organisations: int
    rounds: int
    growth: int
    slow_rows: int = 20_000
    files: int = 300
    seconds: int = 600
    rate: int = 200

    @property
    def home(self) -> Path:
        """Return the home of the platform that is measured."""
        return self.folder / "home"

    def xinheng(self, *arguments: str, allowed: tuple[int, ...] = (0, 3)) -> Run:
        """Run a command in this home; raises where it ends in another way than allowed."""
        environment = {**os.environ, "XINHENG_HOME": str(self.home)}
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

    def submit(self, file: Path, *options: str) -> Run:
        """Hand a file in as the agency of the sample."""
        return self.xinheng("submit", ITEM, str(file), "--agency", AGENCY, "--json", *options)

    @cached_property
    def prepared(self) -> bool:
        """Make and load register and agencies, once for a home; hold the server so that every command finds it running."""
        server.ensure(self.home)  # until this process ends
        register = self.folder / "province" / "register.csv"
        if not register.exists():
            (self.folder / "province").mkdir(parents=True, exist_ok=True)
            write_sample(
                lambda name: (register.parent / name).open("wb"),
                organisations=self.organisations, records=0, seed=_SEED, today=self.today, single_file=True,
            )  # fmt: skip
        if not self.xinheng("agencies", "list", "--json").result:
            say(f"loading {self.organisations:,} organisations")
            self.xinheng("subjects", "load", str(register), "--json")
            self.xinheng("agencies", "load", str(register.parent / "agencies.csv"), "--grant", ITEM)
        return True

    @property
    def today(self) -> dt.date:
        """Return the day on which the province is seen."""
        return dt.date(2026, 6, 30)

    def part(self, number: int) -> Path:
        """Return the file with the ``number``-th run of rows of the province: 18 columns, two in a hundred with a defect."""
        assert self.prepared
        path = self.folder / f"penalties-{self.organisations}-{self.rows}-{number}.csv"
        if path.exists():
            return path
        draft = path.with_suffix(".draft")
        self.write_rows(draft, number * self.rows, self.rows)
        draft.rename(path)
        return path

    def write_rows(self, path: Path, start: int, rows: int) -> None:
        """Write a file with some rows of the province, from ``start`` on."""
        plan = FilePlan(path.name, Delivery(CREDIT_CENTRE, None, Layout.NARROW), start, start + rows)
        with path.open("wb") as output:
            output.write((",".join(_quoted(heading) for heading in plan.delivery.layout.headings) + "\r\n").encode())
            for lines, _ in self._maker.blocks(plan, block_rows=20_000):
                output.write(("\r\n".join(lines) + "\r\n").encode())

    @property
    def handed_in(self) -> int:
        """Return how many files this home has taken so far: the next part is one that it does not know."""
        assert self.prepared
        return len(self.xinheng("submissions", "--json").result)

    def forget_files(self) -> None:
        """Drop the sealed files of what was handed in so far: a long run would fill the disk with them."""
        shutil.rmtree(self.home / "files", ignore_errors=True)

    @cached_property
    def _maker(self) -> FileMaker:
        population = Population.of(_SEED, size=self.organisations, today=self.today)
        return FileMaker(PenaltyMaker(population, self.today), Planting.of(_SEED, rate=0.02, layout=Layout.NARROW))


def _quoted(heading: str) -> str:
    return f'"{heading}"' if "," in heading else heading


def row(*cells: object) -> str:
    """Return a line of the result table."""
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def say(text: str) -> None:
    """Tell what is going on, on standard error."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {text}\n")
