"""Small secrets at rest (密钥加密存储): AES-256-GCM under a key of its own for each purpose, derived from the master key.

What was sealed for one purpose and owner opens for no other: both are authenticated with it. Legal basis: GB/T 22239-2019, 8.1.4.8.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from xinheng.core.errors import Explanation, Text, Unavailable
from xinheng.gateways.sealing import master_key_bytes

_NONCE = 12


class SecretBox:
    """Seals and opens the secrets of one ``purpose`` under the master key (base64, 32 bytes)."""

    def __init__(self, master_key: str, *, purpose: str) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"xinheng {purpose}".encode())
        self._cipher = AESGCM(derived.derive(master_key_bytes(master_key)))

    def seal(self, secret: str, *, owner: str) -> bytes:
        """Return the secret, sealed for its owner."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, secret.encode(), owner.encode())

    def open(self, sealed: bytes | memoryview, *, owner: str) -> str:
        """Return the secret; raises ``Unavailable`` where it was sealed under another key or for somebody else."""
        held = bytes(sealed)
        try:
            return self._cipher.decrypt(held[:_NONCE], held[_NONCE:], owner.encode()).decode()
        except InvalidTag as error:
            raise Unavailable(_OTHER_KEY) from error


_OTHER_KEY = Explanation(
    Text("加密保存的密钥无法打开", "A secret that is kept sealed cannot be opened"),
    Text("主密钥与保存时不同，或者内容被改动", "the master key is not the former one, or it was changed"),
    Text(
        "请使用原来的主密钥（XINHENG_MASTER_KEY），或者联系安全管理员。",
        "Use the former master key (XINHENG_MASTER_KEY), or ask the security administrator.",
    ),
)
