"""Where everything of one home's server lies on disk, and how its private files are opened."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from xinheng.core.errors import Unavailable
from xinheng.server import sentences


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of one home. Two spellings of one folder (a link, ``..``) are one home."""

    home: Path

    @classmethod
    def of(cls, home: Path) -> Layout:
        """Return the layout of ``home``, which need not exist yet."""
        return cls(home.expanduser().resolve())

    @property
    def digest(self) -> str:
        """A short name for this home where its own path cannot be used (too long, not ASCII)."""
        return hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]

    @property
    def folder(self) -> Path:
        """Everything of the server that is not reached through SQL."""
        return self.home / "postgres"

    @property
    def data(self) -> Path:
        """The cluster, unless :attr:`pointer` names another place."""
        return self.folder / "data"

    @property
    def pointer(self) -> Path:
        """A file that names the place of the cluster where the server's account cannot reach the home."""
        return self.folder / "cluster"

    @property
    def password(self) -> Path:
        """The secret of the role ``xinheng``."""
        return self.folder / "password"

    @property
    def superuser_password(self) -> Path:
        """The secret of the role ``postgres``, for the supervisor alone."""
        return self.folder / "superuser-password"

    @property
    def holders_lock(self) -> Path:
        """Shared by every holder; exclusive for the supervisor that stops the server."""
        return self.folder / "holders.lock"

    @property
    def supervisor_lock(self) -> Path:
        """Exclusive for the one supervisor, as long as it lives."""
        return self.folder / "supervisor.lock"

    @property
    def holders(self) -> Path:
        """One locked file for each holder, named by its pid."""
        return self.folder / "holders"

    @property
    def state(self) -> Path:
        """What the supervisor says about itself."""
        return self.folder / "state.json"

    @property
    def control(self) -> Path:
        """The pipe through which the supervisor is asked to stop by force."""
        return self.folder / "control"

    @property
    def log(self) -> Path:
        """What the server and the supervisor wrote; no content of any row."""
        return self.folder / "server.log"


def prepare(layout: Layout) -> None:
    """Make the folders of ``layout`` where they are missing.

    Raises :class:`Unavailable` where they belong to another user or the disk is full.
    """
    as_root = os.geteuid() == 0
    try:
        layout.home.mkdir(parents=True, exist_ok=True)
        # The dropped account of a root server must pass through to its data folder, and may see nothing else.
        make_folder(layout.folder, mode=0o711 if as_root else 0o700, owner=layout.home)
        make_folder(layout.holders, mode=0o700, owner=layout.folder)
    except OSError as error:
        raise explained(error, layout.folder) from error


def make_folder(path: Path, *, mode: int, owner: Path) -> None:
    """Make ``path`` with ``mode`` unless it exists; made by root, it goes to the owner of ``owner``."""
    try:
        path.mkdir(mode=mode)
    except FileExistsError:
        return
    path.chmod(mode)
    if os.geteuid() == 0:
        stat = owner.stat()
        os.chown(path, stat.st_uid, stat.st_gid, follow_symlinks=False)


def explained(error: OSError, folder: Path) -> Unavailable:
    """Turn what the system said about ``folder`` into a sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Unavailable(sentences.disk_full(folder))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Unavailable(sentences.not_yours(folder))
    return Unavailable(sentences.cannot_start(str(error), log=folder))


def open_private(path: Path, flags: int) -> int:
    """Open a file of ours (mode 0600, no links followed, not inherited) and return its descriptor.

    Made by root in the home of another user, the file goes to that user, who may run the platform later.
    """
    descriptor = os.open(path, flags | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    if os.geteuid() == 0:
        owner = path.parent.stat()
        if os.fstat(descriptor).st_uid != owner.st_uid:
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
    return descriptor


def write_private(path: Path, content: str) -> None:
    """Put ``content`` into ``path`` in one step: a reader sees the old or the new, never a part."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(open_private(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def read_private(path: Path) -> str:
    """Return the text of a file of ours, empty where it is missing."""
    try:
        descriptor = open_private(path, os.O_RDONLY)
    except FileNotFoundError:
        return ""
    with os.fdopen(descriptor, encoding="utf-8", errors="replace") as file:
        return file.read()


def tail_of(log: Path, *, start: int, lines: int = 12) -> str:
    """Return the last ``lines`` that were written to ``log`` after byte ``start``."""
    try:
        with log.open("rb") as file:
            file.seek(max(start, log.stat().st_size - 8192))
            text = file.read().decode("utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])
