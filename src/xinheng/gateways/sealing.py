"""Sealing files (封存): each received file is kept once, unchanged, encrypted with a key of its own.

AES-256-GCM over frames of 1 MiB, the frame's number as nonce (the key is used for one file only) and the mark of the last frame as
authenticated data, so that frames can be neither swapped nor cut off. The file's key is kept wrapped under the master key; without it
the content is gone for good. A file is named by its content and its key: two processes that seal the same content at once, or one that
is killed before it has written its key down, never put a file in the place of another whose key counts.
Legal basis: 个人信息保护法 第五十一条 (encryption), 第四十七条 (deletion).
"""

from __future__ import annotations

import base64
import errno
import hashlib
import io
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from xinheng.core.errors import Explanation, Text, Unavailable

FRAME = 1 << 20
_TAG = 16
_MAGIC = b"XHSEAL1\n"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed file: the SHA-256 and size of its content, and its wrapped key."""

    sha256: str
    size: int
    wrapped_key: bytes


class Seals:
    """The sealed files below ``folder`` under the master key (base64, 32 bytes)."""

    def __init__(self, folder: Path, master_key: str) -> None:
        self._folder = folder
        self._master = AESGCM(master_key_bytes(master_key))

    def seal(self, content: BinaryIO, *, progress: Callable[[int], None] | None = None) -> Sealed:
        """Keep ``content`` sealed and return under which name and key; the same content again is another file.

        The caller writes the key down, or drops the file where it has one of this content. Raises ``Unavailable``.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = AESGCM.generate_key(bit_length=256)
        draft = self._folder / f"draft-{secrets.token_hex(8)}"
        try:
            sha256, size = self._write(content, draft, AESGCM(key), progress)
            sealed = Sealed(sha256, size, self._wrap(key, sha256))
            place = self._place(sealed)
            place.parent.mkdir(mode=0o700, exist_ok=True)
            draft.replace(place)
            _sync(place.parent)
        except OSError as error:
            raise _no_room(error) from error
        finally:
            draft.unlink(missing_ok=True)
        return sealed

    def open(self, sealed: Sealed) -> BinaryIO:
        """Return the content as a stream that can be read and sought; raises ``Unavailable`` where it was tampered with."""
        key = AESGCM(self._unwrap(sealed.wrapped_key, sealed.sha256))
        return io.BufferedReader(_Frames(self._place(sealed), key, sealed.size), buffer_size=FRAME)

    def holds(self, sealed: Sealed) -> bool:
        """Tell whether the file is there."""
        return self._place(sealed).exists()

    def drop(self, sealed: Sealed) -> None:
        """Take a sealed file away: its content is kept under another key, or was not taken."""
        self._place(sealed).unlink(missing_ok=True)

    def _place(self, sealed: Sealed) -> Path:
        mark = hashlib.sha256(sealed.wrapped_key).hexdigest()[:16]
        return self._folder / sealed.sha256[:2] / f"{sealed.sha256}.{mark}.sealed"

    def _write(
        self, content: BinaryIO, draft: Path, key: AESGCM, progress: Callable[[int], None] | None
    ) -> tuple[str, int]:
        digest, size, number = hashlib.sha256(), 0, 0
        frame = _full(content)
        with draft.open("xb") as out:
            out.write(_MAGIC)
            while True:
                following = _full(content)
                digest.update(frame)
                size += len(frame)
                out.write(key.encrypt(_nonce(number), frame, _last(not following)))
                if progress:
                    progress(len(frame))
                if not following:
                    break
                frame, number = following, number + 1
            out.flush()
            os.fsync(out.fileno())
        return digest.hexdigest(), size

    def _wrap(self, key: bytes, sha256: str) -> bytes:
        nonce = secrets.token_bytes(12)
        return nonce + self._master.encrypt(nonce, key, sha256.encode())

    def _unwrap(self, wrapped: bytes, sha256: str) -> bytes:
        try:
            return self._master.decrypt(bytes(wrapped[:12]), bytes(wrapped[12:]), sha256.encode())
        except InvalidTag as error:
            raise Unavailable(_OTHER_KEY, sha256=sha256) from error


