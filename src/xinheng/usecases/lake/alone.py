"""One at a time: a projector or a rebuild, and beside it one compaction. Who is killed lets go by dying."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from xinheng.core.errors import Explanation, Text, Unavailable
from xinheng.store import locks
from xinheng.store.locks import Lock

PROJECTING, COMPACTING = 1, 2


@contextmanager
def alone(work: int) -> Iterator[None]:
    """Do a kind of work on the lake alone; raises ``Unavailable`` where another process does it."""
    if not locks.try_to_take(Lock.LAKE, work):
        raise Unavailable(_BUSY)
    try:
        yield
    finally:
        locks.let_go(Lock.LAKE, work)


_BUSY = Explanation(
    Text("另一进程正在维护数据湖", "Another process is at work on the lake"),
    Text("同一时刻只允许一个进程投影或重建、一个进程压缩", "one projects or rebuilds at a time, and one compacts"),
    Text("请稍后再运行同一命令。", "Run the same command again later."),
)
