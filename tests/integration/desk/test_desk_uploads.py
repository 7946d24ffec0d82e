"""What comes in through the server's own door: kept encrypted, no more of it than is allowed."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from django.core.exceptions import RequestAborted


def read(parts: Sequence[bytes], *, broken: bool = False) -> Any:
    """Let the handler read a body that comes in parts."""
    from xinheng.web.uploads import Handler

    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    messages.append({"type": "http.disconnect"} if broken else {"type": "http.request", "more_body": False})
    waiting = iter(messages)

    async def receive() -> dict[str, Any]:
        return next(waiting)

    return asyncio.run(Handler().read_body(receive))


def test_a_body_is_read_as_it_was_sent() -> None:
    with read([b"a" * 70_000, b"b" * 2_000_000, b"", b"c"]) as body:
        assert not body.over
        assert body.read() == b"a" * 70_000 + b"b" * 2_000_000 + b"c"


def test_of_a_body_that_is_too_long_nothing_is_kept(settings: Any) -> None:
    settings.UPLOAD_LIMIT = 1 << 10
    with read([b"x" * 65_000, b"x" * 65_000, b"x"]) as body:
        assert body.over
        assert body.read() == b""


def test_a_sender_who_goes_away_leaves_nothing() -> None:
    with pytest.raises(RequestAborted):
        read([b"x"], broken=True)
