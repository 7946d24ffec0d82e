"""What a request brings is counted as it comes, before anything of the platform looks at it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

LIMIT = 1000


class _Reader:
    """A handler that reads the whole body, then answers."""

    def __init__(self) -> None:
        self.read = b""

    async def __call__(
        self, scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
    ) -> None:
        while True:
            message = await receive()
            self.read += message.get("body", b"")
            if not message.get("more_body"):
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})


def _answer(settings: Any, pieces: list[bytes], *, told: int | None) -> tuple[int, _Reader, list[Any], int]:
    from xinheng.project.bodies import LimitedBodies

    settings.UPLOAD_LIMIT = LIMIT
    reader, sent, taken = _Reader(), [], 0

    async def receive() -> dict[str, Any]:
        nonlocal taken
        taken += 1
        return {"type": "http.request", "body": pieces[taken - 1], "more_body": taken < len(pieces)}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [] if told is None else [(b"content-length", str(told).encode())]
    asyncio.run(
        LimitedBodies(reader)({"type": "http", "path": "/api/v1/submissions", "headers": headers}, receive, send)
    )
    return sent[0]["status"], reader, sent, taken


def test_a_body_within_the_limit_passes(settings: Any) -> None:
    status, reader, _, _ = _answer(settings, [b"a" * 600, b"b" * 400], told=LIMIT)
    assert (status, len(reader.read)) == (200, LIMIT)


@pytest.mark.parametrize(("told", "read"), [(LIMIT + 1, 0), (None, 2), (5, 2)], ids=["told", "not_told", "told_wrong"])
def test_a_body_over_the_limit_is_refused_as_soon_as_that_is_known(settings: Any, told: int | None, read: int) -> None:
    status, _, sent, taken = _answer(settings, [b"a" * 600] * 9, told=told)
    assert (status, taken) == (413, read)
    found = json.loads(sent[1]["body"])
    assert (found["type"], found["status"]) == ("urn:xinheng:problem:too-large", 413)
    assert found["mend"]["zh"]


def test_what_a_page_sends_is_left_to_the_pages(settings: Any) -> None:
    from xinheng.project.bodies import LimitedBodies

    settings.UPLOAD_LIMIT = LIMIT
    reader, sent = _Reader(), []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"a" * 2000, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(LimitedBodies(reader)({"type": "http", "path": "/desk/submit/", "headers": []}, receive, send))
    assert (sent[0]["status"], len(reader.read)) == (200, 2000)
