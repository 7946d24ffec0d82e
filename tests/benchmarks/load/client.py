"""A light client: requests that were made beforehand, over connections that stay, status and content of each answer looked at."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

LINES = 64
"""Connections at the most."""
PATIENCE = 30.0
"""Seconds after the last request was due within which all answers must be there."""
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_CLOSE = re.compile(rb"\r\nconnection: *close\r\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """A request of one kind: the bytes to send, the status that is right, and what stands in a right answer."""

    kind: str
    request: bytes
    status: int = 200
    needle: bytes = b""

    @property
    def may_repeat(self) -> bool:
        """Tell whether it may be sent again where a kept connection closed before a byte of an answer came."""
        return self.request.startswith(b"GET ")


@dataclass(slots=True)
class Taken:
    """What came of a run: seconds from due to whole by kind, what was wrong, and how often a closed connection was replaced."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    repeated: int = 0
    wall: float = 0.0
    cpu: float = 0.0
    asked: int = 0


class Client:
    """Sends requests to one address; ``rate`` 0 means as fast as the answers come, over ``lines`` connections."""

    def __init__(self, port: int, pages: Iterator[Page], *, rate: float, seconds: float, lines: int = LINES) -> None:
        self.port, self.pages, self.rate, self.seconds = port, pages, rate, seconds
        self.taken = Taken()
        self._idle: list[_Line] = []
        self._waiting: deque[tuple[Page, float]] = deque()
        self._lines, self._open, self._under_way = lines, 0, 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._end, self._sent, self._done = 0.0, False, asyncio.Event()

    async def run(self) -> Taken:
        """Send for the time asked, wait for the last answers, and return what came of it."""
        cpu, begun = time.process_time(), time.perf_counter()
        self._end = begun + self.seconds
        if self.rate:
            await self._at_a_rate(begun)
        else:
            for _ in range(self._lines):
                self._ask(next(self.pages), time.perf_counter())
            await _until(self._end)
        self._sent = True
        with contextlib.suppress(TimeoutError):
            self._settle()
            await asyncio.wait_for(self._done.wait(), PATIENCE)
        self.taken.faults += ["no answer"] * (self._under_way + len(self._waiting))
        self.taken.wall, self.taken.cpu = time.perf_counter() - begun, time.process_time() - cpu
        for line in self._idle:
            line.close()
        return self.taken

    async def _at_a_rate(self, begun: float) -> None:
        for number in range(int(self.rate * self.seconds)):
            due = begun + number / self.rate
            if due > time.perf_counter():
                await _until(due)
            self._ask(next(self.pages), due)

    def _settle(self) -> None:
        if self._sent and not self._under_way and not self._waiting:
            self._done.set()

    def _ask(self, page: Page, due: float) -> None:
        self.taken.asked += 1
        self._send(page, due)

    def _send(self, page: Page, due: float) -> None:
        if self._idle:
            self._under_way += 1
            self._idle.pop().send(page, due)
        elif self._open < self._lines:
            self._open += 1
            self._under_way += 1
            task = asyncio.get_running_loop().create_task(self._opened(page, due))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            self._waiting.append((page, due))

    async def _opened(self, page: Page, due: float) -> None:
        try:
            _, line = await asyncio.get_running_loop().create_connection(lambda: _Line(self), "127.0.0.1", self.port)
        except OSError as error:
            self._open -= 1
            self.ended(page, due, f"cannot connect: {error}")
            return
        line.send(page, due)

    def ended(self, page: Page, due: float, fault: str) -> None:
        """Note an answer, or what was wrong with it, and send what waits."""
        self._under_way -= 1
        self.taken.seconds.setdefault(page.kind, []).append(time.perf_counter() - due)
        if fault:
            self.taken.faults.append(f"{page.kind}: {fault}")
        if self._waiting:
            self._send(*self._waiting.popleft())
        elif not self.rate and time.perf_counter() < self._end:
            self._ask(next(self.pages), time.perf_counter())
        self._settle()

    def idle(self, line: _Line) -> None:
        """Take a connection back."""
        self._idle.append(line)

    def lost(self, line: _Line, page: Page | None, due: float, *, untouched: bool) -> None:
        """A connection is gone; a request that a kept one had just taken is sent again, as every browser does."""
        self._open -= 1
        if page is None:
            if line in self._idle:
                self._idle.remove(line)
        elif untouched and page.may_repeat:
            self.taken.repeated += 1
            self._under_way -= 1
            self._send(page, due)
        else:
            self.ended(page, due, "the connection was closed")


async def _until(moment: float) -> None:
    """Come back at a moment of the performance counter."""
    loop = asyncio.get_running_loop()
    come = loop.create_future()
    loop.call_later(moment - time.perf_counter(), come.set_result, None)
    await come


class _Line(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._transport: asyncio.Transport | None = None
        self._page: Page | None = None
        self._due, self._sent = 0.0, 0
        self._held = bytearray()
        self._whole = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def send(self, page: Page, due: float) -> None:
        assert self._transport is not None
        self._page, self._due, self._whole = page, due, 0
        self._held.clear()
        self._sent += 1
        self._transport.write(page.request)

    def close(self) -> None:
        assert self._transport is not None
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._held += data
        if not self._whole:
            head = self._held.find(b"\r\n\r\n")
            if head < 0:
                return
            length = _LENGTH.search(self._held, 0, head + 2)
            self._whole = head + 4 + (int(length[1]) if length else 0)
        if len(self._held) >= self._whole:
            self._finish()

    def connection_lost(self, exc: Exception | None) -> None:
        page, self._page = self._page, None
        self._client.lost(self, page, self._due, untouched=self._sent > 1 and not self._held)

    def _finish(self) -> None:
        page, self._page = self._page, None
        assert page is not None
        status = int(self._held[9:12])
        fault = f"status {status}" if status != page.status else "" if page.needle in self._held else "not the page"
        if _CLOSE.search(self._held, 0, self._held.find(b"\r\n\r\n") + 2):
            self.close()
        else:
            self._client.idle(self)
        self._client.ended(page, self._due, fault)
