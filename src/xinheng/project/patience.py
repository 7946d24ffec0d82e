"""How long a client may take (超时): a request whose head does not come within the patience of the settings is let go.

The server waits for a body as ``web.uploads`` says, and for the next request of a connection a few seconds; for the head of a request it would wait for
ever, one byte a minute, so it is bounded here. A connection that waits costs memory only, no thread.
"""

from __future__ import annotations

import asyncio

from django.conf import settings
from uvicorn.protocols.http.h11_impl import H11Protocol

_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Protocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, with a limit on how long the head of a request may take."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take bytes; while they make up no whole head of a request, the time goes on."""
        super().data_received(data)
        if self._in_a_request():
            self._end_waiting()
        elif self._waiting is None and not self.transport.is_closing():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._end_waiting()
        super().connection_lost(exc)

    def _in_a_request(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(settings.PATIENCE, self._let_go)

    def _end_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _let_go(self) -> None:
        self._waiting = None
        if not self._in_a_request() and not self.transport.is_closing():
            self.transport.write(_TOO_SLOW)
            self.transport.close()
