"""Outages (故障): what an error of the database or of the disk means to a reader. Not a fault of the file, and trying again is right."""

from __future__ import annotations

import errno
from collections.abc import Iterator

from xinheng.core.errors import Explanation, Text, Unavailable


def outage_of(error: BaseException) -> Unavailable | None:
    """Return what an error of the database or of the disk means, or nothing for a fault of our own.

    A full disk is looked for first: Django wraps what the database said into an error that could mean anything.
    """
    chain = list(_with_causes(error))
    if any(_is_full(one) for one in chain):
        return Unavailable(_FULL)
    if any(type(one).__name__ in _LOST for one in chain):
        return Unavailable(_AWAY)
    return None


def _with_causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _is_full(error: BaseException) -> bool:
    no_room = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    return no_room or type(error).__name__ == "DiskFull"


_LOST = frozenset(
    {"AdminShutdown", "CrashShutdown", "CannotConnectNow", "ConnectionTimeout", "OperationalError", "InterfaceError"}
)
_FULL = Explanation(
    Text("磁盘已满", "The disk is full"),
    Text("没有空间继续写入；已入库的内容不受影响", "there is no room to write; what was taken before is safe"),
    Text(
        "请清理磁盘后再次运行同一命令，未完成的部分会接着完成。",
        "Free some space and run the same command again: it finishes what is left.",
    ),
)
_AWAY = Explanation(
    Text("与数据库的连接中断", "The connection to the database was lost"),
    Text("数据库可能正在重启；已入库的内容不受影响", "it may be restarting; what was taken before is safe"),
    Text("请再次运行同一命令，未完成的部分会接着完成。", "Run the same command again: it finishes what is left."),
)
