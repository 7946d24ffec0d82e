"""What a program sends (请求正文): never more than the limit. A page's reader gets an answer in words (``web.uploads``), a program's is refused at once."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.conf import settings

from xinheng.usecases.intake.limits import too_large

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
_API = "/api/"

App = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]


class LimitedBodies:
    """Refuses what is sent to the API over ``settings.UPLOAD_LIMIT`` bytes with 413: at once where its length is told, else when the limit is passed."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or not scope["path"].startswith(_API):
            await self._app(scope, receive, send)
            return
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if told.isdigit() and int(told) > settings.UPLOAD_LIMIT:
            await _refuse(send)
            return
        try:
            await self._app(scope, _counted(receive), send)
        except _TooLarge:  # the handler had not begun to answer: it was still reading
            await _refuse(send)


class _TooLarge(Exception):
    """More came than may come."""


def _counted(receive: Receive) -> Receive:
    taken = 0

    async def counting() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > settings.UPLOAD_LIMIT:
            raise _TooLarge
        return message

    return counting


async def _refuse(send: Send) -> None:
    told = too_large(settings.UPLOAD_LIMIT)
    both = {
        part: {"zh": text.zh, "en": text.en}
        for part, text in (("what", told.what), ("why", told.why), ("mend", told.mend))
    }
    problem = {
        "type": "urn:xinheng:problem:too-large", "title": str(told.what), "status": 413, "detail": str(told.why), **both,
    }  # fmt: skip
    content = json.dumps(problem, ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/problem+json"), (b"content-length", str(len(content)).encode()),
        (b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff"), (b"connection", b"close"),
    ]  # fmt: skip
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": content})
