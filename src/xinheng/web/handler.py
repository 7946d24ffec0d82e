"""Answering a request (应答): its body is read by the event loop, all the rest is done in one of a few threads.

Django's own handler for ASGI starts a thread for each request and goes to and fro between it and the event loop at every middleware that is not
asynchronous; ours are not, and neither is a view. Here the whole chain runs in one go, in a thread that keeps its connection to the database.
No answer of ours is streamed: a page, an export, a workbook is made before the first byte of it is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, ASGIRequest, get_script_prefix
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from xinheng.web.uploads import Body, TooSlow, drop_the_rest, received

THREADS = 4
"""Requests that a process works on at once, and so its connections to the database."""

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Handler(ASGIHandler):
    """Django's handler for ASGI, whose bodies are spooled encrypted, and whose middlewares and views run in threads that stay."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        self.load_middleware(is_async=False)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer a request; one that comes too slowly is told so and let go."""
        if scope["type"] != "http":
            raise ValueError(f"only HTTP is spoken here, not {scope['type']}")
        loop = asyncio.get_running_loop()
        try:
            body = await received(scope, receive, lambda ask: loop.run_in_executor(self._threads, ask))
        except RequestAborted:
            return
        except TooSlow:
            await self.send_response(HttpResponse(status=408, headers={"Connection": "close"}), send)
            return
        response = await loop.run_in_executor(self._threads, self._answer, scope, body)
        if body.over:
            await _send_and_let_go(response, receive, send, limit=body.limit)
        else:
            await self.send_response(response, send)

    def _answer(self, scope: dict[str, Any], body: Body) -> HttpResponse:
        """Do all that Django does for a request, in this thread."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, error = self.create_request(scope, body)
        response: HttpResponseBase = error if request is None else self.get_response(request)  # type: ignore[assignment]
        if not isinstance(response, HttpResponse):
            raise TypeError("an answer of ours is not streamed")
        response.close()  # with it the request, and what was uploaded
        body.close()
        return response

    def create_request(
        self, scope: Mapping[str, Any], body_file: Any
    ) -> tuple[ASGIRequest, None] | tuple[None, HttpResponse]:
        """Return the request; it knows whether its body was too long, and how much it might have brought."""
        request, error = super().create_request(scope, body_file)
        if request is not None:
            request.body_over, request.body_limit = body_file.over, body_file.limit  # type: ignore[attr-defined]
        return request, error  # type: ignore[return-value]


async def _send_and_let_go(response: HttpResponse, receive: Receive, send: Send, *, limit: int) -> None:
    """Send an answer while the body is still coming, and read a little more of it, so that the answer arrives before the connection closes."""
    named = [(name.encode("ascii"), value.encode("latin1")) for name, value in response.items()]
    headers = [*((name, value) for name, value in named if name.lower() != b"connection"), (b"Connection", b"close")]
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": response.content, "more_body": True})
    await drop_the_rest(receive, limit=limit)
    await send({"type": "http.response.body", "body": b""})
