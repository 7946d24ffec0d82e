"""Spooling (暂存): what a browser sends is kept until it is read, small in memory, large in a file without a name, encrypted on its way.

No identifier is on disk in clear (design principle 7), so what Django would write to a temporary file goes through here. The key lives in
this process only: what is left after a crash is noise. AES-256-CTR, so that any place can be read without the whole.
"""

from __future__ import annotations

import io
import os
import tempfile
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

IN_MEMORY = 1 << 20
"""Bytes that are kept in memory."""
_BLOCK = 16


class SealedSpool(io.RawIOBase):
    """A file that is written from its start to its end, then read anywhere; wrap it in ``io.BufferedReader`` to read lines."""

    def __init__(self) -> None:
        self._file: BinaryIO = io.BytesIO()
        self._on_disk = False
        self._key, self._nonce = os.urandom(32), os.urandom(8)
        self._size = self._position = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def writable(self) -> bool:
        """Tell that it can be written, at its end."""
        return True

    def seekable(self) -> bool:
        """Tell that any place can be read."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a place."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, start + offset)
        return self._position

    def tell(self) -> int:
        """Return the place."""
        return self._position

    def write(self, content: object) -> int:
        """Append content; raises ``OSError`` where the place is not the end."""
        data = bytes(content)  # type: ignore[call-overload]
        if self._position != self._size:
            raise OSError("a spool is written at its end only")
        if not self._on_disk and self._size + len(data) > IN_MEMORY:
            self._move_to_disk()
        self._file.seek(self._size)
        self._file.write(self._crypted(data, self._size) if self._on_disk else data)
        self._size += len(data)
        self._position = self._size
        return len(data)

    def readinto(self, buffer: object) -> int:
        """Read into a buffer from the place on."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        self._file.seek(self._position)
        data = self._file.read(min(len(view), max(0, self._size - self._position)))
        plain = self._crypted(data, self._position) if self._on_disk else data
        view[: len(plain)] = plain
        self._position += len(plain)
        return len(plain)

    def close(self) -> None:
        """Let the content go."""
        self._file.close()
        super().close()

    def _move_to_disk(self) -> None:
        held = self._file
        held.seek(0)
        content = held.read()
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the spool)
        self._file.write(self._crypted(content, 0))
        self._on_disk = True
        held.close()

    def _crypted(self, data: bytes, place: int) -> bytes:
        block, inside = divmod(place, _BLOCK)
        counter = self._nonce + block.to_bytes(8, "big")
        cipher = Cipher(AES(self._key), CTR(counter)).encryptor()
        cipher.update(bytes(inside))
        return cipher.update(data) + cipher.finalize()
