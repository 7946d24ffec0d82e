"""One run: the home is filled, the platform served as ``xinheng run`` serves it, and what the requests cost is told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from itertools import repeat
from pathlib import Path

import psutil
import psycopg
from tests.benchmarks.bench import AGENCY, Bench, row, say
from tests.benchmarks.load.client import Client, Page, Taken
from tests.benchmarks.load.pages import Known, get, mix, some_subjects

from xinheng import server

RECORDS = 1_000_000
OTHERS = 4
"""Agencies beside the main one that handed something in."""
WARM, BARE = 5.0, 6.0
"""Seconds of warming up, and seconds of each measurement at the highest rate."""
GOAL = 0.1
"""Seconds within which 95 of 100 answers have to be there."""


def run(bench: Bench) -> Iterator[str]:
    """Measure, print a table by kind of page, and yield the table's lines; ends with 1 where an answer was wrong or missing."""
    url = _filled(bench)
    with platform(bench) as (port, watched):
        known = _known(bench, url)
        pages = mix(bench, known, port)
        say(f"warming up, then {bench.rate} requests/s for {bench.seconds} s")
        asyncio.run(Client(port, pages, rate=bench.rate / 2, seconds=WARM).run())
        before = _cpu(watched)
        taken = asyncio.run(Client(port, pages, rate=bench.rate, seconds=bench.seconds).run())
        spent = {name: after - before[name] for name, after in _cpu(watched).items()}
        ours = _highest(port, get("bare view", "/healthz", "alive"))
        page = _highest(port, get("front page", "/", "查询公共信用信息"))
    with _bare() as port:
        bare = _highest(port, Page("bare", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 200, b"nothing behind it"))
    every = sorted(seconds for held in taken.seconds.values() for seconds in held)
    _print(bench, taken, every, spent)
    sys.stdout.write(
        f"Highest rates: a bare Django view {bare:,.0f}/s, one through our middlewares {ours:,.0f}/s, our front page {page:,.0f}/s.\n"
    )
    p95 = _at(every, 0.95)
    yield row(
        f"{bench.rate} requests/s over portal, desk and me for {bench.seconds} s", f"p95 {_ms(p95)} ms, p99 {_ms(_at(every, 0.99))} ms, {len(taken.faults)} errors",
        f"a bare Django view: {bare:,.0f}/s; one through our middlewares: {ours:,.0f}/s; our front page: {page:,.0f}/s", "", "p95 ≤ 100 ms, no error",
    )  # fmt: skip
    if taken.faults or p95 > GOAL:
        raise SystemExit("load: the goal was missed")


def _filled(bench: Bench) -> str:
    """Fill the home where it is not filled yet; returns the address of its database."""
    assert bench.prepared
    held = server.ensure(bench.home)
    number = 0
    while count(held.url, "SELECT count(*) FROM record") < RECORDS:
        say(f"handing in part {number}")
        bench.submit(bench.part(number))
        number += 1
    codes = _agencies(held.url)
    for place, code in enumerate(codes):
        if not count(
            held.url,
            f"SELECT count(*) FROM store_submission s JOIN store_agency a ON a.id = s.agency_id WHERE a.uscc = '{code}'",
        ):
            few = bench.folder / f"few-{place}.csv"
            bench.write_rows(few, 50_000_000 + place * 1000, 400)
            bench.xinheng("submit", "administrative-penalty", str(few), "--agency", code, "--json")
    bench.xinheng("lake", "project", "--json")  # else the timetable does it in the middle of the measurement
    return held.url


def _known(bench: Bench, url: str) -> Known:
    subjects, codes = some_subjects(url), _agencies(url)
    own = subjects[0][0]
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.load.people", AGENCY, own, *codes],
        env={**os.environ, "XINHENG_HOME": str(bench.home)}, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    cookies = json.loads(done.stdout)
    submitters = {"load-clerk": AGENCY, "load-reviewer": AGENCY, **{f"load-clerk-{code}": code for code in codes}}
    submissions = {name: _submissions(url, code) for name, code in submitters.items()}
    return Known(subjects, submissions, cookies, own)


