"""The server's main process: found by asking, started, watched and stopped; never signalled before it is known.

A pid in a file proves nothing: after a crash the system gives it to somebody else. So the kernel is asked who made the
socket that answers, and whether that process is a ``postgres`` of our account working in our data folder; the SQL
side of the question is :func:`xinheng.server.cluster.furnish`. From then on the process is held by a pidfd, which
never comes to mean another process.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from psycopg.pq import PGconn, Ping

from xinheng.server import binaries, sockets
from xinheng.server.cluster import Cluster, environment
from xinheng.server.layout import open_private
from xinheng.server.settings import settings

_OWN_EXIT_MS = 3000  # how long the children of a killed server get to notice its death by themselves
_LARGEST_LOG = 8 << 20


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A server that was verified to be ours. ``child`` is there where this process started it."""

    pid: int
    pidfd: int
    socket_dir: Path
    port: int
    log_start: int
    child: subprocess.Popen[bytes] | None = None

    def ping(self) -> Ping:
        """Ask whether it takes connections: ``OK``, ``REJECT`` (starting, recovering, stopping) or ``NO_RESPONSE``."""
        how = f"host={self.socket_dir} port={self.port} dbname=postgres user=postgres connect_timeout=2"
        return Ping(PGconn.ping(how.encode()))

    def stop(self) -> None:
        """Stop it in order (transactions that run are rolled back) and wait for its end, however long it writes."""
        _signal(self.pidfd, signal.SIGINT)
        _ended(self.pidfd, None)
        sockets.remove_folder(self.socket_dir)

    def close(self) -> int | None:
        """Let go of an ended server; return its exit code (negative: the signal), ``None`` for one we did not start."""
        os.close(self.pidfd)
        return self.child.wait() if self.child else None


def find_living(cluster: Cluster) -> Postmaster | None:
    """Return the living server of ``cluster``, ready or not, ``None`` where there is none."""
    note = _read_note(cluster.data)
    if note is None:
        return None
    pid, socket_dir, port = note
    answering = sockets.listener(socket_dir, port) if sockets.is_private(socket_dir, cluster.account.uid) else None
    # A server that just starts or just ends has no socket; then the note is asked for, and believed only if it fits.
    for candidate in (answering, pid):
        if candidate is not None and (pidfd := _hold(candidate, cluster)) is not None:
            return Postmaster(candidate, pidfd, socket_dir, port, _size(cluster.layout.log))
    return None


def start(cluster: Cluster) -> Postmaster:
    """Start the server of a cluster for which :func:`find_living` found none. It is not ready yet."""
    program = binaries.programs(cluster.account) / "postgres"
    end_orphans(cluster)
    socket_dir = sockets.make_folder(cluster.layout.digest, cluster.account)
    sockets.clear_leftovers(socket_dir, sockets.PORT)
    # PostgreSQL would refuse to start while any process of this account has the pid in here.
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    log_start, log = _open_log(cluster)
    options = [
        part
        for name, value in settings(socket_dir=socket_dir, port=sockets.PORT).items()
        for part in ("-c", f"{name}={value}")
    ]
    try:
        child = subprocess.Popen(
            [str(program), "-D", str(cluster.data), *options],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", env=environment(), start_new_session=True,
            **cluster.account.as_child(),
        )  # fmt: skip
    finally:
        os.close(log)
    return Postmaster(child.pid, os.pidfd_open(child.pid), socket_dir, sockets.PORT, log_start, child)


def end_orphans(cluster: Cluster) -> None:
    """End what a killed server left: its children hold the shared memory, and no new server starts beside them."""
    held = [pidfd for pid in _pids() if (pidfd := _hold(pid, cluster)) is not None]
    for pidfd in held:
        if not _ended(pidfd, _OWN_EXIT_MS):
            _signal(pidfd, signal.SIGKILL)
            _ended(pidfd, None)
        os.close(pidfd)


def _hold(pid: int, cluster: Cluster) -> int | None:
    """Return a pidfd of ``pid`` if that is a process of ``cluster``; looked at once it is held, so it cannot change."""
    try:
        pidfd = os.pidfd_open(pid)
    except OSError:
        return None
    if _is_ours(pid, cluster) and not _ended(pidfd, 0):
        return pidfd
    os.close(pidfd)
    return None


def _is_ours(pid: int, cluster: Cluster) -> bool:
    process = Path(f"/proc/{pid}")
    try:
        if process.stat().st_uid != cluster.account.uid or (process / "comm").read_bytes() != b"postgres\n":
            return False
    except OSError:
        return False
    return cluster.account.works_in(pid, cluster.data)


def _read_note(data: Path) -> tuple[int, Path, int] | None:
    """Read ``postmaster.pid``: the pid, the socket's folder and the port that a server once wrote down."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        pid = int(lines[0])
        return (pid, Path(lines[4]), int(lines[3])) if len(lines) > 4 else (pid, Path(), 0)
    except (OSError, ValueError, IndexError):
        return None


def says_ready(data: Path) -> bool:
    """Tell whether the server of ``data`` noted that it takes connections (line 8 of its pid file)."""
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()[
            7
        ].strip() == "ready"
    except (OSError, IndexError):
        return False


def _pids() -> list[int]:
    return [int(entry) for entry in os.listdir("/proc") if entry.isdigit()]  # noqa: PTH208 - names, not paths


def _ended(pidfd: int, milliseconds: int | None) -> bool:
    watch = select.poll()
    watch.register(pidfd, select.POLLIN)
    return bool(watch.poll(milliseconds))


def _signal(pidfd: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(pidfd, number)


def _open_log(cluster: Cluster) -> tuple[int, int]:
    log = cluster.layout.log
    if _size(log) > _LARGEST_LOG:
        log.replace(log.with_name("server.log.1"))
    descriptor = open_private(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    return os.fstat(descriptor).st_size, descriptor


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
