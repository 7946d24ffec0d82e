"""Who holds the server, said by locks of the kernel.

A lock ends with its process, however that ends (``kill -9`` too); a pid that went to somebody else holds none.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from pathlib import Path

from xinheng.server.layout import Layout, open_private


def open_lock(path: Path) -> int:
    """Open the lock file ``path`` without taking the lock; closing the descriptor gives the lock up."""
    return open_private(path, os.O_RDWR | os.O_CREAT)


def try_exclusive(descriptor: int) -> bool:
    """Take the lock for this descriptor alone if nobody has it."""
    return _try(descriptor, fcntl.LOCK_EX)


def try_shared(descriptor: int) -> bool:
    """Take the lock together with others if nobody has it alone."""
    return _try(descriptor, fcntl.LOCK_SH)


def wait_exclusive(descriptor: int) -> None:
    """Wait until everybody else gave the lock up, then have it alone."""
    fcntl.flock(descriptor, fcntl.LOCK_EX)


def wait_shared(descriptor: int) -> None:
    """Wait until nobody has the lock alone, then have it together with others."""
    fcntl.flock(descriptor, fcntl.LOCK_SH)


def _try(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_free(path: Path) -> bool:
    """Tell whether nobody has the lock ``path`` alone at this moment."""
    try:
        descriptor = open_private(path, os.O_RDWR)
    except FileNotFoundError:
        return True
    try:
        return try_shared(descriptor)
    finally:
        os.close(descriptor)


def sign_in(layout: Layout) -> tuple[int, Path]:
    """Write this process into the list of holders; return the locked descriptor and the file."""
    name = f"{os.getpid()}-{secrets.token_hex(4)}"
    draft = layout.holders / f".{name}"
    descriptor = open_private(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL)
    wait_exclusive(descriptor)  # locked before it is seen, so nobody takes it for a leftover
    return descriptor, draft.rename(layout.holders / name)


def holders(layout: Layout) -> tuple[int, ...]:
    """Return the pids of the living holders, and clear away what dead ones left."""
    living = set()
    for file in layout.holders.glob("[0-9]*-*") if layout.holders.is_dir() else ():
        try:
            free = is_free(file)
        except OSError:
            continue
        if free:
            file.unlink(missing_ok=True)
        else:
            living.add(int(file.name.partition("-")[0]))
    return tuple(sorted(living))
