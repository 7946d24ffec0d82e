"""``xinheng run``: its port is taken before any work, a second run changes nothing, what it started ends with it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from xinheng import server as servers

from ..commands import DEADLINE, environment

MEMORY = Path("/dev/shm")
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
TABLES = (
    "record", "store_personrecord", "store_submission", "store_chunk", "store_waitingrow", "store_sealedfile", "store_outboxentry",
    "store_subject", "store_subjectname", "store_subjectcode", "store_agency", "store_user",
)  # fmt: skip


def wait_until(condition: Callable[[], object]) -> None:
    end, pause = time.monotonic() + DEADLINE, threading.Event()
    while not condition():
        assert time.monotonic() < end, "it did not come true in time"
        pause.wait(0.02)


def xinheng(home: Path, *words: str, lang: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "xinheng", *words]
    return subprocess.run(
        command, env=environment(home, lang), capture_output=True, text=True, timeout=DEADLINE, check=False
    )


@pytest.fixture(scope="module")
def filled() -> Iterator[Path]:
    """A home in which ``xinheng run`` has made its sample province; nobody holds its server."""
    place = Path(tempfile.mkdtemp(prefix="xinheng-run-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
    place.chmod(0o755)  # run by root, the server has an account of its own, which must get in
    done = xinheng(place / "home", "run", "--no-serve")
    assert done.returncode == 0, done.stderr
    yield place / "home"
    servers.stop(place / "home", force=True)
    shutil.rmtree(place)


class Running:
    """A ``xinheng run`` that serves, as a terminal starts it: leader of a group of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.log = home.parent / "run.log"
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "xinheng", "run", "--port", "0"],
                env=environment(home), stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip
        wait_until(lambda: ADDRESS.search(self.words) or self.process.poll() is not None)
        assert self.process.poll() is None, self.words
        self.address = ADDRESS.search(self.words)[0]
        with urllib.request.urlopen(self.address, timeout=DEADLINE) as answer:
            assert answer.status == 200
        wait_until(lambda: {"serve", "worker"} <= {name for name, _ in self.children()})

    @property
    def words(self) -> str:
        """What it has printed so far."""
        return self.log.read_text(encoding="utf-8")

    def children(self) -> list[tuple[str, psutil.Process]]:
        """The processes of ours that it started, by the command that each runs."""
        found = []
        for child in psutil.Process(self.process.pid).children():
            words = child.cmdline()
            if "xinheng" in words:
                found.append((words[words.index("xinheng") + 1], child))
        return found

    def end(self) -> int:
        """Wait for its end and return its exit code."""
        code = self.process.wait(DEADLINE)
        assert "Traceback" not in self.words, self.words
        return code


@pytest.fixture
def running(filled: Path) -> Iterator[Running]:
    """A running platform that is stopped in any case."""
    one = Running(filled)
    yield one
    if one.process.poll() is None:
        one.process.kill()
        one.process.wait()


def rows(home: Path) -> dict[str, int]:
    held = servers.ensure(home)
    try:
        with psycopg.connect(held.url) as connection:
            return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}
    finally:
        held.release()


def all_is_stopped(running: Running, children: list[psutil.Process]) -> bool:
    return not any(child.is_running() for child in children) and not servers.status(running.home).running


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh_CN.UTF-8", ("已被占用", "原因：", "处理：请先停止该程序")),
        ("C.UTF-8", ("is in use", "Why: ", "Stop that program")),
    ],
)
def test_a_port_in_use_is_told_before_anything_is_started(tmp_path: Path, lang: str, words: tuple[str, ...]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = xinheng(tmp_path / "home", "run", "--port", str(taken.getsockname()[1]), lang=lang)
    assert done.returncode == 2
    assert done.stdout == ""
    for part in words:
        assert part in done.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("command", ["run", "serve"])
def test_an_address_that_is_not_of_this_machine_is_explained(tmp_path: Path, command: str) -> None:
    done = xinheng(tmp_path / "home", command, "--host", "192.0.2.1")
    assert done.returncode == 2
    assert "192.0.2.1:8000" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_run_changes_nothing_and_says_so(filled: Path) -> None:
    sample = {path: path.stat().st_mtime_ns for path in (filled / "sample").iterdir()}
    before = rows(filled)
    done = xinheng(filled, "run", "--no-serve")
    assert done.returncode == 0, done.stderr
    assert "nothing was changed" in done.stdout
    assert rows(filled) == before
    assert {path: path.stat().st_mtime_ns for path in (filled / "sample").iterdir()} == sample


def test_the_counts_that_it_prints_add_up(filled: Path) -> None:
    done = xinheng(filled, "run", "--no-serve")
    line = next(line for line in done.stdout.splitlines() if "in all" in line)
    received, *became = map(int, line.split()[2:])
    held = rows(filled)
    assert received == sum(became) == held["record"] + held["store_personrecord"] + sum(became[1:])


@pytest.mark.parametrize("how", ["Ctrl-C", "kill"])
def test_what_it_started_ends_when_it_is_told_to_stop(running: Running, how: str) -> None:
    children = [child for _, child in running.children()]
    if how == "Ctrl-C":
        os.killpg(running.process.pid, signal.SIGINT)  # as a terminal does: to the whole group
    else:
        running.process.send_signal(signal.SIGTERM)
    assert running.end() == 0
    assert all_is_stopped(running, children)
    assert running.words.rstrip().endswith("Stopped.")


def test_what_it_started_ends_when_it_is_killed_outright(running: Running) -> None:
    children = [child for _, child in running.children()]
    running.process.kill()
    running.process.wait()
    wait_until(lambda: all_is_stopped(running, children))


@pytest.mark.parametrize("victim", ["serve", "worker"])
def test_when_one_of_the_two_ends_unasked_all_stops_and_says_so(running: Running, victim: str) -> None:
    children = dict(running.children())
    children[victim].kill()
    assert running.end() == 2
    assert all_is_stopped(running, list(children.values()))
    assert "ended unasked" in running.words


def test_who_looked_for_whom_is_in_no_log(running: Running) -> None:
    for path in (
        "/subjects/110101199003070011/",
        "/search/?q=110101199003070011",
        "/subjects/110101199003070011/records/x/",
    ):
        try:
            urllib.request.urlopen(running.address + path).close()
        except urllib.error.HTTPError as error:
            error.close()
    running.process.send_signal(signal.SIGTERM)
    assert running.end() == 0
    assert "110101199003070011" not in running.words
