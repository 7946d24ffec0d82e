"""The algorithms against published vectors, and both profiles as what is sealed sees them."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from xinheng.core.errors import Unavailable
from xinheng.gateways.algorithms import INTERNATIONAL, NATIONAL, PROFILES, Profile, opened, profile_named, sm4_gcm

SECRET = bytes(range(32))
BOTH = pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda one: one.name)


def test_sm4_agrees_with_the_example_of_the_standard() -> None:
    """GB/T 32907-2016, appendix A.1."""
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    found = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()
    assert found.update(key).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gcm_agrees_with_rfc_8998() -> None:
    """RFC 8998, appendix A.1."""
    content = b"".join(bytes([sign]) * 8 for sign in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    found = sm4_gcm(
        bytes.fromhex("0123456789abcdeffedcba9876543210"),
        bytes.fromhex("00001234567800000000abcd"),
        content,
        bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
    )
    assert found.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )


def test_sm3_agrees_with_the_example_of_the_standard() -> None:
    """GB/T 32905-2016, appendix A.1."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(b"abc")
    assert digest.finalize().hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_hmac_sm3_agrees_with_the_example_of_the_standard() -> None:
    """GM/T 0042-2015, appendix D."""
    key = bytes(range(1, 33))
    message = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq" * 2
    assert NATIONAL.digest(key, message).hex() == "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a"


def test_hmac_sha_256_agrees_with_rfc_4231() -> None:
    """RFC 4231, test case 2."""
    found = INTERNATIONAL.digest(b"Jefe", b"what do ya want for nothing?")
    assert found.hex() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


def test_aes_256_gcm_agrees_with_the_example_of_its_authors() -> None:
    """McGrew and Viega, test case 14."""
    found = AESGCM(bytes(32)).encrypt(bytes(12), bytes(16), None)
    assert found.hex() == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"


@BOTH
def test_what_is_sealed_is_opened_and_never_alike_twice(profile: Profile) -> None:
    first, second = (profile.seal(SECRET, b"something", b"record 1") for _ in range(2))
    assert first != second
    assert first[0] == profile.number
    assert opened(SECRET, first, b"record 1") == opened(SECRET, second, b"record 1") == b"something"


@BOTH
@pytest.mark.parametrize("harm", ["content", "tag", "nonce", "bound", "secret", "profile", "cut"])
def test_what_was_changed_or_belongs_to_something_else_is_not_opened(profile: Profile, harm: str) -> None:
    sealed = bytearray(profile.seal(SECRET, b"something", b"record 1"))
    places = {"content": 14, "tag": len(sealed) - 1, "nonce": 3, "profile": 0}
    if harm in places:
        sealed[places[harm]] ^= 3
    given = bytes(sealed[:9] if harm == "cut" else sealed)
    secret = bytes(32) if harm == "secret" else SECRET
    with pytest.raises(Unavailable):
        opened(secret, given, b"record 2" if harm == "bound" else b"record 1")


def test_an_unknown_profile_is_explained() -> None:
    with pytest.raises(Unavailable, match="algorithm profile"):
        profile_named("rot13")
