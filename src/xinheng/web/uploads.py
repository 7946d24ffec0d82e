"""What a browser sends: kept encrypted until it is read, and no more of it than the settings allow.

Django would write a large body, and a large file in it, to temporary files in clear. Both go through ``gateways.spooling`` instead (the files by
``SpooledUploads`` there).
"""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable, Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xinheng.gateways.spooling import Spool
from xinheng.web.security import leave_no_copy

ROOM = 64 << 10
"""Bytes that a form around a file may take."""


class _Body(io.BufferedReader):
    """The body of a request; ``over`` where it was longer than allowed, and nothing of it was kept."""

    over = False


class Handler(ASGIHandler):
    """Django's handler for ASGI, whose bodies are spooled encrypted; of one that is too long the rest is read and dropped."""

    async def read_body(self, receive: Callable[[], Awaitable[Mapping[str, Any]]]) -> IO[bytes]:
        """Return the body of a request from its start."""
        spool, size, over = Spool(), 0, False
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                spool.close()
                raise RequestAborted
            size += len(message.get("body", b""))
            if size > settings.UPLOAD_LIMIT + ROOM and not over:
                over = True
                spool.close()
                spool = Spool()
            if not over:
                spool.write(message.get("body", b""))
            if not message.get("more_body", False):
                break
        spool.seek(0)
        body = _Body(spool)
        body.over = over
        return body

    def create_request(
        self, scope: Mapping[str, Any], body_file: IO[bytes]
    ) -> tuple[ASGIRequest, None] | tuple[None, HttpResponse]:
        """Return the request; it knows whether its body was too long."""
        request, error = super().create_request(scope, body_file)
        if request is not None:
            request.body_over = getattr(body_file, "over", False)  # type: ignore[attr-defined]
        return request, error  # type: ignore[return-value]


class UploadLimit:
    """Middleware: answers a body that is longer than allowed with 413 and what to do now, before anybody reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        told = request.META.get("CONTENT_LENGTH") or "0"
        longer = told.isdecimal() and int(told) > settings.UPLOAD_LIMIT + ROOM
        if longer or getattr(request, "body_over", False):
            facts = {"limit": settings.UPLOAD_LIMIT >> 20}
            return leave_no_copy(render(request, "errors/413.html", facts, status=413))
        return self.get_response(request)
