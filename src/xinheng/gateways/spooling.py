"""Spooling (暂存): what somebody is sending, until it is sealed. In memory while it is small, then in a nameless file that is encrypted.

Received files may hold identifiers, and none of them may stand on a disk in clear (design, principle 7), not even for the seconds of an upload. The key
(AES-256, counter mode) is made for one spool, lives in memory and is gone with it; a byte is written once, so no part of the key stream is used
twice. Nothing is authenticated: only this process can write the file, which has no name.
Legal basis: 个人信息保护法 第五十一条 (encryption).
"""

from __future__ import annotations

import io
import secrets
import tempfile
from typing import IO, Any, cast

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

IN_MEMORY = 4 << 20
"""Bytes up to which a spool stays in memory."""
_BLOCK = 16


class Spool(io.RawIOBase):
    """A place for bytes: written from start to end, then read at will."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._in_memory = in_memory
        self._held: io.BufferedIOBase = io.BytesIO()
        self._key: bytes | None = None
        self._size = self._position = 0

    @property
    def size(self) -> int:
        """How many bytes were written."""
        return self._size

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def writable(self) -> bool:
        """Tell that it can be written, at its end."""
        return True

    def seekable(self) -> bool:
        """Tell that it can be read anywhere."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place and return it."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, start + offset)
        return self._position

    def tell(self) -> int:
        """Return the place."""
        return self._position

    def write(self, content: bytes) -> int:  # type: ignore[override]
        """Append bytes and return how many; raises ``io.UnsupportedOperation`` anywhere but at the end."""
        if self._position != self._size:
            raise io.UnsupportedOperation("a spool is written at its end")
        if self._key is None and self._size + len(content) > self._in_memory:
            self._move_to_file()
        self._put(bytes(content))
        return len(content)

    def readinto(self, buffer: object) -> int:
        """Read at the place."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        self._held.seek(self._position)
        part = self._held.read(min(len(view), max(0, self._size - self._position)))
        view[: len(part)] = part if self._key is None else self._changed(part, self._position)
        self._position += len(part)
        return len(part)

    def close(self) -> None:
        """Let the bytes and their key go."""
        self._held.close()
        self._key = None
        super().close()

    def _move_to_file(self) -> None:
        assert isinstance(self._held, io.BytesIO)  # noqa: S101 - once
        written, self._size = self._held.getvalue(), 0
        self._held, self._key = tempfile.TemporaryFile(), secrets.token_bytes(32)  # noqa: SIM115 - closed with the spool
        self._put(written)

    def _put(self, content: bytes) -> None:
        self._held.seek(self._size)
        self._held.write(content if self._key is None else self._changed(content, self._size))
        self._size += len(content)
        self._position = self._size

    def _changed(self, content: bytes, place: int) -> bytes:
        """Return bytes of a place encrypted, or decrypted: in counter mode that is the same."""
        assert self._key is not None  # noqa: S101 - asked by the callers
        block, inside = divmod(place, _BLOCK)
        stream = Cipher(algorithms.AES(self._key), modes.CTR(block.to_bytes(_BLOCK, "big"))).encryptor()
        stream.update(bytes(inside))
        return stream.update(content)


class SpooledUploads(FileUploadHandler):
    """Keeps the files of a form in spools, instead of Django's memory and clear files."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.spool = Spool()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 (the interface)
        """Take a piece; no other handler sees it."""
        self.spool.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """Return the file, at its start."""
        self.spool.seek(0)
        return UploadedFile(
            file=cast("IO[bytes]", self.spool), name=self.file_name, content_type=self.content_type, size=file_size, charset=self.charset,
            content_type_extra=self.content_type_extra,
        )  # fmt: skip

    def upload_interrupted(self) -> None:
        """Let a file go whose sender went away."""
        if hasattr(self, "spool"):
            self.spool.close()
