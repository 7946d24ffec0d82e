"""How much somebody may send is asked of the database before their request is answered: an outage is told as on any page, not by a broken answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError


def _received(monkeypatch: pytest.MonkeyPatch, *, fails: int) -> Any:
    """Return the body of 100 kB that comes with a session, while the database does not answer the first so many times."""
    from xinheng.web import uploads

    failures = iter([True] * fails)

    def name(key: str, *, address: str) -> str:
        if next(failures, False):
            raise OperationalError("terminating connection due to administrator command")
        return "li" if key == "a-session" else ""

    async def work(ask: Callable[[], int]) -> int:
        return await asyncio.get_running_loop().run_in_executor(None, ask)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"x" * 100_000, "more_body": False}

    monkeypatch.setattr(uploads, "name_in_session", name)
    headers = [(b"cookie", b"xinheng_session=a-session"), (b"content-length", b"100000")]
    return asyncio.run(uploads.received({"headers": headers, "path": "/desk/submit/"}, receive, work))


def test_a_connection_that_was_lost_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    body = _received(monkeypatch, fails=1)
    assert (body.over, len(body.read())) == (False, 100_000)


def test_while_the_database_is_away_nothing_is_kept_and_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    body = _received(monkeypatch, fails=2)
    assert (body.over, body.read()) == (True, b"")
