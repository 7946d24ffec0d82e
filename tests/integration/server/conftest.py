from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from xinheng import server as servers
from xinheng.server import locks
from xinheng.server.account import Account
from xinheng.server.layout import Layout

SOURCE = Path(servers.__file__).parents[2]
PROGRAM = Path(__file__).with_name("holder_process.py")
DEADLINE = 60.0


def wait_until(condition: Callable[[], Any]) -> Any:
    """Return the first true value of ``condition``; fail when none comes in time."""
    end = time.monotonic() + DEADLINE
    pause = threading.Event()
    while not (found := condition()):
        assert time.monotonic() < end, "the condition did not come true"
        pause.wait(0.01)
    return found


def _becoming(account: Account | None) -> list[str]:
    """Return the command before a command that runs it as ``account``, which may lack the way to this Python."""
    if account is None or account.uid == os.geteuid():
        return []
    become = ["setpriv", f"--reuid={account.uid}", f"--regid={account.gid}", "--clear-groups"]
    if account.reads(Path(sys.executable)):
        return become
    return [*become, "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]


class Holder:
    """A child process that holds the server of ``home``."""

    def __init__(self, home: Path, account: Account | None = None) -> None:
        self.child = subprocess.Popen(
            [*_becoming(account), sys.executable, "-W", "error", str(PROGRAM), str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
        )
        self.waited: list[str] = []
        self.got: dict[str, Any] = {}

    def read(self) -> dict[str, Any]:
        """Return the next line it prints, whatever it is."""
        assert self.child.stdout is not None
        line = self.child.stdout.readline()
        assert line, f"the holder ended with {self.child.wait()}"
        told = json.loads(line)
        if "waiting" in told:
            self.waited.append(told["waiting"])
        return told

    def ready(self) -> Holder:
        """Wait until it holds the server (or failed to)."""
        while "waiting" in (told := self.read()):
            pass
        self.got = told
        return self

    def ask(self, query: str) -> Any:
        assert self.child.stdin is not None
        self.child.stdin.write(f"query {query}\n")
        self.child.stdin.flush()
        return self.read()["answer"]

    def kill(self) -> None:
        self.child.kill()
        self.child.wait()

    def leave(self) -> None:
        """End it as a process ends of itself."""
        assert self.child.stdin is not None
        self.child.stdin.close()
        assert self.child.wait(DEADLINE) == 0

    def close(self) -> None:
        if self.child.poll() is None:
            self.kill()
        for pipe in (self.child.stdin, self.child.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()


class House:
    """One home under test and everything that the tests look at from outside."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.layout = Layout.of(home)
        self._holders: list[Holder] = []

    def holder(self, account: Account | None = None) -> Holder:
        self._holders.append(Holder(self.home, account))
        return self._holders[-1]

    @property
    def status(self) -> servers.Status:
        return servers.status(self.home)

    @property
    def supervisors(self) -> list[int]:
        """The pids of this home's supervisors, by their command lines."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"xinheng.server.supervise" in words and os.fsencode(self.layout.home) in words:
                found.append(int(entry.name))
        return found

    def wait_until_supervised(self) -> int:
        """Wait for exactly one supervisor that has the server ready; return its pid."""
        wait_until(lambda: self.status.supervised and self.status.running and len(self.supervisors) == 1)
        return self.supervisors[0]

    def wait_until_stopped(self) -> None:
        wait_until(lambda: locks.is_free(self.layout.supervisor_lock) and not self.status.running)

    def processes(self) -> list[int]:
        """All server processes of this home, by their working folder."""
        data = self.status.data
        pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
        return [pid for pid in pids if works_in(pid, data)]

    def close(self) -> None:
        for holder in self._holders:
            holder.close()
        servers.stop(self.home, force=True)


def works_in(pid: int, folder: Path) -> bool:
    try:
        return folder.samefile(f"/proc/{pid}/cwd")
    except OSError:
        return False


def kill_hard(pid: int) -> None:
    """Kill -9 and wait for the end."""
    pidfd = os.pidfd_open(pid)
    signal.pidfd_send_signal(pidfd, signal.SIGKILL)
    watch = select.poll()
    watch.register(pidfd, select.POLLIN)
    assert watch.poll(DEADLINE * 1000)
    os.close(pidfd)


def value(url: str, query: str) -> Any:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
        assert row is not None
        return row[0]


def answers(url: str) -> bool:
    """Tell whether a server takes connections there: what an application's reconnecting sees."""
    try:
        return value(url, "SELECT 1") == 1
    except psycopg.OperationalError:
        return False


@contextlib.contextmanager
def _folder_for_all() -> Iterator[Path]:
    """A folder that every account can pass through (pytest's own is closed to all but the user).

    In memory where the machine has that: what is tested here is killed processes, not the disk.
    """
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="xinheng-test-", dir=memory if os.access(memory, os.W_OK) else None))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    with _folder_for_all() as folder:
        yield folder


@pytest.fixture
def empty_house(open_folder: Path) -> Iterator[House]:
    """A home with a space and Chinese in its path, before its first start."""
    made = House(open_folder / "信衡 home")
    yield made
    made.close()


@pytest.fixture(scope="session")
def used_home() -> Iterator[Path]:
    """A home after its first start, to be copied: most tests are not about initdb."""
    with _folder_for_all() as folder:
        servers.ensure(folder / "home").release()
        servers.stop(folder / "home")
        yield folder / "home"


@pytest.fixture
def house(empty_house: House, used_home: Path) -> House:
    """The same home, stopped after its first start."""
    subprocess.run(["cp", "-a", used_home, empty_house.home], check=True)
    return empty_house
