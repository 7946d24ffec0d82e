"""Looking many names up on all processors (批量查找): the index lies in the memory of the process, its children read it where it is.

A child is a fork of this process and asks nothing but the index; so it is done only where nobody else works in this process (a command, a job), never
in a server of pages, whose threads may hold locks that a fork would take along.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Sequence

from xinheng.core.names import Answer, NameIndex
from xinheng.store.name_index import kept_names

FEW = 4000
"""Names for which a fork is not worth it."""
_asked: tuple[NameIndex, Sequence[str]] | None = None


def make_current(entered: int) -> None:
    """Bring the index to what the register holds after many registrations, and into its files: so that the first who asks need not wait."""
    if entered > FEW:
        kept_names().current()


def best(index: NameIndex, names: Sequence[str]) -> list[Answer]:
    """Return who is meant by each name, as ``index.best`` says it."""
    processes = len(os.sched_getaffinity(0))
    if len(names) < FEW or processes == 1 or threading.active_count() > 1:
        return index.best(names)
    held = index.holds(names)
    known = index.best([name for name, is_held in zip(names, held, strict=True) if is_held])
    others = _spread(index, [name for name, is_held in zip(names, held, strict=True) if not is_held], processes)
    ways = {True: iter(known), False: iter(others)}
    return [next(ways[is_held]) for is_held in held]


def _spread(index: NameIndex, names: Sequence[str], processes: int) -> list[Answer]:
    """Ask for names that nobody bears as they are written: those take their time."""
    if len(names) < FEW // 4:
        return index.best(names)
    global _asked
    step = -(-len(names) // (processes * 2))
    _asked = index, names
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            parts = pool.map(_part, [(start, start + step) for start in range(0, len(names), step)], chunksize=1)
    finally:
        _asked = None
    return [answer for part in parts for answer in part]


def _part(place: tuple[int, int]) -> list[Answer]:
    assert _asked is not None  # noqa: S101 (it was set before the fork)
    index, names = _asked
    return index.best(names[place[0] : place[1]])
