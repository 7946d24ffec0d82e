"""Reading who is signed in."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from xinheng.store.prepared import prepared_cursor
from xinheng.store.sql import statement


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in with its user: ``roles`` (role, agency, region) and ``subjects`` (role, code) of the day; ``kept`` while its session is there."""

    username: str
    display_name: str
    is_active: bool
    number: int
    signed_in_at: dt.datetime
    last_seen_at: dt.datetime
    ended_at: dt.datetime | None
    why: str
    kept: bool
    roles: tuple[tuple[str, str, str], ...]
    subjects: tuple[tuple[str, str], ...]


def signed_in_with(key: str, *, digest: str, on: dt.date) -> SignedIn | None:
    """Return the sign-in of the session with this key; nothing where there never was one."""
    asked: dict[str, Any] = {"key": key, "digest": digest, "on": on}
    with prepared_cursor() as cursor:
        cursor.execute(statement("signed_in"), asked)
        row = cursor.fetchone()
    if row is None:
        return None
    name, shown, active, number, begun, seen, ended, why, kept, roles, subjects = row
    return SignedIn(
        username=name, display_name=shown, is_active=active, number=number, signed_in_at=begun, last_seen_at=seen, ended_at=ended, why=why, kept=kept,
        roles=tuple(map(tuple, json.loads(roles))), subjects=tuple(map(tuple, json.loads(subjects))),
    )  # fmt: skip
