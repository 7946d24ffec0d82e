"""Processes of ours that belong together: what one of them starts ends with it, however it ends."""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

PATIENCE = 10  # seconds that a process may take to end in order
_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class End:
    """How processes ended: which was the first, its exit code, and whether they had been ``asked`` to."""

    first: str
    code: int
    asked: bool


def run_together(commands: Mapping[str, Sequence[str]], *, descriptor: int, begun: Callable[[], None]) -> End:
    """Run commands of ours, each with the open socket ``descriptor``, until one ends or this process is told to stop; then all end.

    ``begun`` is called once they were started.
    """
    with _stopping() as stop:
        children = {name: _child(words, keep=(descriptor,)) for name, words in commands.items()}
        stop.reach(tuple(children.values()))
        begun()
        ended = _first_to_end(children)
        asked = stop.asked
        stop.pass_on()
        for child in children.values():
            _wait(child)
    return End(ended, children[ended].returncode, asked)


class _Stop:
    """A signal handler that passes the wish on to the processes that were started."""

    def __init__(self) -> None:
        self.asked = False
        self._children: tuple[subprocess.Popen[bytes], ...] = ()

    def __call__(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 (the interface of a handler)
        self.asked = True
        self.pass_on()

    def reach(self, children: tuple[subprocess.Popen[bytes], ...]) -> None:
        """Say whom to stop; a wish that came while they were being started is passed on now."""
        self._children = children
        if self.asked:
            self.pass_on()

    def pass_on(self) -> None:
        """Tell the processes to end."""
        for child in self._children:
            child.terminate()


@contextlib.contextmanager
def _stopping() -> Iterator[_Stop]:
    stop = _Stop()
    before = {number: signal.signal(number, stop) for number in _SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _child(arguments: Sequence[str], *, keep: tuple[int, ...] = ()) -> subprocess.Popen[bytes]:
    """Start a command of ours, out of reach of the terminal's Ctrl-C: this process passes it on, once."""
    parent = os.getpid()

    def end_with_parent() -> None:
        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(0)

    command = [sys.executable, "-m", "xinheng", *arguments]
    return subprocess.Popen(command, preexec_fn=end_with_parent, start_new_session=True, pass_fds=keep)


def _first_to_end(children: Mapping[str, subprocess.Popen[bytes]]) -> str:
    names: dict[int, str] = {}
    watch = select.poll()
    for name, child in children.items():
        descriptor = os.pidfd_open(child.pid)
        names[descriptor] = name
        watch.register(descriptor, select.POLLIN)
    try:
        return names[watch.poll()[0][0]]
    finally:
        for descriptor in names:
            os.close(descriptor)


def _wait(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()  # what it was at is finished by the next run
        child.wait()
