"""The door of the supervisor: ``ensure``, ``status``, ``stop``."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from psycopg.pq import PGconn, Ping

from xinheng.core.errors import Text, Unavailable
from xinheng.server import holding, locks, postmaster, sentences, sockets
from xinheng.server import state as states
from xinheng.server.cluster import DATABASE, ROLE, find
from xinheng.server.layout import Layout, explained, open_private, prepare, read_private, tail_of
from xinheng.server.state import Phase, State

_PAUSE = 0.02  # seconds between two looks at what the supervisor says
_MOST_STARTS = 3


@dataclass(frozen=True, slots=True)
class Server:
    """The running server of one home, held by this process. ``pid`` is its main process when it was met."""

    socket_dir: Path
    port: int
    user: str
    password: str = field(repr=False)
    database: str
    pid: int
    home: Path
    _given_up: threading.Event = field(default_factory=threading.Event, repr=False, compare=False)

    @property
    def params(self) -> dict[str, str | int]:
        """The arguments of ``psycopg.connect``."""
        return {
            "host": str(self.socket_dir), "port": self.port, "user": self.user,
            "password": self.password, "dbname": self.database,
        }  # fmt: skip

    @property
    def url(self) -> str:
        """The same as one ``postgresql://`` address, percent-encoded. It holds the password."""
        user, password, database, host = (
            quote(part, safe="") for part in (self.user, self.password, self.database, str(self.socket_dir))
        )
        return f"postgresql://{user}:{password}@/{database}?host={host}&port={self.port}"

    def release(self) -> None:
        """Give up this hold; the server stops when it was the last one. Called twice, it does nothing more."""
        if not self._given_up.is_set():
            self._given_up.set()
            holding.give_up(Layout(self.home))


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What there is of the server of one home. ``holders`` are pids; ``since`` is ISO 8601 in UTC, empty if unknown."""

    running: bool
    pid: int | None
    supervised: bool
    holders: tuple[int, ...]
    socket_dir: Path | None
    port: int
    data: Path
    log: Path
    since: str


def ensure(home: Path, *, on_wait: Callable[[str], None] | None = None) -> Server:
    """Start or join the one server of ``home`` and hold it for this process.

    Waits as long as the server starts or recovers, without a limit, and tells ``on_wait`` in a sentence what for. The
    hold ends with ``release()`` or with the process, however that ends. Raises :class:`Unavailable`.
    """
    layout = Layout.of(home)
    prepare(layout)
    told: list[Text] = []

    def tell(text: Text) -> None:
        if on_wait is not None and told[-1:] != [text]:
            told.append(text)
            on_wait(str(text))

    try:
        holding.take(layout, tell)
        try:
            server = _await_ready(layout, tell)
        except BaseException:
            holding.give_up(layout)
            raise
    except OSError as error:
        raise explained(error, layout.folder) from error
    holding.watch(layout)
    return server


def _await_ready(layout: Layout, tell: Callable[[Text], None]) -> Server:
    started: list[str] = []
    pause = threading.Event()
    while True:
        _start_if_unsupervised(layout, started)
        said = states.read(layout)
        if server := _usable(layout, said):
            return server
        if said and said.waiting:
            tell(said.waiting)
        pause.wait(_PAUSE)


def _start_if_unsupervised(layout: Layout, started: list[str]) -> None:
    lock = locks.open_lock(layout.supervisor_lock)
    try:
        if not locks.try_exclusive(lock):
            return
        said = states.read(layout)
        if said and said.phase is Phase.FAILED and said.instance in started and said.failure:
            raise Unavailable(said.failure, tail=said.tail, log=str(layout.log))
        if len(started) >= _MOST_STARTS:
            tail = tail_of(layout.log, start=0)
            raise Unavailable(sentences.why_of(tail, log=layout.log), tail=tail, log=str(layout.log))
        started.append(holding.start_supervisor(layout, lock))
    finally:
        os.close(lock)


def _usable(layout: Layout, said: State | None) -> Server | None:
    """Return the server that ``said`` names if it takes connections now and nobody else sits in its place."""
    if said is None or said.phase is not Phase.READY:
        return None
    socket_dir = Path(said.socket_dir)
    try:
        owner = Path(said.data).stat().st_uid
    except OSError:
        return None
    if not sockets.is_private(socket_dir, owner) or sockets.listener(socket_dir, said.port) != said.pid:
        return None
    how = f"host={socket_dir} port={said.port} dbname={DATABASE} user={ROLE} connect_timeout=10"
    if PGconn.ping(how.encode()) != Ping.OK:
        return None
    return Server(
        socket_dir=socket_dir, port=said.port, user=ROLE, password=read_private(layout.password), database=DATABASE,
        pid=said.pid, home=layout.home,
    )  # fmt: skip


def status(home: Path) -> Status:
    """Tell what there is of the server of ``home``; asks, and changes nothing."""
    layout = Layout.of(home)
    try:
        said = states.read(layout)
        cluster = find(layout)
        running = postmaster.find_living(cluster) if cluster else None
        supervised, holders = not locks.is_free(layout.supervisor_lock), locks.holders(layout)
    except OSError as error:
        raise explained(error, layout.folder) from error
    if running:
        os.close(running.pidfd)
    return Status(
        running=running is not None,
        pid=running.pid if running else None,
        supervised=supervised,
        holders=holders,
        socket_dir=running.socket_dir if running else None,
        port=running.port if running else 0,
        data=cluster.data if cluster else layout.data,
        log=layout.log,
        since=said.since if said and running and said.pid == running.pid else "",
    )


def stop(home: Path, *, force: bool = False) -> None:
    """Stop the server of ``home`` in order and wait for its end; nothing happens where none runs.

    This process gives up its own hold. Held by others, the server goes on and :class:`ServerInUse` is raised, unless
    ``force``: then their transactions are rolled back, and the server stays down until somebody's next ``ensure``.
    """
    layout = Layout.of(home)
    if not layout.folder.is_dir():
        return
    try:
        if not force:
            _refuse_if_held(layout)
        holding.give_up_all(layout)
        _stop(layout, _ask_by_force if force else _refuse_if_held)
    except OSError as error:
        raise explained(error, layout.folder) from error


def _stop(layout: Layout, while_supervised: Callable[[Layout], None]) -> None:
    before = states.read(layout)
    pause = threading.Event()
    while True:
        lock = locks.open_lock(layout.supervisor_lock)
        try:
            if locks.try_exclusive(lock):
                return _stop_unsupervised(layout)
        finally:
            os.close(lock)
        said = states.read(layout)
        if said and before and said.instance != before.instance:
            return None  # it was stopped, and another process started it again
        while_supervised(layout)
        pause.wait(_PAUSE)


def _refuse_if_held(layout: Layout) -> None:
    others = tuple(pid for pid in locks.holders(layout) if pid != os.getpid())
    if others:
        raise sentences.ServerInUse(sentences.in_use(others), holders=others)


def _ask_by_force(layout: Layout) -> None:
    try:
        control = open_private(layout.control, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:  # not there yet, or not any more
        return
    try:
        os.write(control, b"x")
    except OSError:
        pass
    finally:
        os.close(control)


def _stop_unsupervised(layout: Layout) -> None:
    """Stop a server whose supervisor and holders were all killed."""
    cluster = find(layout)
    if cluster and (server := postmaster.find_living(cluster)):
        server.stop()
        server.close()
