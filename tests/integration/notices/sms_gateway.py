"""A gateway for text messages on a port of this machine, as ``gateways.sms`` describes one: it accepts, refuses, is silent, and answers twice."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "a-made-up-key"
NO_NUMBER = "13900000001"


class Gateway(ThreadingHTTPServer):
    """What it accepted, by reference; ``silent`` are how many of the next messages it takes without an answer, ``busy`` those it takes not at all.

    ``doubled`` makes it answer with the answer to the message before.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.accepted: dict[str, dict[str, str]] = {}
        self.asked: list[dict[str, str]] = []
        self.silent = self.busy = 0
        self.doubled = False
        self.over = threading.Event()

    @property
    def url(self) -> str:
        """Return where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}/messages"

    def answer_to(self, asked: dict[str, str]) -> dict[str, str]:
        """Take a message and return the answer."""
        before = self.asked[-1] if self.asked else asked
        self.asked.append(asked)
        if asked["to"] == NO_NUMBER:
            return {"reference": asked["reference"], "result": "refused-number"}
        known = asked["reference"] in self.accepted
        self.accepted.setdefault(asked["reference"], asked)
        about = before if self.doubled else asked
        return {"reference": about["reference"], "result": "repeated" if known else "accepted"}


class _Answering(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["Authorization"] != f"Bearer {KEY}":
            self._say(401, {})
        elif self.server.busy:
            self.server.busy -= 1
            self._say(503, {})
        elif self.server.silent:
            self.server.silent -= 1
            self.server.answer_to(asked)
            self.server.over.wait()  # the other side gives up before
        else:
            self._say(200, self.server.answer_to(asked))

    def _say(self, status: int, answer: dict[str, str]) -> None:
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[Gateway]:
    """Run the gateway while a test asks it."""
    gateway = Gateway()
    thread = threading.Thread(target=gateway.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield gateway
    finally:
        gateway.over.set()
        gateway.shutdown()
        thread.join()
        gateway.server_close()
