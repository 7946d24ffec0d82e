"""The key ring on disk."""

from __future__ import annotations

import base64
import datetime as dt
from pathlib import Path

import pytest

from xinheng.core.errors import Unavailable
from xinheng.gateways.keys import KeyRing, Purpose

MASTER = base64.b64encode(bytes(range(32))).decode()
DAY = dt.date(2026, 3, 2)


def ring(folder: Path, *, master: str = MASTER, algorithms: str = "international") -> KeyRing:
    return KeyRing(folder / "keys", master, algorithms=algorithms, today=DAY)


def test_the_first_key_of_each_purpose_is_made_when_it_is_asked_for(tmp_path: Path) -> None:
    held = ring(tmp_path)
    assert (held.current(Purpose.SEAL).name, held.current(Purpose.LOOKUP).name) == ("k1", "k2")
    assert ring(tmp_path).current(Purpose.SEAL) == held.current(Purpose.SEAL)


def test_files_can_be_read_by_their_owner_only_and_hold_no_secret_in_clear(tmp_path: Path) -> None:
    key = ring(tmp_path).current(Purpose.SEAL)
    (path,) = (tmp_path / "keys").iterdir()
    assert (path.stat().st_mode & 0o777, (tmp_path / "keys").stat().st_mode & 0o777) == (0o600, 0o700)
    text = path.read_bytes()
    assert not [way for way in (key.secret, key.secret.hex().encode(), base64.b64encode(key.secret)) if way in text]
    assert key.secret.hex() not in repr(key)


def test_a_new_key_is_the_current_one_and_the_old_one_is_still_there(tmp_path: Path) -> None:
    held = ring(tmp_path)
    old = held.current(Purpose.SEAL)
    sealed = old.seal(b"something", b"bound")
    new = ring(tmp_path, algorithms="national").add(Purpose.SEAL)
    assert (held.current(Purpose.SEAL), new.algorithms) == (new, "national")
    assert held.named(old.name).open(sealed, b"bound") == b"something"
    assert held.living(Purpose.SEAL) == (old, new)


def test_a_destroyed_key_is_gone_and_its_name_is_never_used_again(tmp_path: Path) -> None:
    held = ring(tmp_path)
    held.current(Purpose.SEAL)
    held.add(Purpose.SEAL)
    held.destroy("k1")
    assert [(key.name, key.destroyed_on, key.secret == b"") for key in held.every()] == [
        ("k1", DAY, True),
        ("k2", None, False),
    ]
    with pytest.raises(Unavailable, match="not in the ring"):
        held.named("k1")
    assert held.add(Purpose.SEAL).name == "k3"


def test_another_master_key_opens_nothing(tmp_path: Path) -> None:
    ring(tmp_path).current(Purpose.SEAL)
    with pytest.raises(Unavailable, match="cannot be opened"):
        ring(tmp_path, master=base64.b64encode(bytes(32)).decode()).every()


def test_a_key_cannot_be_put_in_the_place_of_another(tmp_path: Path) -> None:
    held = ring(tmp_path)
    held.current(Purpose.SEAL)
    held.add(Purpose.SEAL)
    (tmp_path / "keys" / "k1").write_bytes((tmp_path / "keys" / "k2").read_bytes())
    with pytest.raises(Unavailable, match="cannot be opened"):
        held.every()