def _agencies(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        query = "SELECT DISTINCT a.uscc FROM store_agency a JOIN store_grant g ON g.agency_id = a.id WHERE a.uscc <> %s ORDER BY 1 LIMIT %s"
        return [code for (code,) in connection.execute(query, [AGENCY, OTHERS])]


def _submissions(url: str, code: str) -> tuple[int, ...]:
    with psycopg.connect(url) as connection:
        query = "SELECT s.id FROM store_submission s JOIN store_agency a ON a.id = s.agency_id WHERE a.uscc = %s AND s.channel = 'file' ORDER BY 1 LIMIT 20"
        return tuple(number for (number,) in connection.execute(query, [code]))


def count(url: str, query: str) -> int:
    """Return the one number that a question to the database gives."""
    with psycopg.connect(url) as connection:
        found = connection.execute(query.encode()).fetchone()
        return int(found[0]) if found else 0


@contextlib.contextmanager
def platform(bench: Bench) -> Iterator[tuple[int, dict[str, list[psutil.Process]]]]:
    """Serve pages and work on jobs in the processes of ``xinheng run``; yields the port, and which processes are to be watched."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
        environment = {**os.environ, "XINHENG_HOME": str(bench.home), "XINHENG_LOG_LEVEL": "ERROR"}
        words = [sys.executable, "-m", "xinheng"]
        serving = subprocess.Popen(
            [*words, "serve", "--descriptor", str(door.fileno())], env=environment, pass_fds=[door.fileno()]
        )
        working = subprocess.Popen([*words, "worker"], env=environment)
    try:
        _answering(port)
        postmaster = _postmaster(bench.home)
        yield (
            port,
            {
                "server": [psutil.Process(serving.pid)],
                "worker": [psutil.Process(working.pid)],
                "PostgreSQL": [postmaster],
            },
        )
    finally:
        for process in (serving, working):
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _answering(port: int) -> None:
    pause = threading.Event()
    for _ in range(1200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5) as line:
            line.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            if line.recv(100).startswith(b"HTTP/1.1 200"):
                return
        pause.wait(0.1)
    raise RuntimeError("the platform does not answer")


def _postmaster(home: Path) -> psutil.Process:
    number = int(next(home.rglob("postmaster.pid")).read_text(encoding="ascii").split()[0])
    return psutil.Process(number)


@contextlib.contextmanager
def _bare() -> Iterator[int]:
    """Serve the bare view, in as many processes as there are processors."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
        words = [sys.executable, "-m", "tests.benchmarks.load.bare", str(door.fileno())]
        started = [subprocess.Popen(words, pass_fds=[door.fileno()]) for _ in os.sched_getaffinity(0)]
    try:
        threading.Event().wait(2.0)  # a process that has not begun to serve would be left out
        yield port
    finally:
        for process in started:
            process.terminate()
            process.wait(10)


def _highest(port: int, page: Page) -> float:
    """Return how many answers a second come at the most."""
    taken = asyncio.run(Client(port, repeat(page), rate=0, seconds=BARE, lines=16).run())
    if taken.faults:
        raise RuntimeError(f"{page.kind}: {taken.faults[0]}")
    return sum(map(len, taken.seconds.values())) / taken.wall


def _cpu(watched: dict[str, list[psutil.Process]]) -> dict[str, float]:
    """Return the seconds of processor that each part has used so far, its children and those that ended included."""
    return {name: sum(map(_of_tree, processes)) for name, processes in watched.items()}


def _of_tree(root: psutil.Process) -> float:
    used = 0.0
    for process in [root, *root.children(recursive=True)]:
        with contextlib.suppress(psutil.Error):
            times = process.cpu_times()
            used += times.user + times.system + times.children_user + times.children_system
    return used


def _print(bench: Bench, taken: Taken, every: Sequence[float], spent: dict[str, float]) -> None:
    out = sys.stdout
    out.write("\n| page | requests | p50 ms | p95 ms | p99 ms | longest ms |\n|---|---|---|---|---|---|\n")
    for kind, seconds in [*sorted(taken.seconds.items()), ("all", list(every))]:
        held = sorted(seconds)
        figures = [_ms(statistics.median(held)), *(_ms(_at(held, share)) for share in (0.95, 0.99, 1.0))]
        out.write(row(kind, f"{len(held):,}", *figures) + "\n")
    shares = {**spent, "client": taken.cpu}
    told = ", ".join(
        f"{name} {used / taken.wall:.2f} ({used / taken.asked * 1000:.1f} ms a request)"
        for name, used in shares.items()
    )
    out.write(f"\nProcessors used of {len(os.sched_getaffinity(0))}: {told}. Errors: {len(taken.faults)}; ")
    out.write(
        f"connections replaced: {taken.repeated}; {len(every) / taken.wall:.1f} answers/s of {bench.rate} asked.\n"
    )
    for fault in sorted(set(taken.faults))[:20]:
        out.write(f"{taken.faults.count(fault)} × {fault}\n")


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"
