"""A small secret opens for its purpose and its owner only."""

from __future__ import annotations

import base64

import pytest

from xinheng.core.errors import Unavailable
from xinheng.gateways.secret_box import SecretBox

MASTER, ANOTHER = (base64.b64encode(bytes([one]) * 32).decode() for one in (1, 2))


def test_what_was_sealed_opens_again_and_is_never_written_the_same_way() -> None:
    box = SecretBox(MASTER, purpose="second-factor")
    first, second = (box.seal("JBSWY3DP", owner="clerk-a") for _ in range(2))
    assert first != second
    assert b"JBSWY3DP" not in first
    assert box.open(first, owner="clerk-a") == box.open(memoryview(second), owner="clerk-a") == "JBSWY3DP"


@pytest.mark.parametrize(
    ("master", "purpose", "owner"),
    [(ANOTHER, "second-factor", "clerk-a"), (MASTER, "other", "clerk-a"), (MASTER, "second-factor", "clerk-b")],
)
def test_it_opens_under_no_other_key_purpose_or_owner(master: str, purpose: str, owner: str) -> None:
    sealed = SecretBox(MASTER, purpose="second-factor").seal("JBSWY3DP", owner="clerk-a")
    with pytest.raises(Unavailable):
        SecretBox(master, purpose=purpose).open(sealed, owner=owner)


def test_what_was_changed_does_not_open() -> None:
    box = SecretBox(MASTER, purpose="second-factor")
    sealed = bytearray(box.seal("JBSWY3DP", owner="clerk-a"))
    sealed[-1] ^= 1
    with pytest.raises(Unavailable):
        box.open(bytes(sealed), owner="clerk-a")
