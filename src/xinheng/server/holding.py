"""This process as a holder: the hold itself, what becomes of it in a forked child, the watch over the supervisor."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import xinheng
from xinheng.core.errors import Text, Unavailable
from xinheng.server import locks, sentences
from xinheng.server import state as states
from xinheng.server.layout import Layout, open_private, tail_of
from xinheng.server.state import Phase, State

_SETTLED = 10.0  # seconds: a supervisor that lived that long did not die of its start
_LONGEST_PAUSE = 30.0


@dataclass(slots=True)
class _Hold:
    layout: Layout
    lock: int
    record: int
    file: Path
    users: int = 1


@dataclass(slots=True)
class _Registry:
    """The holds of this process and the lock files that its watching threads have open."""

    mutex: threading.RLock = field(default_factory=threading.RLock)
    holds: dict[Layout, _Hold] = field(default_factory=dict)
    watched: dict[Layout, int] = field(default_factory=dict)


_registry = _Registry()


def take(layout: Layout, tell: Callable[[Text], None]) -> None:
    """Hold the server of ``layout``. Waits while a supervisor stops it; ``tell`` says so."""
    with _registry.mutex:
        if hold := _registry.holds.get(layout):
            hold.users += 1
            return
    lock = locks.open_lock(layout.holders_lock)
    try:
        if not locks.try_shared(lock):
            tell(sentences.WAIT_FOR_STOP)
            locks.wait_shared(lock)
        record, file = locks.sign_in(layout)
    except BaseException:
        os.close(lock)
        raise
    with _registry.mutex:
        if hold := _registry.holds.get(layout):  # another thread was first
            hold.users += 1
            _drop(_Hold(layout, lock, record, file))
        else:
            _registry.holds[layout] = _Hold(layout, lock, record, file)


def give_up(layout: Layout) -> None:
    """Give up one use of the hold; with the last one the hold falls."""
    with _registry.mutex:
        if hold := _registry.holds.get(layout):
            hold.users -= 1
            if hold.users == 0:
                _drop(_registry.holds.pop(layout))


def give_up_all(layout: Layout) -> None:
    """Give up the hold whatever its uses: ``stop`` does it for its own process."""
    with _registry.mutex:
        if hold := _registry.holds.pop(layout, None):
            _drop(hold)


def _drop(hold: _Hold) -> None:
    hold.file.unlink(missing_ok=True)
    os.close(hold.record)
    os.close(hold.lock)


def start_supervisor(layout: Layout, lock: int) -> str:
    """Start the supervisor, which inherits the exclusive ``lock``, and return its instance name.

    Raises :class:`Unavailable` where it does not even begin.
    """
    instance = secrets.token_hex(8)
    states.write(layout, State(phase=Phase.STARTING, instance=instance, waiting=sentences.WAIT_FOR_START))
    log = open_private(layout.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    start = os.fstat(log).st_size
    package = str(Path(xinheng.__file__).parent.parent)
    try:
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "xinheng.server.supervise", str(layout.home), str(lock), instance],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[lock], cwd="/", start_new_session=True,
            env={"PATH": os.defpath, "PYTHONPATH": os.pathsep.join([package, *map(os.path.abspath, sys.path)])},
        )  # fmt: skip
        code = child.wait()  # it detaches at once
    finally:
        os.close(log)
    if code != 0:
        tail = tail_of(layout.log, start=start)
        raise Unavailable(sentences.cannot_start(tail, log=layout.log), tail=tail)
    return instance


def watch(layout: Layout) -> None:
    """See to it that a supervisor lives as long as this process holds: one thread waits for the end of each."""
    with _registry.mutex:
        if layout not in _registry.watched:
            _registry.watched[layout] = -1
            threading.Thread(target=_watch, args=[layout], name="xinheng-server-watch", daemon=True).start()


def _watch(layout: Layout) -> None:
    pause = 0.0
    while True:
        began = time.monotonic()
        with _registry.mutex:
            lock = _registry.watched[layout] = locks.open_lock(layout.supervisor_lock)
        locks.wait_exclusive(lock)  # granted when the supervisor is gone
        with _registry.mutex:
            said = states.read(layout)
            if layout not in _registry.holds or (said and said.phase is Phase.STOPPED and said.by_request):
                del _registry.watched[layout]
                os.close(lock)
                return
        lived = time.monotonic() - began
        try:
            start_supervisor(layout, lock)
        except (OSError, Unavailable):
            lived = 0.0
        finally:
            with _registry.mutex:
                _registry.watched[layout] = -1
                os.close(lock)
        pause = 0.0 if lived > _SETTLED else min(_LONGEST_PAUSE, pause * 2 or 0.5)
        threading.Event().wait(pause)


def _renew_in_child() -> None:
    """Give a forked child holds of its own: a lock that parent and child share would outlive either.

    A child watches nobody: its parent does, or its next ``ensure``.
    """
    for lock in _registry.watched.values():
        if lock >= 0:
            os.close(lock)
    _registry.watched.clear()
    for hold in _registry.holds.values():
        lock = locks.open_lock(hold.layout.holders_lock)
        locks.wait_shared(lock)  # at once: what was inherited still holds it
        record, file = locks.sign_in(hold.layout)
        os.close(hold.lock)
        os.close(hold.record)
        hold.lock, hold.record, hold.file = lock, record, file
    _registry.mutex.release()


# Under the mutex, so that no lock is opened unseen in between.
os.register_at_fork(
    before=_registry.mutex.acquire, after_in_parent=_registry.mutex.release, after_in_child=_renew_in_child
)
