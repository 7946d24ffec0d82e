"""The supervisor: one detached process for each home, ``python -m xinheng.server.supervise HOME LOCK INSTANCE``.

It starts the server or adopts the one that lives, restarts it when it dies, and stops it when its last holder is gone:
then the exclusive lock on ``holders.lock``, for which it waits from the beginning, is granted, and no new holder
gets in before the stop is complete and this process has ended.

Signals: SIGTERM, SIGINT and SIGHUP are ignored. When a machine or a session goes down, all processes get them at once,
and the server must not go before those who work with it; they end, the last lock falls, and the stop is in order. To
stop the server under its holders there is :func:`xinheng.server.stop` with ``force=True``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import enum
import os
import select
import signal
import stat
import sys
import threading
import time
from pathlib import Path

from psycopg import OperationalError
from psycopg.pq import Ping

from xinheng.core.errors import Explanation, Text, Unavailable
from xinheng.server import cluster as clusters
from xinheng.server import locks, postmaster, sentences, sockets
from xinheng.server import state as states
from xinheng.server.cluster import Cluster
from xinheng.server.layout import Layout, explained, open_private, tail_of
from xinheng.server.postmaster import Postmaster
from xinheng.server.state import Phase, State

_LOOK_MS = 30  # between two questions "are you ready?"; the end of the process is noticed at once
_LOOK_FOR_SOCKET_MS = 30_000
_MOST_DEATHS = 3  # in a row, by a signal, before the server was ready
_SOON = 5.0  # seconds: a server that died within is not restarted at once


class Event(enum.Enum):
    """What ends a wait."""

    DIED = "the server ended"
    LEFT = "the last holder is gone"
    ASKED = "a stop by force was asked for"
    NOTHING = "the time is over"


class Supervisor:
    """The life of one supervisor. ``lock`` is its lock on ``supervisor.lock``, taken by whoever started it."""

    def __init__(self, layout: Layout, *, lock: int, instance: str) -> None:
        self.layout = layout
        self.lock = lock
        self.instance = instance
        self.ended_by = Event.NOTHING
        self._left, self._tell_left = os.pipe2(os.O_CLOEXEC)
        self._control = _open_control(layout)

    def run(self) -> int:
        """Serve until nobody needs the server; return the exit code."""
        threading.Thread(target=self._wait_for_last_holder, daemon=True).start()
        try:
            cluster = clusters.locate(self.layout)
            if not cluster.exists:
                self._say(Phase.STARTING, waiting=sentences.WAIT_FOR_CREATION)
                clusters.create(cluster)
            clusters.clear_drafts(cluster)
            self._serve(cluster)
        except Unavailable as error:
            return self._fail(error.explanation, str(error.facts.get("tail", "")))
        except OSError as error:
            return self._fail(explained(error, self.layout.folder).explanation, str(error))
        self._say(Phase.STOPPED, by_request=self.ended_by is Event.ASKED)
        return 0

    def _serve(self, cluster: Cluster) -> None:
        deaths = 0
        while self.ended_by is Event.NOTHING:
            server = self._adopted(cluster) or postmaster.start(cluster)
            began = time.monotonic()
            try:
                ready = self._bring_up(server, cluster)
            except Unavailable:
                server.stop()
                server.close()
                raise
            event = self._watch(server) if ready is Event.NOTHING else ready
            if event is not Event.DIED:
                self._stop(server, event)
                continue
            code = server.close()
            deaths = 0 if ready is Event.NOTHING else deaths + 1
            self._note(f"the server (pid {server.pid}) ended unasked, exit code {code}; starting it again")
            if deaths and (deaths > _MOST_DEATHS or (code or 0) > 0):
                self._give_up(server)
            if time.monotonic() - began < _SOON:
                self._pause(milliseconds=200)

    def _adopted(self, cluster: Cluster) -> Postmaster | None:
        while server := postmaster.find_living(cluster):
            if server.port:
                self._note(f"adopting the living server (pid {server.pid})")
                return server
            server.close()  # it has not yet written down its socket
            self._pause(milliseconds=_LOOK_MS)
        return None

    def _bring_up(self, server: Postmaster, cluster: Cluster) -> Event:
        """Wait until ``server`` takes connections, without a limit; ``NOTHING`` says that it does."""
        began, told = time.monotonic(), 0
        self._say(Phase.STARTING, server, waiting=sentences.WAIT_FOR_START)
        while (event := self._next_event(server, _LOOK_MS)) is Event.NOTHING:
            # Its own note is read first: every question that is too early would be a line in the log.
            if postmaster.says_ready(cluster.data):
                if server.ping() == Ping.OK and self._furnished(server, cluster):
                    self._say(Phase.READY, server, data=str(cluster.data))
                    return Event.NOTHING
                if not sockets.file_in(server.socket_dir, server.port).exists():
                    self._note("the socket was removed from outside; restarting the server")
                    server.stop()
            elif (fives := int(time.monotonic() - began) // 5 * 5) > told:
                told = fives
                self._say(Phase.STARTING, server, waiting=sentences.wait_for_recovery(fives))
        return event

    def _furnished(self, server: Postmaster, cluster: Cluster) -> bool:
        try:
            clusters.furnish(cluster, socket_dir=server.socket_dir, port=server.port)
        except OperationalError as error:  # it died or shut down under us: the next look tells
            self._note(f"not furnished: {type(error).__name__}")
            return False
        return True

    def _watch(self, server: Postmaster) -> Event:
        while (event := self._next_event(server, _LOOK_FOR_SOCKET_MS)) is Event.NOTHING:
            if not sockets.file_in(server.socket_dir, server.port).exists():
                self._note("the socket was removed from outside; restarting the server")
                server.stop()
        return event

    def _next_event(self, server: Postmaster | None, milliseconds: int) -> Event:
        watch = select.poll()
        for descriptor in (self._left, self._control, *([server.pidfd] if server else [])):
            watch.register(descriptor, select.POLLIN)
        ready = {descriptor for descriptor, _ in watch.poll(milliseconds)}
        if self._control in ready:
            os.read(self._control, 64)
            return Event.ASKED
        if self._left in ready:
            return Event.LEFT
        return Event.DIED if ready else Event.NOTHING

    def _pause(self, *, milliseconds: int) -> None:
        event = self._next_event(None, milliseconds)
        if event is not Event.NOTHING:
            self.ended_by = event

    def _stop(self, server: Postmaster, event: Event) -> None:
        self._note(f"stopping the server: {event.value}")
        self._say(Phase.STOPPING, server, waiting=sentences.WAIT_FOR_STOP)
        self.ended_by = event
        server.stop()
        server.close()

    def _give_up(self, server: Postmaster) -> None:
        tail = tail_of(self.layout.log, start=server.log_start)
        why = sentences.why_of(tail, log=self.layout.log, socket_dir=str(server.socket_dir))
        raise Unavailable(why, tail=tail)

    def _wait_for_last_holder(self) -> None:
        descriptor = locks.open_lock(self.layout.holders_lock)  # never closed: it falls with this process
        locks.wait_exclusive(descriptor)
        os.write(self._tell_left, b"x")

    def _say(
        self,
        phase: Phase,
        server: Postmaster | None = None,
        *,
        data: str = "",
        waiting: Text | None = None,
        by_request: bool = False,
    ) -> None:
        place = (server.pid, str(server.socket_dir), server.port) if server else (0, "", 0)
        said = State(
            phase=phase, instance=self.instance, pid=place[0], socket_dir=place[1], port=place[2], data=data,
            since=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), waiting=waiting, by_request=by_request,
        )  # fmt: skip
        try:
            states.write(self.layout, said)
        except OSError as error:
            if phase is Phase.READY:  # without it nobody finds the server
                raise
            self._note(f"cannot say {phase}: {error}")

    def _fail(self, why: Explanation, tail: str) -> int:
        self._note(f"giving up: {why.what.en}")
        states.write(self.layout, State(phase=Phase.FAILED, instance=self.instance, failure=why, tail=tail))
        return 1

    def _note(self, text: str) -> None:
        print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S.000 UTC} supervisor: {text}", file=sys.stderr, flush=True)  # noqa: T201


def _open_control(layout: Layout) -> int:
    with contextlib.suppress(FileExistsError):
        os.mkfifo(layout.control, 0o600)
    descriptor = open_private(layout.control, os.O_RDWR | os.O_NONBLOCK)
    if not stat.S_ISFIFO(os.fstat(descriptor).st_mode):
        raise Unavailable(sentences.not_yours(layout.control))
    return descriptor


def main(arguments: list[str]) -> int:
    """Detach from the caller, who waits only for that, and supervise."""
    home, lock, instance = arguments
    os.set_inheritable(int(lock), False)
    if os.fork():
        os._exit(0)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    return Supervisor(Layout(Path(home)), lock=int(lock), instance=instance).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
