"""What comes in through the server's own door: kept encrypted, no more of it than its sender may send, and not at any pace."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest
from django.core.exceptions import RequestAborted

SIGNED_IN = 3_000_000


class Sender:
    """Somebody who sends a body in parts; ``limit`` is what they may send, asked for ``asked`` times."""

    def __init__(
        self, parts: Sequence[bytes], *, limit: int = SIGNED_IN, told: int | None = None, path: str = "/desk/submit/"
    ) -> None:
        self.limit, self.asked, self.read = limit, 0, 0
        self.scope = {"path": path, "headers": [] if told is None else [(b"content-length", str(told).encode())]}
        self._messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
        self._messages.append({"type": "http.request", "more_body": False})

    async def receive(self) -> dict[str, Any]:
        self.read += 1
        return self._messages[self.read - 1]

    async def work(self, ask: Callable[[], int]) -> int:
        self.asked += 1
        return self.limit

    def sent(self, receive: Callable[[], Awaitable[Any]] | None = None) -> Any:
        from xinheng.web.uploads import received

        return asyncio.run(received(self.scope, receive or self.receive, self.work))


def test_a_body_is_read_as_it_was_sent() -> None:
    sender = Sender([b"a" * 70_000, b"b" * 2_000_000, b"", b"c"])
    with sender.sent() as body:
        assert not body.over
        assert body.read() == b"a" * 70_000 + b"b" * 2_000_000 + b"c"
    assert sender.asked == 1


def test_who_sends_little_is_not_asked_who_they_are() -> None:
    sender = Sender([b"name=a&password=b"])
    with sender.sent() as body:
        assert body.read() == b"name=a&password=b"
    assert sender.asked == 0


@pytest.mark.parametrize("path", ["/sign-in/", "/api/v1/submissions"])
@pytest.mark.parametrize(("told", "read"), [(70_000, 0), (None, 2), (5, 2)], ids=["told", "not_told", "told_wrong"])
def test_a_body_that_is_too_long_is_read_no_further_and_nothing_of_it_is_kept(
    path: str, told: int | None, read: int
) -> None:
    sender = Sender([b"x" * 60_000] * 9, limit=64 << 10, told=told, path=path)
    with sender.sent() as body:
        assert (body.over, body.limit, body.read()) == (True, 64 << 10, b"")
    assert sender.read == read


def test_a_sender_who_goes_away_leaves_nothing() -> None:
    async def gone() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    with pytest.raises(RequestAborted):
        Sender([]).sent(gone)


def test_a_sender_who_stops_in_the_middle_is_not_waited_for(settings: Any) -> None:
    from xinheng.web.uploads import TooSlow

    settings.PATIENCE = 0.02

    async def silent() -> dict[str, Any]:
        return await asyncio.get_running_loop().create_future()

    with pytest.raises(TooSlow):
        Sender([]).sent(silent)
