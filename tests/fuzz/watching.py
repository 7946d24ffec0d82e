"""Children that play cases, and a parent that watches them: a case that takes longer than the deadline is a fault, and its child is ended."""

from __future__ import annotations

import multiprocessing
import resource
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from tests.fuzz.case import Result, form_of, play

DEADLINE = 30.0  # for a case, in which a file goes through intake four times
MEMORY = 6 << 30  # of addresses; DuckDB and Arrow reserve far more than they use
_START = multiprocessing.get_context("spawn")


@dataclass(slots=True)
class _Child:
    process: BaseProcess
    pipe: Connection
    case: int
    since: float


def watched(
    seed: int, numbers: range, *, form: str | None, children: int, deadline: float = DEADLINE
) -> Iterator[tuple[int, Result]]:
    """Play cases in children and yield each with its number, as they end; one that raises or hangs is a result with a fault."""
    left, busy = iter(numbers), [_started(seed, form) for _ in range(children)]
    for child in list(busy):
        _hand(child, left, busy)
    while busy:
        ready = wait([child.pipe for child in busy], timeout=0.5)
        for child in list(busy):
            if child.pipe in ready:
                yield child.case, _answer(child, seed, form)
            elif time.monotonic() - child.since > deadline:
                yield child.case, _fault(seed, child.case, form, f"hangs for more than {deadline:.0f} s")
                child.process.kill()
                child.process.join()
            else:
                continue
            if not child.process.is_alive():
                busy.remove(child)
                child = _started(seed, form)
                busy.append(child)
            _hand(child, left, busy)


def _started(seed: int, form: str | None) -> _Child:
    ours, theirs = _START.Pipe()
    process = _START.Process(target=_serve, args=(theirs, seed, form), daemon=True)
    process.start()
    theirs.close()
    return _Child(process, ours, -1, time.monotonic())


def _hand(child: _Child, left: Iterator[int], busy: list[_Child]) -> None:
    """Give a child its next case, or let it end."""
    number = next(left, None)
    if number is None:
        child.pipe.close()
        child.process.join(1)
        child.process.kill()
        busy.remove(child)
        return
    fresh = child.case < 0
    child.case, child.since = number, time.monotonic() + (20 if fresh else 0)  # a new child must load everything first
    child.pipe.send(number)


def _answer(child: _Child, seed: int, form: str | None) -> Result:
    try:
        answer: Result = child.pipe.recv()
    except (EOFError, OSError):
        child.process.join()
        return _fault(seed, child.case, form, f"the process ended with {child.process.exitcode}")
    return answer


def _fault(seed: int, number: int, form: str | None, what: str) -> Result:
    return Result(form_of(seed, number, form), "", "fault", False, (), (what,), b"")


def _serve(pipe: Connection, seed: int, form: str | None) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while True:
        try:
            number = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(play(seed, number, form))
        except Exception:
            pipe.send(_fault(seed, number, form, f"raises {traceback.format_exc()[-1_500:]}"))
