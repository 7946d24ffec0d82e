"""How much one request may bring (上传上限)."""

from __future__ import annotations

from xinheng.core.errors import Explanation, Text, XinhengError


class TooLarge(XinhengError):
    """More was sent than is taken at once."""

    http_status = 413


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
