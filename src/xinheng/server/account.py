"""Under which user of the machine the server runs. PostgreSQL refuses root, so root hands it on."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xinheng.core.errors import Unavailable
from xinheng.server import sentences

_CAN_READ = 'for path; do test -r "$path" || exit 1; done'
_CAN_ENTER = 'cd "$1"'
_SAME_FOLDER = 'test "/proc/$1/cwd" -ef "$2"'


@dataclass(frozen=True, slots=True)
class Account:
    """The user (``uid``, ``gid``) that owns the cluster and runs the server."""

    uid: int
    gid: int

    def as_child(self) -> dict[str, Any]:
        """Return the arguments of ``subprocess`` that run a program under this account."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def reads(self, *paths: Path) -> bool:
        """Tell whether this account can read all of ``paths``, by trying it."""
        return self._ask(_CAN_READ, *map(str, paths))

    def enters(self, folder: Path) -> bool:
        """Tell whether this account can pass into ``folder``, by trying it."""
        return self._ask(_CAN_ENTER, str(folder))

    def works_in(self, pid: int, folder: Path) -> bool:
        """Tell whether ``folder`` is the working folder of process ``pid``."""
        try:
            return os.path.samefile(f"/proc/{pid}/cwd", folder)  # noqa: PTH121 - a magic link, not a path to resolve
        except PermissionError:  # root without CAP_SYS_PTRACE, as in containers, may not look; the account itself may
            return self._ask(_SAME_FOLDER, str(pid), str(folder))
        except OSError:
            return False

    def _ask(self, script: str, *arguments: str) -> bool:
        command = ["/bin/sh", "-c", script, "sh", *arguments]
        quiet = subprocess.DEVNULL
        asked = subprocess.run(
            command, cwd="/", stdin=quiet, stdout=quiet, stderr=quiet, check=False, **self.as_child()
        )
        return asked.returncode == 0


def account_for(*, home: Path, data: Path) -> Account:
    """Return the account of the cluster ``data`` of ``home``.

    An existing cluster keeps its owner. Otherwise it is the caller; for root it is the owner of the home, or else the
    machine's ``postgres`` or ``nobody``. Raises :class:`Unavailable` where the cluster is another user's.
    """
    try:
        owner = data.stat()
    except FileNotFoundError:
        return _new_account(home)
    if os.geteuid() not in (0, owner.st_uid):
        raise Unavailable(sentences.not_yours(data))
    return Account(owner.st_uid, owner.st_gid)


def _new_account(home: Path) -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    owner = home.stat().st_uid
    for entry in pwd.getpwall():
        if owner != 0 and entry.pw_uid == owner:
            return Account(entry.pw_uid, entry.pw_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid)
    raise Unavailable(sentences.no_plain_user())
