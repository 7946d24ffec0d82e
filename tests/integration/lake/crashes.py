"""Killing a projection or a rebuild at a moment drawn by chance, and finishing the work with the same command.

At every moment the lake must equal the ledger at the position that it names; when the work is finished, all of it, once.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from ..commands import Xinheng, environment, fresh_home
from .made import MadeLedger

FINISH = """
import datetime as dt, json, django
django.setup()
from xinheng.core.access.roles import PLATFORM
from xinheng.lake.upkeep import measure
from xinheng.usecases.lake import lake_here
from xinheng.usecases.lake.comparing import differences
from xinheng.usecases.lake.project import project
lake = lake_here()
found = differences() if lake.exists else ()
reached = measure(lake).position if lake.exists else 0
project(actor=PLATFORM, at=dt.datetime.now(dt.UTC))
after = measure(lake)
print(json.dumps({"reached": reached, "torn": len(found), "differences": len(differences()), "position": after.position,
    "rows": after.rows, "events": after.events, "folders": sorted(one.name for one in lake.root.iterdir())}))
"""
STEPS, ROWS = 4, 300
WORDS = {"project": ("lake", "project", "--entries", 2), "rebuild": ("lake", "rebuild")}


@dataclass(frozen=True, slots=True)
class Moment:
    """Which command is killed, and when: as soon as this share of the files of an undisturbed run are there."""

    number: int
    command: str
    share: float


def moments(count: int, *, seed: int) -> list[Moment]:
    """Draw moments by chance; the same seed draws the same. Every fourth kills a rebuild."""
    draw = random.Random(seed)
    commands = ("project", "project", "rebuild", "project")
    return [Moment(n, commands[n % 4], draw.uniform(0, 1)) for n in range(count)]


class Crash:
    """A home whose ledger was made by every way in which it grows; its lake is thrown away before each moment."""

    def __init__(self, xinheng: Xinheng) -> None:
        self.xinheng = xinheng
        xinheng("agencies", "list")  # the tables
        self.ledger = MadeLedger(xinheng.server.url, subjects=500)
        self.ledger.grow(STEPS, ROWS)
        self.lake = xinheng.home / "lake"
        self.files = {command: self._undisturbed(command) for command in WORDS}
        self.built = self.lake.rename(self.lake.with_name("built"))

    def survive(self, moment: Moment) -> str:
        """Live through a moment; return how the killed command ended and where it had come to."""
        shutil.rmtree(self.lake, ignore_errors=True)
        if moment.command == "rebuild":
            shutil.copytree(self.built, self.lake)
        how = self._killed(self.xinheng.started(*WORDS[moment.command]), moment)
        held = self.finish()
        assert held["torn"] == 0, (moment, held)  # also where it had stopped half-way
        self.assert_whole(held)
        return f"{how} at position {held['reached']}"

    def finish(self) -> dict[str, Any]:
        """Compare the lake as it was left, project what is missing, compare again."""
        settings = {**environment(self.xinheng.home), "DJANGO_SETTINGS_MODULE": "xinheng.project.settings"}
        done = subprocess.run([sys.executable, "-c", FINISH], env=settings, capture_output=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout))

    def assert_whole(self, held: dict[str, Any]) -> None:
        """Assert that the lake holds everything, once."""
        assert held["differences"] == 0, held
        [whole] = self.xinheng.rows(
            "SELECT (SELECT count(*) FROM record), (SELECT count(*) FROM store_recordevent), (SELECT max(id) FROM store_outboxentry)"
        )
        assert (held["rows"], held["events"], held["position"]) == whole, held

    def _undisturbed(self, command: str) -> int:
        shutil.rmtree(self.lake, ignore_errors=True)
        self.xinheng(*WORDS[command])
        return self._count()

    def _count(self) -> int:
        return sum(1 for _ in self.lake.rglob("*"))

    def _killed(self, process: subprocess.Popen[str], moment: Moment) -> str:
        before = self._count()
        while process.poll() is None:
            if self._count() - before > moment.share * self.files[moment.command]:
                process.kill()
                process.communicate()
                return f"was killed after {moment.share:.0%}"
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.002)
        self.xinheng.finished(process)
        return f"had ended ({process.returncode})"


@contextmanager
def crash() -> Iterator[Crash]:
    """Make a home with a ledger in it."""
    with fresh_home() as xinheng:
        yield Crash(xinheng)
