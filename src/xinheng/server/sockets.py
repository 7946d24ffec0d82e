"""The short private folder of the server's socket, and who listens there.

A socket's path has at most 107 bytes, so it cannot lie in the home. It lies in ``/tmp``, where every session of the
machine finds it (a session's own XDG_RUNTIME_DIR is emptied at logout, while the server may live on).
"""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import struct
from pathlib import Path

from xinheng.core.errors import Unavailable
from xinheng.server import sentences
from xinheng.server.account import Account

BASE = Path("/tmp")  # noqa: S108 - made with mode 0700 and its owner checked
PORT = 5432
LONGEST = 107


def make_folder(digest: str, account: Account) -> Path:
    """Make (or take again) the folder of the home ``digest``; a name that another user took is passed over."""
    for attempt in range(10):
        folder = BASE / f"xinheng-{account.uid}-{digest}{f'-{attempt}' if attempt else ''}"
        try:
            folder.mkdir(mode=0o700)
            folder.chmod(0o700)
            if os.geteuid() != account.uid:
                os.chown(folder, account.uid, account.gid, follow_symlinks=False)
        except FileExistsError:
            pass
        except OSError as error:
            raise Unavailable(sentences.no_socket_folder(BASE)) from error
        if is_private(folder, account.uid):
            if len(os.fsencode(file_in(folder, PORT))) > LONGEST:
                raise Unavailable(sentences.socket_path_too_long(str(folder)))
            return folder
    raise Unavailable(sentences.no_socket_folder(BASE))


def is_private(folder: Path, uid: int) -> bool:
    """Tell whether ``folder`` is a real folder that belongs to ``uid`` and is closed to everybody else."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == uid and not found.st_mode & 0o077


def file_in(folder: Path, port: int) -> Path:
    """Return the socket's own path, as PostgreSQL names it."""
    return folder / f".s.PGSQL.{port}"


def listener(folder: Path, port: int) -> int | None:
    """Ask the kernel which process made the socket that answers here; ``None`` where none answers."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(5)
        try:
            line.connect(str(file_in(folder, port)))
            credentials = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        except OSError:
            return None
    pid, _, _ = struct.unpack("3i", credentials)
    return pid or None


def remove_folder(folder: Path) -> None:
    """Take the folder away after the server that listened in it; one that is not empty stays."""
    with contextlib.suppress(OSError):
        folder.rmdir()


def clear_leftovers(folder: Path, port: int) -> None:
    """Remove a dead server's socket and its lock, whose pid may be somebody else's by now."""
    file_in(folder, port).unlink(missing_ok=True)
    (folder / f".s.PGSQL.{port}.lock").unlink(missing_ok=True)
