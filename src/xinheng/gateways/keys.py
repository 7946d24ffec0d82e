"""The platform's keys for persons' data (密钥环): named k1, k2, …, one purpose each, kept in the home's secrets, wrapped under the master key.

A file a key, readable by its owner only. A key under which nothing stands any more is destroyed: its file says when, and its name is never used again.
Basis: 个人信息保护法 第五十一条; 信息安全技术 网络安全等级保护基本要求 (GB/T 22239) 8.1.4.8.
"""

from __future__ import annotations

import base64
import datetime as dt
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from xinheng.core.errors import Explanation, Text, Unavailable
from xinheng.gateways.algorithms import SECRET, Profile, opened, profile_named


class Purpose(StrEnum):
    """What a key is for: sealing data keys and names, or looking a person up."""

    SEAL = "seal"
    LOOKUP = "lookup"


@dataclass(frozen=True, slots=True)
class Key:
    """A key: ``secret`` is empty once it is destroyed."""

    name: str
    purpose: Purpose
    algorithms: str
    made_on: dt.date
    destroyed_on: dt.date | None
    secret: bytes = field(repr=False)

    @property
    def profile(self) -> Profile:
        """The algorithms that it is used with."""
        return profile_named(self.algorithms)

    def seal(self, content: bytes, bound: bytes) -> bytes:
        """Return ``content`` sealed under this key, bound to what it belongs to."""
        return self.profile.seal(self.secret, content, bound)

    def open(self, sealed: bytes, bound: bytes) -> bytes:
        """Return what was sealed under this key; raises ``Unavailable``."""
        return opened(self.secret, sealed, bound)

    def digest(self, *parts: str) -> bytes:
        """Return the keyed digest of some texts."""
        return self.profile.digest(self.secret, "\x1f".join(parts).encode())


class KeyRing:
    """The keys below ``folder``, as they stand on disk now; ``algorithms`` names the profile of new ones."""

    def __init__(self, folder: Path, master_key: str, *, algorithms: str, today: dt.date) -> None:
        self._folder = folder
        self._master = base64.b64decode(master_key)
        self._profile = profile_named(algorithms)
        self._today = today

    def every(self) -> tuple[Key, ...]:
        """Return every key there ever was, oldest first."""
        if not self._folder.is_dir():
            return ()
        return tuple(sorted(self._read(), key=lambda key: int(key.name[1:])))

    def current(self, purpose: Purpose) -> Key:
        """Return the newest key for a purpose, made at first use; two processes agree on it."""
        held = self.living(purpose)
        return held[-1] if held else self._first(purpose)

    def living(self, purpose: Purpose) -> tuple[Key, ...]:
        """Return the keys for a purpose that are not destroyed, oldest first."""
        return tuple(key for key in self.every() if key.purpose is purpose and key.destroyed_on is None)

    def named(self, name: str) -> Key:
        """Return a key; raises ``Unavailable`` where it is not there or was destroyed."""
        for key in self.every():
            if key.name == name and key.destroyed_on is None:
                return key
        raise Unavailable(_gone(name), key=name)

    def add(self, purpose: Purpose) -> Key:
        """Make a new key; it is the current one from now on."""
        while True:
            name = f"k{len(self.every()) + 1}"
            key = Key(name, purpose, self._profile.name, self._today, None, secrets.token_bytes(SECRET))
            if self._write(key, exclusive=True):
                return key

    def destroy(self, name: str) -> None:
        """Destroy a key: its secret is gone from disk for good."""
        held = self.named(name)
        self._write(Key(name, held.purpose, held.algorithms, held.made_on, self._today, b""), exclusive=False)

    def _first(self, purpose: Purpose) -> Key:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)  # let go with the descriptor
            held = self.living(purpose)
            return held[-1] if held else self.add(purpose)
        finally:
            os.close(descriptor)

    def _read(self) -> Iterator[Key]:
        for path in self._folder.glob("k*"):
            if path.name[1:].isdigit():
                told = json.loads(path.read_text(encoding="utf-8"))
                destroyed = dt.date.fromisoformat(told["destroyed_on"]) if told["destroyed_on"] else None
                yield Key(
                    path.name, Purpose(told["purpose"]), told["algorithms"], dt.date.fromisoformat(told["made_on"]), destroyed,
                    b"" if destroyed else self._unwrapped(path.name, told),
                )  # fmt: skip

    def _unwrapped(self, name: str, told: dict[str, Any]) -> bytes:
        try:
            return opened(self._master, base64.b64decode(told["secret"]), f"{name} {told['purpose']}".encode())
        except Unavailable as error:
            raise Unavailable(_OTHER_MASTER, key=name) from error

    def _write(self, key: Key, *, exclusive: bool) -> bool:
        bound = f"{key.name} {key.purpose.value}".encode()
        told = {
            "purpose": key.purpose.value, "algorithms": key.algorithms, "made_on": key.made_on.isoformat(),
            "destroyed_on": key.destroyed_on.isoformat() if key.destroyed_on else None,
            "secret": base64.b64encode(self._profile.seal(self._master, key.secret, bound)).decode() if key.secret else "",
        }  # fmt: skip
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / f"draft-{secrets.token_hex(8)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(told, file)
            file.flush()
            os.fsync(file.fileno())
        return self._placed(draft, self._folder / key.name, exclusive=exclusive)

    def _placed(self, draft: Path, place: Path, *, exclusive: bool) -> bool:
        try:
            if not exclusive:
                draft.replace(place)
                return True
            os.link(draft, place)
        except FileExistsError:
            return False
        finally:
            draft.unlink(missing_ok=True)
        return True


def _gone(name: str) -> Explanation:
    return Explanation(
        Text(f"密钥 {name} 不在密钥环中", f"The key {name} is not in the ring"),
        Text("密钥已销毁，或者数据目录不完整", "it was destroyed, or the data folder is not complete"),
        Text("请从备份恢复密钥文件（secrets/keys）。", "Restore the key's file from a backup (secrets/keys)."),
    )


_OTHER_MASTER = Explanation(
    Text("密钥环无法打开", "The key ring cannot be opened"),
    Text("主密钥与当时不同，或者密钥文件被改动", "the master key is another one, or a key's file was changed"),
    Text("请使用原来的主密钥（XINHENG_MASTER_KEY）。", "Use the former master key (XINHENG_MASTER_KEY)."),
)
