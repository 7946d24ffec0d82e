"""What a browser or a system sends (请求正文): kept encrypted until it is read, no more of it than the sender may send, and not at any pace.

Whoever is not signed in may send what a form of the sign-in takes (``FEW``); whoever is, or shows a good token, up to the limit of the settings. That is
asked only where somebody sends more than ``FEW``. Of a body that is too long nothing is kept, and no more is read than lets the answer arrive.

Django would write a large body, and a large file in it, to temporary files in clear. Both go through ``gateways.spooling`` instead (the files by
``SpooledUploads`` there).
"""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestAborted
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.shortcuts import render

from xinheng.core.access.roles import ANYONE
from xinheng.gateways.spooling import Spool
from xinheng.usecases.intake.limits import note_too_large, too_large
from xinheng.usecases.services.tokens import is_good
from xinheng.web.security import leave_no_copy
from xinheng.web.signed_in import name_in_session
from xinheng.web.today import now

API = "/api/"
FEW = 64 << 10
"""Bytes that somebody may send who is not signed in."""
ROOM = 64 << 10
"""Bytes that a form around a file may take."""
PACE = 4 << 10
"""Bytes a second that a body has to come with, beyond the patience of the settings."""
_LITTLE = 1 << 20  # bytes at the least that are read of a body that was refused

Receive = Callable[[], Awaitable[Mapping[str, Any]]]


class TooSlow(Exception):
    """A body comes slower than anybody's line is."""


class Body(io.BufferedReader):
    """The body of a request; ``over`` where it was longer than the ``limit`` of its sender, and nothing of it was kept."""

    over = False
    limit = 0


async def received(
    scope: Mapping[str, Any], receive: Receive, work: Callable[[Callable[[], int]], Awaitable[int]]
) -> Body:
    """Return the body of a request from its start; ``work`` does in a thread what asks the database. Raises ``RequestAborted``, ``TooSlow``."""
    headers = dict(scope["headers"])
    told = headers.get(b"content-length", b"0")
    limit, asked, size, spool = FEW, False, 0, Spool()
    clock = asyncio.get_running_loop().time
    begun = clock()
    coming, more = int(told) if told.isdigit() else 0, True
    while True:
        if max(size, coming) > limit and not asked:
            limit, asked = (
                await work(lambda: _limit_now(headers, api=scope["path"].startswith(API), address=_client(scope))),
                True,
            )
        if max(size, coming) > limit:
            spool.close()
            return _over(limit)
        if not more:
            break
        message = await _next(receive, begun + settings.PATIENCE + size / PACE)
        if message["type"] == "http.disconnect":
            spool.close()
            raise RequestAborted
        part, more = message.get("body", b""), message.get("more_body", False)
        size += len(part)
        if size <= limit or not asked:
            spool.write(part)
    spool.seek(0)
    body = Body(spool)
    body.limit = limit
    return body


def limit_of(headers: Mapping[bytes, bytes], *, api: bool, address: str) -> int:
    """Return how many bytes may come with a request: many, where its session or its token is good now."""
    if api:
        kind, _, token = headers.get(b"authorization", b"").decode("latin1").partition(" ")
        return int(settings.UPLOAD_LIMIT) if kind.lower() == "bearer" and is_good(token.strip(), at=now()) else FEW
    cookies = parse_cookie(headers.get(b"cookie", b"").decode("latin1"))
    name = name_in_session(cookies.get(settings.SESSION_COOKIE_NAME, ""), address=address)
    return settings.UPLOAD_LIMIT + ROOM if name else FEW


def _limit_now(headers: Mapping[bytes, bytes], *, api: bool, address: str) -> int:
    """Return the same, by a new connection where that of this thread was lost; while the database is away, the least: the request then tells of the outage."""
    for _ in range(2):
        try:
            return limit_of(headers, api=api, address=address)
        except (OperationalError, InterfaceError):
            connection.close()
    return FEW


def _client(scope: Mapping[str, Any]) -> str:
    return str((scope.get("client") or ("unknown",))[0])


async def drop_the_rest(receive: Receive, *, limit: int) -> None:
    """Read what still comes of a refused body, and forget it: so much that a browser of a sender with this limit shows the answer, and not for long."""
    dropped, more = 0, True
    try:
        async with asyncio.timeout(settings.PATIENCE):
            while more and dropped < max(_LITTLE, limit):
                message = await receive()
                dropped += len(message.get("body", b""))
                more = message.get("more_body", False)
    except TimeoutError:
        return


async def _next(receive: Receive, deadline: float) -> Mapping[str, Any]:
    try:
        async with asyncio.timeout_at(deadline):
            return await receive()
    except TimeoutError as error:
        raise TooSlow from error


def _over(limit: int) -> Body:
    body = Body(Spool())
    body.over, body.limit = True, limit
    return body


def _problem(limit: int) -> HttpResponse:
    """Return what a system is told: problem details (RFC 9457), as everywhere in the API."""
    told = too_large(limit)
    parts = {"what": told.what, "why": told.why, "mend": told.mend}
    both = {part: {"zh": text.zh, "en": text.en} for part, text in parts.items()}
    facts = {
        "type": "urn:xinheng:problem:too-large",
        "title": str(told.what),
        "status": 413,
        "detail": str(told.why),
        **both,
    }
    content = json.dumps(facts, ensure_ascii=False)
    return leave_no_copy(HttpResponse(content, status=413, content_type="application/problem+json"))


class UploadLimit:
    """Middleware: answers a body that is longer than its sender may send with 413 and what to do now; it is recorded."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        told = request.META.get("CONTENT_LENGTH") or "0"
        longer = told.isdecimal() and int(told) > settings.UPLOAD_LIMIT + ROOM
        if not longer and not getattr(request, "body_over", False):
            return self.get_response(request)
        address = str(request.META.get("REMOTE_ADDR") or "unknown")
        name = name_in_session(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""), address=address)
        note_too_large(name or ANYONE.name, path=request.path, address=address, at=now())
        if request.path.startswith(API):
            return _problem(getattr(request, "body_limit", FEW))
        facts = {"limit": settings.UPLOAD_LIMIT >> 20, "few": FEW >> 10, "signed_in": bool(name)}
        return leave_no_copy(render(request, "errors/413.html", facts, status=413))
