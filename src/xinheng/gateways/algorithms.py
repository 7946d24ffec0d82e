"""The algorithms with which persons' data are sealed (密码算法), as two profiles that are switched as a whole.

``international``: AES-256-GCM, HMAC-SHA-256. ``national``: SM4-GCM (GB/T 32907, RFC 8998), HMAC-SM3 (GB/T 32905). What is sealed begins with the
number of its profile, so that everything sealed before a switch can still be read. Basis: 密码法 第二十七条; 个人信息保护法 第五十一条.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC

from xinheng.core.errors import Explanation, Text, Unavailable

SECRET = 32
"""Bytes of every secret, whatever the profile: a cipher with a shorter key takes one made from it."""
_NONCE, _TAG = 12, 16


@dataclass(frozen=True, slots=True)
class Profile:
    """One set of algorithms: its ``number`` stands before everything that it sealed."""

    number: int
    name: str
    cipher: str
    digest_name: str
    encrypt: Callable[[bytes, bytes, bytes, bytes], bytes]
    decrypt: Callable[[bytes, bytes, bytes, bytes], bytes]
    digest: Callable[[bytes, bytes], bytes]

    def seal(self, secret: bytes, content: bytes, bound: bytes) -> bytes:
        """Return ``content`` sealed; ``bound`` is what it belongs to and must be said again to open it."""
        nonce = secrets.token_bytes(_NONCE)
        return bytes([self.number]) + nonce + self.encrypt(secret, nonce, content, bound)


def _aes(secret: bytes, nonce: bytes, content: bytes, bound: bytes) -> bytes:
    return AESGCM(secret).encrypt(nonce, content, bound)


def _aes_back(secret: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    return AESGCM(secret).decrypt(nonce, sealed, bound)


def _sha256(secret: bytes, message: bytes) -> bytes:
    return hmac.digest(secret, message, "sha256")


def _sm3(secret: bytes, message: bytes) -> bytes:
    made = HMAC(secret, hashes.SM3())
    made.update(message)
    return made.finalize()


def sm4_gcm(key: bytes, nonce: bytes, content: bytes, bound: bytes) -> bytes:
    """Return ``content`` under SM4-GCM with a key of 16 bytes, its tag of 16 bytes behind (RFC 8998)."""
    made = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    made.authenticate_additional_data(bound)
    return made.update(content) + made.finalize() + made.tag


def _sm4(secret: bytes, nonce: bytes, content: bytes, bound: bytes) -> bytes:
    return sm4_gcm(_sm4_key(secret), nonce, content, bound)


def _sm4_back(secret: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    made = Cipher(algorithms.SM4(_sm4_key(secret)), modes.GCM(nonce, sealed[-_TAG:])).decryptor()
    made.authenticate_additional_data(bound)
    return made.update(sealed[:-_TAG]) + made.finalize()


def _sm4_key(secret: bytes) -> bytes:
    return _sm3(secret, b"xinheng sm4")[:16]


INTERNATIONAL = Profile(1, "international", "AES-256-GCM", "HMAC-SHA-256", _aes, _aes_back, _sha256)
NATIONAL = Profile(2, "national", "SM4-GCM", "HMAC-SM3", _sm4, _sm4_back, _sm3)
PROFILES = {profile.name: profile for profile in (INTERNATIONAL, NATIONAL)}
_BY_NUMBER = {profile.number: profile for profile in PROFILES.values()}


def profile_named(name: str) -> Profile:
    """Return a profile; raises ``Unavailable`` where the setting names none."""
    held = PROFILES.get(name)
    if held is None:
        raise Unavailable(_UNKNOWN, profile=name)
    return held


def opened(secret: bytes, sealed: bytes, bound: bytes) -> bytes:
    """Return what was sealed, by whichever profile; raises ``Unavailable`` where it was changed or belongs to something else."""
    held = _BY_NUMBER.get(sealed[0]) if sealed else None
    if held is None:
        raise Unavailable(_TAMPERED)
    nonce, rest = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    try:
        return held.decrypt(secret, nonce, rest, bound)
    except (InvalidTag, ValueError) as error:
        raise Unavailable(_TAMPERED) from error


_UNKNOWN = Explanation(
    Text("密码算法配置不正确", "The algorithm profile is not known"),
    Text("XINHENG_ALGORITHMS 应为 international 或者 national", "XINHENG_ALGORITHMS must be international or national"),
    Text("请更正环境变量后重试。", "Correct the environment variable and try again."),
)
_TAMPERED = Explanation(
    Text("加密内容无法打开", "Sealed content cannot be opened"),
    Text("内容已损坏或被改动，或者不属于该记录", "it is damaged, was changed, or belongs to something else"),
    Text("请从备份恢复，并通知安全管理员。", "Restore it from a backup and tell the security administrator."),
)