class _Frames(io.RawIOBase):
    """A sealed file as a raw stream: decrypts the frame that is asked for."""

    def __init__(self, path: Path, key: AESGCM, size: int) -> None:
        try:
            self._file = path.open("rb")
        except FileNotFoundError as error:
            raise Unavailable(_GONE, file=path.name) from error
        self._key, self._size, self._position = key, size, 0
        self._frame_number, self._frame = -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, start + offset)
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        if self._position >= self._size or not len(view):
            return 0
        number, inside = divmod(self._position, FRAME)
        if number != self._frame_number:
            self._frame, self._frame_number = self._decrypted(number), number
        part = self._frame[inside : inside + len(view)]
        view[: len(part)] = part
        self._position += len(part)
        return len(part)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _decrypted(self, number: int) -> bytes:
        last = max(0, (self._size - 1)) // FRAME
        self._file.seek(len(_MAGIC) + number * (FRAME + _TAG))
        try:
            return self._key.decrypt(_nonce(number), self._file.read(FRAME + _TAG), _last(number == last))
        except InvalidTag as error:
            raise Unavailable(_TAMPERED) from error


def _sync(folder: Path) -> None:
    """See to it that a name in the folder outlasts a loss of power, as its content does."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _full(stream: BinaryIO) -> bytes:
    parts, missing = [], FRAME
    while missing and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _last(is_last: object) -> bytes:
    return b"last" if is_last else b"more"


def master_key_bytes(text: str) -> bytes:
    """Return the master key that the settings hold as base64; raises ``Unavailable`` where it is none."""
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise Unavailable(_BAD_MASTER)
    return key


def _no_room(error: OSError) -> Unavailable:
    return Unavailable(_FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else _NO_WRITE, error=str(error))


_FULL = Explanation(
    Text("磁盘已满，文件未能保存", "The disk is full and the file could not be kept"),
    Text("封存文件需要与原文件相同的空间", "a sealed copy needs as much room as the file"),
    Text(
        "请清理磁盘后用同一命令重新报送；已入库的内容不受影响。",
        "Free some space and run the same command again; what was taken before is safe.",
    ),
)
_NO_WRITE = Explanation(
    Text("文件未能保存", "The file could not be kept"),
    Text("数据目录不可写或磁盘出错", "the data folder cannot be written, or the disk failed"),
    Text(
        "请检查数据目录的权限和磁盘状态，再用同一命令重新报送。",
        "Check the folder's permissions and the disk, then run the same command again.",
    ),
)
_TAMPERED = Explanation(
    Text("封存文件已损坏或被改动", "A sealed file is damaged or was changed"),
    Text("校验未通过", "its authentication failed"),
    Text(
        "请从备份恢复该文件，并通知安全管理员。", "Restore the file from a backup and tell the security administrator."
    ),
)
_GONE = Explanation(
    Text("封存文件不在数据目录中", "A sealed file is not in the data folder"),
    Text("文件已被移走或删除", "it was moved or deleted"),
    Text(
        "请从备份恢复该文件，并通知安全管理员。", "Restore the file from a backup and tell the security administrator."
    ),
)
_OTHER_KEY = Explanation(
    Text("封存文件无法打开", "A sealed file cannot be opened"),
    Text("主密钥与封存时不同", "the master key is not the one it was sealed under"),
    Text("请使用原来的主密钥（XINHENG_MASTER_KEY）。", "Use the former master key (XINHENG_MASTER_KEY)."),
)
_BAD_MASTER = Explanation(
    Text("主密钥不正确", "The master key is wrong"),
    Text("应为 32 字节的 base64 文本", "it must be 32 bytes in base64"),
    Text("请检查环境变量 XINHENG_MASTER_KEY。", "Check the environment variable XINHENG_MASTER_KEY."),
)
