"""Killing what works on a submission, at a moment drawn by chance, and finishing the work with the same command.

What is killed: the command itself, the worker that finishes what a killed command left, the database server, its supervisor.
Afterwards the same command must end as an undisturbed run does, and the tables must hold each thing once.
"""

from __future__ import annotations

import csv
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from xinheng import server as servers
from xinheng.server.layout import Layout

from ..commands import Xinheng, environment, fresh_home
from ..sheets import PENALTY

DAY = "2026-05-06"
LONG_ENOUGH = 96 << 20  # bytes of the file, so that it is cut into three chunks
ROW = 900  # bytes of a row as the generator writes it
COUNTS = ("received", "accepted", "unchanged", "corrected", "rejected", "waiting", "warnings", "issues")
TARGETS = ("command", "server", "worker", "command", "supervisor", "command", "server", "worker")
DEFER = """
import sys, django
django.setup()
from xinheng.jobs.tasks import finish_unfinished_submissions
finish_unfinished_submissions.defer(timestamp=int(sys.argv[1]))
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """What is killed, and when, as shares of the time that an undisturbed run takes."""

    number: int
    target: str
    first: float
    second: float


def moments(count: int, *, seed: int) -> list[Moment]:
    """Draw moments by chance; the same seed draws the same."""
    draw = random.Random(seed)
    return [
        Moment(number, TARGETS[number % len(TARGETS)], draw.uniform(0, 1.05), draw.uniform(0, 1.3))
        for number in range(count)
    ]


class Wreck:
    """A home with one large file to be handed in, and its state before that, to which it returns for each moment."""

    def __init__(self, xinheng: Xinheng, folder: Path, *, records: int) -> None:
        self.xinheng = xinheng
        self.file, self.agency = _sample(xinheng, folder, records)
        self._query("postgres", f"CREATE DATABASE prepared TEMPLATE {self._database} STRATEGY file_copy")
        self.files = xinheng.home / "files"
        self.expected, first = self._undisturbed()
        self._reset()
        again, second = self._undisturbed()
        assert again == self.expected
        self.seconds = min(first, second)  # the shorter, so that most moments fall while there is work
        chunks = self._query(self._database, "SELECT count(*) FROM store_chunk")[0][0]
        assert chunks >= 3, f"the file is cut into {chunks} chunks only"
        self.assert_whole()

    def _undisturbed(self) -> tuple[dict[str, Any], float]:
        started = time.monotonic()
        done = self.xinheng.finished(self.xinheng.started(*self.words))  # as what is killed starts
        assert done.code == 3, done
        return self._counts(done.json), time.monotonic() - started

    @property
    def words(self) -> tuple[object, ...]:
        """The command."""
        return "submit", PENALTY, self.file, "--agency", self.agency, "--on", DAY, "--json"

    def survive(self, moment: Moment) -> str:
        """Live through a moment; return how the killed or disturbed process ended."""
        self._reset()
        how = getattr(self, f"_kill_{moment.target}")(moment)
        done = self.xinheng(*self.words, expect=3)
        assert self._counts(done.json) == self.expected, (moment, done.json)
        self.assert_whole()
        return str(how)

    def assert_whole(self) -> None:
        """Assert that the tables hold the submission once, and what it says of itself."""
        ((identifier, *counts),) = self._query(
            self._database,
            """SELECT id, received, accepted, unchanged, corrected, rejected, waiting FROM store_submission
            WHERE committed_at IS NOT NULL AND failed IS NULL""",
        )
        assert counts == [self.expected[name] for name in COUNTS[:6]]
        assert self._query(self._database, "SELECT count(*) FROM store_submission") == [(1,)]
        records = """SELECT count(*), count(DISTINCT (whose, record_key)), count(DISTINCT row_number), max(revision) FROM (
            SELECT subject_id AS whose, record_key, row_number, revision FROM record
            UNION ALL SELECT -person_id, record_key, row_number, revision FROM store_personrecord) AS kept"""
        taken = self.expected["accepted"]
        assert self._query(self._database, records) == [(taken, taken, taken, 0)]
        waiting = "SELECT count(*), count(DISTINCT row) FROM store_waitingrow WHERE ended IS NULL"
        assert self._query(self._database, waiting) == [(self.expected["waiting"],) * 2]
        sums = "SELECT sum(received), sum(accepted), sum(rejected), count(*) = max(number) + 1 FROM store_chunk"
        named = (self.expected["received"], self.expected["accepted"], self.expected["rejected"])
        assert self._query(self._database, sums) == [(*named, True)]
        entries = "SELECT count(*) FROM store_outboxentry WHERE kind = 'submission-committed'"
        assert self._query(self._database, entries) == [(1,)]
        receipts = "SELECT count(*) FROM store_receipt WHERE action = 'submit' AND asked->>'submission' = %s"
        assert self._query(self._database, receipts, str(identifier)) == [(1,)]

    def assert_issues_once(self) -> None:
        """Assert that the listed issues are those of the counts, none twice."""
        (submission,) = self._query(self._database, "SELECT id FROM store_submission")
        listed = self.xinheng("issues", submission[0], "--json").json
        assert len(listed) == sum(self.expected["issues"].values())
        assert len({(one["row"], one["column"], one["code"], one["level"], one["expected"]) for one in listed}) == len(
            listed
        )

    def _kill_command(self, moment: Moment) -> str:
        return self._killed(self.xinheng.started(*self.words), moment.first)

    def _kill_worker(self, moment: Moment) -> str:
        """The command is killed, then the worker that takes its work up."""
        how = self._killed(self.xinheng.started(*self.words), moment.first)
        python = [sys.executable, "-c", DEFER, str(moment.number)]
        settings = {**environment(self.xinheng.home), "DJANGO_SETTINGS_MODULE": "xinheng.project.settings"}
        subprocess.run(python, env=settings, check=True, capture_output=True)
        return f"{how}, the worker {self._killed(self.xinheng.started('worker'), moment.second)}"

    def _kill_server(self, moment: Moment) -> str:
        return self._disturbed(moment, lambda: servers.status(self.xinheng.home).pid)

    def _kill_supervisor(self, moment: Moment) -> str:
        return self._disturbed(moment, lambda: next(iter(_supervisors(self.xinheng.home)), None))

    def _killed(self, process: subprocess.Popen[str], share: float) -> str:
        try:
            process.wait(share * self.seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return f"was killed after {share:.0%}"
        process.communicate()
        return f"had ended ({process.returncode})"

    def _disturbed(self, moment: Moment, who: Any) -> str:
        process = self.xinheng.started(*self.words)
        with suppress(subprocess.TimeoutExpired):
            process.wait(moment.first * self.seconds)
        if pid := who():
            _kill_hard(pid)
        done = self.xinheng.finished(process)  # never with a traceback
        assert done.code in (2, 3), done
        if done.code == 2:
            assert "again" in done.json["error"]["mend"]["en"], done
        return f"ended with {done.code}"

    def _reset(self) -> None:
        # Copied by way of the write-ahead log, a sequence would fall back at a crash: its page is copied without what is reserved.
        self.xinheng.server = servers.ensure(self.xinheng.home)
        self._query("postgres", f"DROP DATABASE {self._database} WITH (FORCE)")
        self._query("postgres", f"CREATE DATABASE {self._database} TEMPLATE prepared STRATEGY file_copy")
        shutil.rmtree(self.files, ignore_errors=True)

    @property
    def _database(self) -> str:
        return self.xinheng.server.database

    def _query(self, database: str, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        self.xinheng.server = servers.ensure(self.xinheng.home)
        how = {**self.xinheng.server.params, "dbname": database}
        with psycopg.connect(**how, autocommit=True) as connection:
            cursor = connection.execute(query.encode(), parameters)
            return cursor.fetchall() if cursor.description else []

    @staticmethod
    def _counts(result: dict[str, Any]) -> dict[str, Any]:
        return {name: result[name] for name in COUNTS}


@contextmanager
def wreck(folder: Path, *, records: int) -> Iterator[Wreck]:
    """Make a home with a file of so many records in it."""
    with fresh_home() as xinheng:
        yield Wreck(xinheng, folder, records=records)


def _sample(xinheng: Xinheng, folder: Path, records: int) -> tuple[Path, str]:
    """Write a sample with defects in one file, load its register and agencies, and make its rows long."""
    drawn = (
        "--organisations",
        1500,
        "--records",
        records,
        "--seed",
        5,
        "--defects",
        0.02,
        "--single-file",
        "--today",
        DAY,
    )
    summary = xinheng("sample", folder, *drawn, "--json").json
    xinheng("agencies", "load", folder / "agencies.csv", "--grant", PENALTY, "--from", "2026-01-01")
    xinheng("subjects", "load", folder / "register.csv")
    given, (file,) = folder / "long.csv", summary["files"]
    with (
        (folder / file["name"]).open(encoding="utf-8", newline="") as source,
        given.open("w", encoding="utf-8", newline="") as out,
    ):
        rows, writer = csv.reader(source), csv.writer(out)
        header = next(rows)
        writer.writerow(header)
        remark, number = header.index("备注"), header.index("行政处罚决定书文号")
        filler = max(0, LONG_ENOUGH // records - ROW) // 3  # characters of Chinese
        for row in rows:
            if len(row) == len(header):
                row[remark] = (f"{row[number]}附注。" * filler)[:filler]
            writer.writerow(row)
    return given, file["agency"]


def _supervisors(home: Path) -> list[int]:
    found, wanted = [], os.fsencode(Layout.of(home).home)
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (entry / "cmdline").read_bytes().split(b"\0")
            if b"xinheng.server.supervise" in words and wanted in words:
                found.append(int(entry.name))
    return found


def _kill_hard(pid: int) -> None:
    """Kill -9 and wait for the end."""
    with suppress(ProcessLookupError):
        handle = os.pidfd_open(pid)
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        watch = select.poll()
        watch.register(handle, select.POLLIN)
        assert watch.poll(60_000)
        os.close(handle)
