"""Writing a receipt with its audit event by one statement: every deed does, so every page does."""

from __future__ import annotations

import json
from collections.abc import Sequence

from xinheng.store.models import Receipt
from xinheng.store.prepared import prepared_cursor
from xinheng.store.sql import statement

_JSON = ("asked", "versions", "facts", "result")
_PLAIN = ("id", "at", "actor", "on_behalf_of", "action", "basis", "ledger_position", "digest")


def keep_receipt(receipt: Receipt, *, target: str, reasons: Sequence[str]) -> None:
    """Append a receipt and the event of an allowed deed, in the transaction of the caller; ``target`` is what the deed was about."""
    asked = {
        **{name: getattr(receipt, name) for name in _PLAIN},
        **{name: json.dumps(getattr(receipt, name)) for name in _JSON},
        "target": target, "reasons": json.dumps(list(reasons)),
    }  # fmt: skip
    with prepared_cursor() as cursor:
        cursor.execute(statement("receipt"), asked)
    receipt._state.adding = False


def last_position() -> int:
    """Return the number of the last entry of the outbox; 0 before the first."""
    with prepared_cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM store_outboxentry")
        return int(cursor.fetchone()[0])
