"""The worker as a process: it takes what stands in line, leaves no number in its log, survives being killed, and ends when told to."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from xinheng import server as servers

from ..commands import DEADLINE, Xinheng
from ..sheets import PENALTY, TODAY, Province, penalty_sheet

PERSON = {
    "CF_XDR_LB": "自然人",
    "CF_XDR_MC": "张某某",
    "CF_XDR_SHXYM": "",
    "CF_XDR_ZJLX": "身份证",
    "CF_XDR_ZJHM": "110101199003070011",
}
NUMBERS = ("110101199003070011", "11010119900307002X", "张某某")
TEXT = f"当事人张某某（身份证 {NUMBERS[1]}）称不知情"
MARKS = ("good", "lost", "killed", "one", "two", "restart")
ITEM_LOCK = 7003

Line = dict[str, dict[str, Any]]


def wait_until(condition: Callable[[], object]) -> None:
    end, pause = time.monotonic() + DEADLINE, threading.Event()
    while not condition():
        assert time.monotonic() < end, "it did not come true in time"
        pause.wait(0.02)


@pytest.fixture(scope="module")
def line(xinheng: Xinheng, province: Province, tmp_path_factory: pytest.TempPathFactory) -> Line:
    """Files of a folder in line, by name, with jobs that wait for a test to call them; one file is not readable."""
    folder = tmp_path_factory.mktemp("folder")
    for place, mark in enumerate(MARKS):
        rows = [province.penalty(n, CF_WSH=f"队罚〔2026〕{place}{n}号", CF_SY=TEXT) for n in range(5)]
        (folder / f"{mark}.csv").write_bytes(penalty_sheet(*rows))
    person = penalty_sheet(province.penalty(6, **PERSON), province.penalty(7, CF_JDRQ=NUMBERS[1]))
    (folder / f"张某某{NUMBERS[0]}.csv").write_bytes(person)
    (folder / "empty.csv").write_bytes(b"a,b\r\n1,2\r\n")
    words = ("submit", PENALTY, folder, "--agency", province.agency, "--on", TODAY.isoformat(), "--queue", "--json")
    done = xinheng(*words, expect=2).json
    assert [one["file"] for one in done["unusable"]] == ["empty.csv"]
    assert {one["state"] for one in done["submissions"]} == {"waiting"}
    assert len(done["submissions"]) == len(MARKS) + 1
    found = {one["file"].removesuffix(".csv"): one for one in done["submissions"]}
    execute(
        xinheng,
        "UPDATE procrastinate_jobs SET status = 'cancelled' WHERE id = ANY(%s)",
        [one["job"] for one in found.values()],
    )
    return found


def execute(home: Xinheng, statement: str, *parameters: object) -> None:
    with psycopg.connect(home.server.url) as connection:
        connection.execute(statement.encode(), parameters)


def call(home: Xinheng, *ones: dict[str, Any]) -> None:
    """Let the jobs of these submissions wait for a worker."""
    execute(home, "UPDATE procrastinate_jobs SET status = 'todo' WHERE id = ANY(%s)", [one["job"] for one in ones])
    for one in ones:
        told = json.dumps({"type": "job_inserted", "job_id": one["job"]})
        execute(home, "SELECT pg_notify('procrastinate_any_queue_v1', %s)", told)


def is_committed(home: Xinheng, one: dict[str, Any]) -> bool:
    return bool(home.value("SELECT committed_at IS NOT NULL FROM store_submission WHERE id = %s", one["submission"]))


@contextmanager
def working(home: Xinheng) -> Iterator[subprocess.Popen[str]]:
    """A worker that is killed in any case."""
    process = home.started("worker")
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def somebody_writes(home: Xinheng) -> Iterator[None]:
    """Hold the turn of the item, so that workers check a file and then wait."""
    with psycopg.connect(home.server.url) as connection:
        connection.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [ITEM_LOCK, PENALTY])
        yield


def waiting_for_their_turn(home: Xinheng) -> int:
    query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND NOT granted"
    return int(home.value(query, ITEM_LOCK))


def test_a_worker_takes_what_is_in_line_and_its_log_shows_no_number(xinheng: Xinheng, line: Line) -> None:
    person = next(one for name, one in line.items() if name not in MARKS)
    file = "SELECT file_id FROM store_submission WHERE id = %s"  # its key is gone: it can never be opened
    execute(
        xinheng, f"UPDATE store_sealedfile SET wrapped_key = NULL WHERE sha256 = ({file})", line["lost"]["submission"]
    )
    call(xinheng, line["good"], line["lost"], person)
    done = xinheng("worker", "--drain", "--queues", "small")
    lines = [json.loads(told) for told in done.err.splitlines()]
    told = {(one["event"], one.get("submission")) for one in lines}
    assert told >= {
        ("submission-committed", line["good"]["submission"]),
        ("submission-committed", person["submission"]),
        ("job-dead", line["lost"]["submission"]),
    }
    assert all(one["time"].endswith("+08:00") for one in lines)
    for word in NUMBERS:
        assert word not in done.err
    kept = xinheng.rows("SELECT * FROM store_jobfailure")
    assert kept
    assert not [word for word in NUMBERS if word in repr(kept)]


def test_what_a_killed_worker_had_in_hand_is_taken_up_by_the_next(xinheng: Xinheng, line: Line) -> None:
    with somebody_writes(xinheng), working(xinheng) as worker:
        call(xinheng, line["killed"])
        wait_until(lambda: waiting_for_their_turn(xinheng))
        shown = xinheng("submissions", "show", line["killed"]["submission"], "--json").json
        assert (shown["state"], shown["rows"]) == ("running", 0)
        worker.kill()
        worker.wait(DEADLINE)
        wait_until(lambda: not waiting_for_their_turn(xinheng))
    done = xinheng("worker", "--drain")
    assert json.loads(done.err.splitlines()[0])["abandoned"] >= 1
    assert is_committed(xinheng, line["killed"])


def test_two_workers_check_files_of_one_item_side_by_side_and_finish_them_when_told_to_stop(
    xinheng: Xinheng, line: Line
) -> None:
    with working(xinheng) as first, working(xinheng) as second:
        with somebody_writes(xinheng):
            call(xinheng, line["one"], line["two"])
            wait_until(lambda: waiting_for_their_turn(xinheng) == 2)  # both are checked, and wait to write
            first.send_signal(signal.SIGINT)
            second.send_signal(signal.SIGTERM)
        for done in (xinheng.finished(first), xinheng.finished(second)):
            assert done.code == 0
            assert json.loads(done.err.splitlines()[-1])["event"] == "worker-stopped"
    assert is_committed(xinheng, line["one"])
    assert is_committed(xinheng, line["two"])


def test_a_worker_outlives_a_restart_of_the_database(xinheng: Xinheng, line: Line) -> None:
    alive = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%%' OR query LIKE 'LISTEN %%'"
    with working(xinheng) as worker:
        wait_until(lambda: xinheng.value(alive))
        os.kill(servers.status(xinheng.home).pid, signal.SIGKILL)
        xinheng.server = servers.ensure(xinheng.home)
        call(xinheng, line["restart"])
        wait_until(lambda: is_committed(xinheng, line["restart"]))
        assert worker.poll() is None
