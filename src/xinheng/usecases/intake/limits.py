"""How much one request may bring (上传上限)."""

from __future__ import annotations

import datetime as dt

from xinheng.core.errors import Explanation, Text, XinhengError
from xinheng.core.standards.resident_id import mask
from xinheng.store.models import AuditEvent

SEND = "send-body"
"""How the audit log names it."""


class TooLarge(XinhengError):
    """More was sent than is taken at once."""

    http_status = 413


def note_too_large(actor: str, *, path: str, address: str, at: dt.datetime) -> None:
    """Write down that somebody sent more than they may; nothing of it was kept."""
    about = f"body for {mask(path)}, address {address}"[:200]
    AuditEvent.objects.create(
        at=at, actor=actor, action=SEND, target=about, allowed=False, reasons=["larger than is taken"]
    )


def too_large(limit: int) -> Explanation:
    """Return what to tell somebody who sends more than ``limit`` bytes."""
    size = f"{limit >> 20} MiB" if limit >= 1 << 20 else f"{limit} B"
    return Explanation(
        Text("发送的内容过大", "What was sent is too large"),
        Text(f"一次最多接收 {size}", f"at most {size} are taken at once"),
        Text(
            "请将文件拆分后分别报送，或者用 xinheng submit、数据库报送。",
            "Hand the file in in parts, with xinheng submit, or by a delivery from the database.",
        ),
    )
